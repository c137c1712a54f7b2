// What is done on this machine: a data directory, the demo. Serving from one stands in verbs_serving.cc.
#include <fmt/format.h>

#include <charconv>

#include "cli/describe.h"
#include "cli/local.h"
#include "cli/private_directory.h"
#include "cli/process.h"
#include "cli/show.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

Exit exit_from(int code) { return static_cast<Exit>(code); }

Result<uint16_t> port_of(Call const& call, std::string const& name) {
  std::string const text = call.text(name);
  uint16_t port = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size())
    return fail(ErrorCode::bad_input, name + " takes a number from 0 to 65535");
  return port;
}

Result<OfficerOption> officer_of(std::string const& text) {
  auto const equals = text.find('=');
  if (equals == text.npos || equals == 0 || equals + 1 == text.size())
    return fail(ErrorCode::bad_input, "--officer takes NAME=FILE, not " + text);
  return OfficerOption{text.substr(0, equals), text.substr(equals + 1)};
}

// What a directory of this machine is looked at by: as the centre itself, and as its owner.
Exit on_own(Call const& call, std::function<int(std::string const& data)> const& look) {
  keep_to_itself();
  std::string const data = call.text("--data");
  if (auto const own = is_own(data); !own) return complain(own.error());
  return exit_from(look(data));
}

Exit make(Call const& call) {
  keep_to_itself();
  InitOptions options{
      .data = call.text("--data"),
      .name = call.text("--name"),
      .origin = call.text("--origin"),
      .host_slug = call.text("--host"),
      .host_name = call.text("--host-name"),
      .host_office = call.text("--host-office"),
      .host_key_file = call.text("--host-key"),
      .officers = {},
      .description = call.text("file"),
      .strictness = call.has("--permissive") ? stix::Strictness::permissive : stix::Strictness::strict,
      .refused = call.has("--leave-out") ? InitOptions::Refused::left_out : InitOptions::Refused::stop};
  bool const is_dss = call.text("--preset") == "dss";
  if ((call.text("--preset") == "taxii") != call.has("file"))
    return complain({ErrorCode::bad_input, "--preset taxii and the FILE that describes it go together"});
  if (is_dss) options.preset = InitOptions::Preset::dss;
  for (auto const& text : call.list("--officer")) {
    auto officer = officer_of(text);
    if (!officer) return complain(officer.error());
    options.officers.push_back(std::move(*officer));
  }
  return exit_from(init(options));
}

Exit run_describe(Call const& call) {
  if (call.has("--user") != call.has("--password-file"))
    return complain({ErrorCode::bad_input, "--user and --password-file go together"});
  return describe({.url = call.text("url"),
                   .folder = call.text("folder"),
                   .user = call.text("--user"),
                   .password_file = call.text("--password-file"),
                   .authorities = call.settings.authorities,
                   .format = call.settings.format});
}

Exit run_replay(Call const& call) {
  return on_own(call, [&](std::string const& data) {
    return replay({.data = data,
                   .decide = call.has("--decide") ? Redecide::yes : Redecide::no,
                   .format = call.settings.format});
  });
}

Exit run_demo(Call const& call) {
  auto const port = port_of(call, "--port");
  if (!port) return complain(port.error());
  unsigned kills = 0;
  std::string const text = call.text("--kills");
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), kills);
  if (error != std::errc() || end != text.data() + text.size() || kills < 1 || kills > 10'000)
    return complain(Error{ErrorCode::bad_input, "--kills takes a number from 1 to 10000"});
  return exit_from(
      demo({.step = call.text("step"), .data = call.text("--data"), .port = *port, .kills = kills}));
}

Argument data_option() { return {"--data", Takes::required, "DIR", "the centre's data directory"}; }

Verbs making() {
  return {
      {"init",
       "Make the data directory of a new centre",
       "comity key new host.key > host.pub\n"
       "comity init --data centre --name 'Joint centre' --origin centre.example/1 --host-key host.pub \\\n"
       "  --officer anna=anna.pub --officer bert=bert.pub\n"
       "comity init --data centre --preset taxii server.json --name … # instead of another TAXII server",
       {data_option(),
        {"file", Takes::maybe, "FILE", "with --preset taxii: what the other server was (docs/formats.md)"},
        {"--preset",
         Takes::value,
         "PRESET",
         "what kind of centre, for ever; default: one of agreements",
         {"taxii", "dss"}},
        {"--permissive", Takes::nothing, "", "its objects may break a MUST where that is no danger"},
        {"--leave-out", Takes::nothing, "", "go on without its objects that are refused"},
        {"--name", Takes::required, "NAME", "the centre's name for people"},
        {"--origin", Takes::required, "ORIGIN", "its name in everything signed; never changes"},
        {"--host-key", Takes::required, "FILE", "the host party's public key"},
        {"--officer", Takes::values, "NAME=FILE", "an officer of the host and her public key; two or more"},
        {"--host", Takes::value, "SLUG", "the host party's slug", {}, "operator"},
        {"--host-name", Takes::value, "NAME", "the host party's name", {}, "Operator"},
        {"--host-office", Takes::value, "SLUG", "the host's office", {}, "operations"}},
       make},
      {"describe",
       "Write down what another TAXII server holds, for init --preset taxii",
       "comity describe https://old.example/taxii2/ moving --user admin --password-file old.password",
       {{"url", Takes::word, "URL", "its discovery"},
        {"folder", Takes::word, "DIR", "a new folder: server.json and a file of objects for each collection"},
        {"--user", Takes::value, "USER", "as whom to look; what this user may not read stays behind"},
        {"--password-file", Takes::value, "FILE", "her password; only its owner may read the file"}},
       run_describe},
  };
}

Verbs checking() {
  return {
      {"replay",
       "Apply every record again and print the digest of the state",
       "comity replay --data centre --decide",
       {data_option(), {"--decide", Takes::nothing, "", "decide each command again and compare"}},
       run_replay},
      {"verify",
       "Check every stored byte against its hash",
       "comity verify --data centre",
       {data_option()},
       [](Call const& call) {
         return on_own(call, [&](std::string const& data) {
           return verify({.data = data, .format = call.settings.format});
         });
       }},
      {"snapshot",
       "Write a snapshot: what a centre that is served starts by itself; one made by hand is not used",
       "comity snapshot --data centre",
       {data_option()},
       [](Call const& call) { return on_own(call, snapshot); }},
      {"demo",
       "The scenarios of the README: start one, try it, stop it",
       "comity demo\ncomity demo fire --data build/demo-fire\ncomity demo crash\ncomity demo stop",
       {{"step",
         Takes::maybe,
         "STEP",
         "what to do; default: start",
         {"load", "fire", "crash", "leave", "sweep", "stop"}},
        {"--data", Takes::value, "DIR", "where it lives", {}, "build/demo"},
        {"--port", Takes::value, "PORT", "where it listens", {}, "8642"},
        {"--kills", Takes::value, "N", "how often crash kills the centre", {}, "3"}},
       run_demo},
  };
}

}  // namespace

Verbs local_verbs() {
  Verbs verbs = making();
  for (auto& verb : checking()) verbs.push_back(std::move(verb));
  return verbs;
}

}  // namespace comity::cli
