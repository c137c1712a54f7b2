// Items: received, given, explained.
#include <fmt/format.h>

#include <charconv>

#include "base/limits.h"
#include "cli/acts.h"
#include "cli/given_file.h"
#include "cli/kept_acts.h"
#include "cli/made_objects.h"
#include "cli/members.h"
#include "cli/posting.h"
#include "cli/show.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

std::string query_of(Call const& call, std::vector<std::string> const& names) {
  std::string query;
  for (auto const& name : names)
    if (call.has("--" + name))
      query += (query.empty() ? "?" : "&") + name + "=" + segment(call.text("--" + name));
  return query;
}

// Absent and hidden are one answer; where to look further is not the same for all questions.
Exit finish_item(Format format, Result<http::Response> const& answer, Render const& render,
                 char const* hint) {
  if (answer && answer->status == 404) return complain({ErrorCode::not_found, hint});
  return finish(format, answer, render);
}
constexpr char const* not_had =
    "not there, or not for you: the two look the same; `comity items list` shows what is";
constexpr char const* not_given =
    "not an item that this office gave; `comity items list --role contributed` shows those";

std::string item_path(Call const& call) { return "/api/v1/items/" + segment(call.text("id")); }

Exit list(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  return finish(
      call.settings.format,
      remote->get("/api/v1/items" + query_of(call, {"role", "agreement", "type", "id", "after", "limit"})),
      as_table({{"id", "item"},
                {"date_added", "added"},
                {"version", "version"},
                {"agreement", "agreement"},
                {"clause", "clause"},
                {"form", "form"}},
               "no items"));
}

// The bytes as they are served: a file, never a display (G13).
Exit get(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const answer = remote->get(item_path(call) + query_of(call, {"version", "originator"}));
  return finish_item(Format::json, answer, as_pairs, not_had);
}

Exit why(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  return finish_item(call.settings.format, remote->get(item_path(call) + "/why" + query_of(call, {"viewer"})),
                     why_text, not_had);
}

Exit who_sees(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  return finish_item(call.settings.format, remote->get(item_path(call) + "/who-sees"), who_sees_text,
                     not_given);
}

Exit contribute(Call const& call) {
  auto const file = given_file(call.text("file"));
  if (!file) return complain(file.error());
  Posting const posting{
      .to_offices = call.list("--to"),
      .preview = call.has("--preview") ? Preview::only : Preview::none,
      .strictness = call.has("--permissive") ? stix::Strictness::permissive : stix::Strictness::strict};
  auto const body = envelope_of(*file, posting);
  if (!body) return complain({body.error().code, call.text("file") + ": " + body.error().detail});
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const answer = remote->post("/api/v1/agreements/" + segment(call.text("--under")) + "/items", *body);
  if (posting.preview == Preview::only && call.settings.format == Format::text && answer &&
      answer->status < 500)
    say_aside("foreseen only: nothing is contributed\n");
  return finish_posting(call.settings.format, answer);
}

// ---- objects that a person makes here ---------------------------------------------------------------------------------

Common common_of(Call const& call) {
  Common common{call.list("--label"), {}, system_seam().clock.now(), system_seam().entropy};
  constexpr std::pair<std::string_view, model::Tlp> words[] = {{"clear", model::Tlp::clear},
                                                               {"green", model::Tlp::green},
                                                               {"amber", model::Tlp::amber},
                                                               {"amber+strict", model::Tlp::amber_strict},
                                                               {"red", model::Tlp::red}};
  for (auto const& [word, level] : words)
    if (call.text("--tlp") == word) common.tlp = level;
  return common;
}

// Sends them, or prints them for other hands.
Exit give(Call const& call, std::vector<json::Object> const& objects) {
  json::Array list;
  for (auto const& one : objects) list.push_back(one);
  Bytes const bundle = json::write(json::Object{{"objects", std::move(list)}});
  if (call.has("--print")) {
    say_json(bundle);
    return Exit::done;
  }
  if (!call.has("--under")) return complain({ErrorCode::bad_input, "--under AGREEMENT, or --print"});
  Posting const posting{.to_offices = call.list("--to"),
                        .preview = call.has("--preview") ? Preview::only : Preview::none};
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const answer = remote->post("/api/v1/agreements/" + segment(call.text("--under")) + "/items",
                                   envelope_of(bundle, posting).value());
  if (call.settings.format == Format::text && answer && answer->status < 500)
    for (auto const& one : objects) say_aside(text_at(one, "id") + "\n");
  return finish_posting(call.settings.format, answer);
}

