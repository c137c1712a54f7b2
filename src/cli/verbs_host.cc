// What officers of the host do: look at the centre, propose, countersign, lift a suspension.
#include <charconv>

#include "base/limits.h"
#include "cli/acts.h"
#include "cli/given_file.h"
#include "cli/published_bundle.h"
#include "cli/show.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

// How far beyond the officer's own clock the centre's may be when the second officer has signed too.
constexpr Duration time_to_countersign = hours(1);

// Each list as a table of its own, but for proposals, which are read to the last word before they are countersigned.
std::string host_text(json::Value const& host) {
  auto const* members = host.if_object();
  if (!members) return as_pairs(host);
  json::Object plain;
  std::string tables;
  for (auto const& member : *members) {
    auto const* list = member.value().if_array();
    bool const is_table = list && !list->empty() && member.key() != "proposals";
    if (is_table)
      tables += "\n" + std::string(member.key()) + "\n" + as_table()(member.value());
    else
      plain[member.key()] = member.value();
  }
  return as_pairs(json::Value(std::move(plain))) + tables;
}

Exit show(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  return finish(call.settings.format, remote->get("/api/v1/host"), host_text);
}

// A secret is in no act: it travels beside the act that says the rest.
json::Value without_secrets(json::Value proposal) {
  auto* members = proposal.if_object();
  auto* body = members ? members->if_contains("body") : nullptr;
  if (body && body->is_object())
    for (char const* secret : {"password", "verifier"}) body->as_object().erase(secret);
  return proposal;
}

Exit propose(Call const& call, json::Value const& proposal) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  json::Object const members{{"proposed", without_secrets(proposal)}};
  Exit const exit =
      finish_ruling(call.settings.format, post_host_act(call, *remote, "propose_host_act", members, proposal),
                    Digests::shown);
  if (exit == Exit::done)
    say_aside("Another officer countersigns it within 24 hours: comity host countersign DIGEST\n");
  return exit;
}

Exit propose_kind(Call const& call, std::string const& kind, json::Object body) {
  return propose(call, json::Object{{"kind", kind}, {"body", std::move(body)}});
}

Exit propose_file(Call const& call) {
  auto const document = system_seam().files.read(call.text("file"));
  if (!document) return complain(document.error());
  auto const proposal = json::parse(*document, limits::act_bytes);
  if (!proposal) return complain(proposal.error());
  return propose(call, *proposal);
}

Result<int64_t> number_in(std::string const& text, std::string const& what) {
  int64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty())
    return fail(ErrorCode::bad_input, what + " takes a whole number, not \"" + text + "\"");
  return value;
}

Exit set_limits(Call const& call) {
  json::Object body;
  for (std::string const& word : call.list("limit")) {
    auto const equals = word.find('=');
    auto const number = equals == word.npos ? number_in("", word) : number_in(word.substr(equals + 1), word);
    if (!number) return complain(number.error());
    body[word.substr(0, equals)] = *number;
  }
  return propose_kind(call, "set_limits", std::move(body));
}

Exit adopt_ruleset(Call const& call) {
  auto const number = number_in(call.text("ruleset"), "RULESET");
  if (!number) return complain(number.error());
  return propose_kind(call, "adopt_ruleset", {{"ruleset", *number}});
}

// By the officer's own clock, not by the centre's: that one is what is doubted.
Exit advance_time(Call const& call) {
  std::string const to =
      call.has("--to") ? call.text("--to") : to_text(system_seam().clock.now() + time_to_countersign);
  return propose_kind(call, "advance_time", {{"to", to}});
}

// A target with a dot is no party's slug: agreements have ids like ru.baghdad-centre.
Exit suspend(Call const& call) {
  std::string const target = call.text("target");
  json::Object body{{target.find('.') == target.npos ? "party" : "agreement", target},
                    {"lasts", call.has("--end") ? "PT0S" : call.text("--for")},
                    {"reason", call.text("--reason")}};
  if (!call.has("--end") && (call.text("--for").empty() || call.text("--reason").empty()))
    return complain({ErrorCode::bad_input, "a suspension needs --for PT24H and --reason TEXT"});
  if (call.text("--reason").empty()) body.erase("reason");
  return propose_kind(call, "emergency_suspend", std::move(body));
}

Result<int64_t> free_epoch(Call const& call, Remote& remote) {
  if (call.has("--epoch")) return number_in(call.text("--epoch"), "--epoch");
  auto const host = TRY(value_of(remote.get("/api/v1/host")));
  auto const* found = host.is_object() ? host.get_object().if_contains("put_back") : nullptr;
  auto const* epoch = found && found->is_object() ? found->get_object().if_contains("epoch") : nullptr;
  if (!epoch || !epoch->is_int64())
    return fail(ErrorCode::bad_input,
                "the journal of this centre was not put back; nothing is to be recorded");
  return epoch->get_int64();
}

Exit restored(Call const& call) {
  auto const from = number_in(call.text("from"), "FROM"), to = number_in(call.text("to"), "TO");
  if (!from) return complain(from.error());
  if (!to) return complain(to.error());
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const epoch = free_epoch(call, *remote);
  if (!epoch) return complain(epoch.error());
  return propose_kind(call, "restored", {{"from", *from}, {"to", *to}, {"epoch", *epoch}});
}

Exit allow_framework(Call const& call) {
  auto const file = given_file(call.text("file"));
  if (!file) return complain(file.error());
  auto const published = read_published_bundle(*file);
  if (!published) return complain(published.error());
  return propose_kind(call, "allow_framework",
                      {{"framework", call.text("framework")},
                       {"title", call.text("--title")},
                       {"root", to_hex(published->tree.root())},
                       {"objects", published->objects.size()}});
}

Exit end_framework(Call const& call) {
  return propose_kind(call, "allow_framework", {{"framework", call.text("framework")}, {"objects", 0}});
}

Exit countersign(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  json::Object const members{{"digest", call.text("digest")}};
  return finish_ruling(call.settings.format,
                       post_host_act(call, *remote, "countersign_host_act", members, {}));
}

Exit lift(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  json::Object const members{{"suspended_office", call.text("office")},
                             {"suspended_kind", call.text("kind")}};
  return finish_ruling(call.settings.format,
                       post_host_act(call, *remote, "lift_fault_suspension", members, {}));
}

Exit allow_destination(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  json::Object members{{"destination", call.text("destination")},
                       {"url", call.text("url")},
                       {"allowed", call.has("--not") ? "no" : "yes"}};
  if (auto const addresses = call.list("--address"); !addresses.empty())
    members["addresses"] = json::Array(addresses.begin(), addresses.end());
  return finish_ruling(call.settings.format, post_host_act(call, *remote, "allow_destination", members, {}));
}

Exit recover_key(Call const& call) {
  auto const text = given_file(call.text("file"));
  if (!text) return complain(text.error());
  std::string const key = text->substr(0, text->find_first_of("\r\n"));
  return propose_kind(call, "recover_key", {{"party", call.text("party")}, {"key", key}});
}

json::Value users_in(Call const& call, char const* flag, char const* list) {
  if (call.has(flag)) return json::Value("everyone");
  auto const users = call.list(list);
  return json::Array(users.begin(), users.end());
}

Exit open_collection(Call const& call) {
  json::Object body{{"root", call.text("root")},
                    {"id", call.text("id")},
                    {"title", call.text("--title")},
                    {"readers", users_in(call, "--everyone-reads", "--reader")},
                    {"writers", users_in(call, "--everyone-writes", "--writer")}};
  for (char const* name : {"description", "alias"})
    if (auto const text = call.text(std::string("--") + name); !text.empty()) body[name] = text;
  return propose_kind(call, "open_collection", std::move(body));
}

Argument officer_key() {
  return {"--key", Takes::value, "FILE", "the officer's own private key; default: the credentials file's"};
}

// For days on which something is wrong.
Verbs proposing_in_need() {
  return {
      {"host advance-time",
       "Propose to believe the centre's clock, which has leapt ahead of the log",
       "comity host advance-time --key anna.key\n"
       "comity host advance-time --to 2026-11-01T12:00:00.000000Z --key anna.key",
       {{"--to", Takes::value, "TIME",
         "believe it up to this time; default: an hour past this machine's clock"},
        officer_key()},
       advance_time},
      {"host suspend",
       "Propose to suspend a party everywhere, or an agreement, for at most 72 hours",
       "comity host suspend ru --for PT24H --reason 'its releasing machine is in wrong hands' --key "
       "anna.key\n"
       "comity host suspend ru --end --key anna.key",
       {{"target", Takes::word, "PARTY|AGREEMENT", "like ru, or the id of an agreement that you may know"},
        {"--for", Takes::value, "DURATION", "at most PT72H"},
        {"--reason", Takes::value, "TEXT", "shown to the parties"},
        {"--end", Takes::nothing, "", "end it before its time"},
        officer_key()},
       suspend},
      {"host restored",
       "Propose what was lost when the journal was put back; countersigned, the centre serves again",
       "comity host restored 104200 104950 --key anna.key    # 750 records are lost\n"
       "comity host restored 104200 104200 --key anna.key    # nothing was lost: a directory was moved, say",
       {{"from", Takes::word, "FROM", "records that are there; `host show` has the number"},
        {"to", Takes::word, "TO", "records that there were; at least what `host show` calls known"},
        {"--epoch", Takes::value, "N",
         "of the new origin; default: the lowest that this log knows to be free"},
        officer_key()},
       restored},
  };
}