Exit make_note(Call const& call) {
  return give(call, {note(common_of(call), call.list("id"), call.text("--text"))});
}

Exit make_opinion(Call const& call) {
  return give(
      call, {opinion(common_of(call), call.list("id"), call.text("--opinion"), call.text("--explanation"))});
}

Exit make_sighting(Call const& call) {
  Sighting what{call.text("id"), 1, call.text("--first-seen"), call.text("--last-seen"), call.text("--text")};
  if (call.has("--count")) {
    auto const text = call.text("--count");
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), what.count);
    if (error != std::errc{} || end != text.data() + text.size())
      return complain({ErrorCode::bad_input, "--count is a number"});
  }
  return give(call, {sighting(common_of(call), what)});
}

Exit make_file(Call const& call) {
  auto const bytes = given_file(call.text("file"));
  if (!bytes) return complain(bytes.error());
  // In base64 it is a third longer, and must still be an object.
  if (bytes->size() > limits::stix_object_bytes / 4 * 3 - 4'096)
    return complain(
        {ErrorCode::bad_input, fmt::format("{}: at most {} MB can travel as an artifact", call.text("file"),
                                           limits::stix_object_bytes / 4 * 3 >> 20)});
  auto const path = call.text("file");
  FileReport const what{call.has("--name") ? call.text("--name") : path.substr(path.rfind('/') + 1),
                        call.text("--text"), call.text("--media-type")};
  return give(call, file_report(common_of(call), what, *bytes));
}

Exit remove(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  json::Object body{{"id", call.text("id")}};
  if (call.has("--version")) body["version"] = call.text("--version");
  if (call.has("--under")) body["agreement"] = call.text("--under");
  json::Object command{{"kind", "delete_item"}, {"body", std::move(body)}};
  return finish_ruling(call.settings.format, post_command(*remote, std::move(command)));
}

Exit consent(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  json::Object const members{{"item", call.text("id")},
                             {"item_version", call.text("--version")},
                             {"releaser", call.text("--releaser")},
                             {"text_hash", call.text("--text-hash")}};
  return finish_ruling(call.settings.format, post_signed(call, *remote, "consent_onward", members));
}

Exit independent(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  json::Object const members{{"item", call.text("id")}};
  return finish_ruling(call.settings.format, post_signed(call, *remote, "claim_independent_source", members));
}

Argument id_word() { return {"id", Takes::word, "STIX-ID", "like indicator--…"}; }
Argument version_option() {
  return {"--version", Takes::value, "TIME", "this version: its `modified` as posted"};
}
Argument key_option() {
  return {"--key", Takes::value, "FILE", "the party's private key; default: the credentials file's"};
}

Verbs reading() {
  std::vector<Argument> const why_arguments{
      id_word(), {"--viewer", Takes::value, "OFFICE", "of an item of your own: this office"}};
  std::vector<Argument> const who_arguments{id_word()};
  return {
      {"items list",
       "What was released to this office, or what it gave",
       "comity items list --as iq/defence\ncomity items list --role contributed --agreement "
       "ru.baghdad-centre",
       {{"--role",
         Takes::value,
         "ROLE",
         "received (default), contributed or reference",
         {"received", "contributed", "reference"}},
        {"--agreement", Takes::value, "AGREEMENT", "only under this agreement"},
        {"--type", Takes::value, "TYPE", "only of this STIX type"},
        {"--id", Takes::value, "STIX-ID", "only this one"},
        {"--after", Takes::value, "CURSOR", "go on where the last list ended"},
        {"--limit", Takes::value, "N", "at most so many"}},
       list},
      {"items get",
       "The bytes of an item as this office has it",
       "comity items get indicator--9299f726-ce06-492e-8472-2b52ccb53191",
       {id_word(), version_option(), {"--originator", Takes::value, "PARTY", "of this originator"}},
       get},
      {"items why", "Why this office has an item, or has it no longer", "", why_arguments, why},
      {"items who-sees", "Who would be shown an item of yours, under which clause, and who not", "",
       who_arguments, who_sees},
      {"why", "The same as items why", "comity why indicator--9299f726-ce06-492e-8472-2b52ccb53191",
       why_arguments, why},
      {"who-sees", "The same as items who-sees",
       "comity who-sees indicator--9299f726-ce06-492e-8472-2b52ccb53191", who_arguments, who_sees},
  };
}

std::vector<Argument> giving(std::vector<Argument> own) {
  for (Argument const& one : std::vector<Argument>{
           {"--under", Takes::value, "AGREEMENT", "the agreement that decides who gets it"},
           {"--label", Takes::values, "LABEL", "labels that agreements filter by"},
           {"--tlp", Takes::value, "TLP", "its marking", {"clear", "green", "amber", "amber+strict", "red"}},
           {"--to", Takes::values, "OFFICE", "TLP:RED reaches only offices named here"},
           {"--preview", Takes::nothing, "", "contribute nothing; show what would happen"},
           {"--print", Takes::nothing, "", "print the objects instead of sending them"}})
    own.push_back(one);
  return own;
}

Verbs making() {
  Argument const about{"id", Takes::words, "STIX-ID", "what it is about"};
  return {
      {"items note", "Write a note on items",
       "comity items note indicator--9299f726-ce06-492e-8472-2b52ccb53191 --text 'Seen here too' --under "
       "ru.baghdad-centre --label isil",
       giving({about, {"--text", Takes::required, "TEXT", "what it says"}}), make_note},
      {"items opinion", "Agree or disagree with items",
       "comity items opinion report--84e4d88f-44ea-4bcd-bbf3-b2c1c320bcb3 --opinion agree --under "
       "ru.baghdad-centre",
       giving({about,
               {"--opinion",
                Takes::required,
                "OPINION",
                "how far",
                {"strongly-disagree", "disagree", "neutral", "agree", "strongly-agree"}},
               {"--explanation", Takes::value, "TEXT", "why"}}),
       make_opinion},
      {"items sighting", "Say that something was seen",
       "comity items sighting indicator--9299f726-ce06-492e-8472-2b52ccb53191 --count 3 --under "
       "ru.baghdad-centre",
       giving({id_word(),
               {"--count", Takes::value, "N", "how often; default: once"},
               {"--first-seen", Takes::value, "TIME", "as 2015-10-20T08:00:00Z"},
               {"--last-seen", Takes::value, "TIME", "not before that"},
               {"--text", Takes::value, "TEXT", "what there is to say of it"}}),
       make_sighting},
      {"items file", "Share any file: an artifact, and a report that refers to it",
       "comity items file map.pdf --name 'Routes' --media-type application/pdf --under ru.baghdad-centre "
       "--label isil",
       giving({{"file", Takes::word, "FILE", "any file"},
               {"--name", Takes::value, "TEXT", "of the report; default: the file's name"},
               {"--text", Takes::value, "TEXT", "the report's description"},
               {"--media-type", Takes::value, "TYPE", "like application/pdf"}}),
       make_file},
  };
}

Verbs writing() {
  return {
      {"items contribute",
       "Give STIX objects under an agreement, or see who would get them",
       "comity items contribute report.json --under ru.il-staff --preview\n"
       "comity items contribute report.json --under ru.baghdad-centre --to iq/defence",
       {{"file", Takes::word, "FILE", "a STIX object, a bundle or a TAXII envelope; its bytes are kept"},
        {"--under", Takes::required, "AGREEMENT", "the agreement that decides who gets them"},
        {"--to", Takes::values, "OFFICE", "TLP:RED reaches only offices named here"},
        {"--preview", Takes::nothing, "", "contribute nothing; show what would happen"},
        {"--permissive", Takes::nothing, "", "only warn of what breaks a MUST of STIX without danger"}},
       contribute},
      {"items delete",
       "Take an item of yours back; those who had it are told",
       "comity items delete indicator--9299f726-ce06-492e-8472-2b52ccb53191",
       {id_word(), version_option(), {"--under", Takes::value, "AGREEMENT", "only from this agreement"}},
       remove},
      {"onward consent",
       "Let a party pass one version of an item of yours on into one agreement, signed",
       "comity onward consent report--84e4d88f-44ea-4bcd-bbf3-b2c1c320bcb3 --version "
       "2026-01-31T12:00:00.000Z "
       "--releaser ru --text-hash 5f…",
       {id_word(),
        {"--version", Takes::required, "TIME", "its `modified` as posted"},
        {"--releaser", Takes::required, "PARTY", "who may pass it on"},
        {"--text-hash", Takes::required, "HASH", "of the agreement into which; the releaser tells you"},
        key_option()},
       consent},
      {"independent",
       "Declare, signed, that your party has this id from a source of its own",
       "comity independent ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4",
       {id_word(), key_option()},
       independent},
  };
}

}  // namespace

Verbs item_verbs() {
  Verbs verbs = reading();
  for (auto& verb : writing()) verbs.push_back(std::move(verb));
  for (auto& verb : making()) verbs.push_back(std::move(verb));
  return verbs;
}

}  // namespace comity::cli