Verbs proposing() {
  return {
      {"host propose",
       "Propose an act of the host as it is written: register_party or set_roles, say",
       "comity host propose admission.json --key anna.key",
       {{"file", Takes::word, "FILE", "JSON: {kind, body} (docs/formats.md)"}, officer_key()},
       propose_file},
      {"host limits",
       "Propose limits of offices and parties; `host show` lists them",
       "comity host limits contributions=200000 drafts=50 --key anna.key",
       {{"limit", Takes::words, "NAME=N", "a limit and its new number"}, officer_key()},
       set_limits},
      {"host ruleset",
       "Propose to rule by another ruleset, after an update of the program",
       "comity host ruleset 2 --key anna.key",
       {{"ruleset", Takes::word, "N", "its number"}, officer_key()},
       adopt_ruleset},
      {"host open-collection",
       "Propose a collection, or what another is called and who may do what in it (preset taxii)",
       "comity host open-collection /trustgroup1/ $(uuidgen) --title 'Daily feed' --everyone-reads --writer "
       "desk",
       {{"root", Takes::word, "PATH", "the API root, like /trustgroup1/"},
        {"id", Takes::word, "UUID", "the collection's id"},
        {"--title", Takes::required, "TEXT", "its title"},
        {"--description", Takes::value, "TEXT", "its description"},
        {"--alias", Takes::value, "ALIAS", "a name that stands for its id in URLs"},
        {"--reader", Takes::values, "USER", "who may read it"},
        {"--everyone-reads", Takes::nothing, "", "every user may read it, also later ones"},
        {"--writer", Takes::values, "USER", "who may write to it; who may both may delete too"},
        {"--everyone-writes", Takes::nothing, "", "every user may write to it, also later ones"},
        officer_key()},
       open_collection},
  };
}

Verbs proposing_keys_and_frameworks() {
  return {
      {"host allow-framework",
       "Propose a framework for the reference set, or another bundle of one, by the root of its bundle",
       "comity host allow-framework enterprise-attack enterprise-attack-18.1.json --title 'ATT&CK 18.1' "
       "--key "
       "anna.key",
       {{"framework", Takes::word, "NAME", "a slug, the same for every bundle"},
        {"file", Takes::word, "FILE", "the bundle; only its root and number are sent"},
        {"--title", Takes::required, "TITLE", "one line, for people"},
        officer_key()},
       allow_framework},
      {"host recover-key",
       "Propose a new key for a party that has lost all of its own; every party that deals with it sees it",
       "comity host recover-key ru ru-new.pub --key anna.key",
       {{"party", Takes::word, "PARTY", "like ru"},
        {"file", Takes::word, "FILE", "the public half of its new key, which it has told you in person"},
        officer_key()},
       recover_key},
      {"host end-framework",
       "Propose to take a framework out of the reference set, with all that was loaded of it",
       "comity host end-framework enterprise-attack --key anna.key",
       {{"framework", Takes::word, "NAME", "as it was allowed"}, officer_key()},
       end_framework},
  };
}

}  // namespace

Verbs host_verbs() {
  Verbs verbs = {
      {"host show",
       "The centre as its host sees it: ruleset, limits, open proposals, suspensions",
       "comity host show --as operator/operations",
       {},
       show},
      {"host countersign",
       "Agree to another officer's proposal, which takes effect; `host show` has its words",
       "comity host countersign 5f0c… --key bert.key",
       {{"digest", Takes::word, "DIGEST", "of the proposal"}, officer_key()},
       countersign},
      {"host lift",
       "Let an office send commands of a kind again that were suspended after faults",
       "comity host lift ru/general-staff contribute --key anna.key",
       {{"office", Takes::word, "OFFICE", "like ru/general-staff"},
        {"kind", Takes::word, "KIND", "the kind of command, like contribute"},
        officer_key()},
       lift},
      {"host allow-destination",
       "Let the centre call a place that a party has named, as it stands; `host show` lists them",
       "comity host allow-destination ru/siem https://siem.example/comity --key anna.key\n"
       "comity host allow-destination ru/siem https://siem.example/comity --address 10.1.2.3 --key anna.key",
       {{"destination", Takes::word, "PARTY/NAME", "like ru/siem"},
        {"url", Takes::word, "URL", "as the party gave it"},
        {"--address", Takes::values, "ADDRESS", "may be called though it is not public"},
        {"--not", Takes::nothing, "", "from now on it may not"},
        officer_key()},
       allow_destination},
  };
  for (auto* more : {&proposing, &proposing_keys_and_frameworks, &proposing_in_need})
    for (auto& verb : (*more)()) verbs.push_back(std::move(verb));
  return verbs;
}

}  // namespace comity::cli
