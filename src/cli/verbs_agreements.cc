// Agreements: read, compiled, drafted, signed.
#include <fmt/format.h>

#include "base/limits.h"
#include "cli/acts.h"
#include "cli/agreement_view.h"
#include "cli/asking.h"
#include "cli/founding_keys.h"
#include "cli/given_file.h"
#include "cli/members.h"
#include "cli/plain.h"
#include "cli/show.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

std::string path_of(std::string const& id) { return "/api/v1/agreements/" + segment(id); }

Exit list(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  std::string query;
  for (auto const& [option, name] :
       {std::pair{"--state", "state"}, {"--party", "party"}, {"--kind", "kind"}, {"--after", "next"}})
    if (call.has(option)) query += (query.empty() ? "?" : "&") + (name + ("=" + segment(call.text(option))));
  return finish(call.settings.format, remote->get("/api/v1/agreements" + query),
                as_table({{"id", "agreement"},
                          {"title", "title"},
                          {"version", "version"},
                          {"status/state", "state"},
                          {"status/since", "since"},
                          {"status/members", "members"}},
                         "no agreement that you may know"));
}

Exit show_part(Call const& call, std::string const& part, Render const& render) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  std::string const version = call.has("--version") ? "?version=" + segment(call.text("--version")) : "";
  return finish(call.settings.format, remote->get(path_of(call.text("agreement")) + part + version), render);
}

Exit show(Call const& call) { return show_part(call, "", agreement_text); }
Exit acts(Call const& call) {
  return show_part(
      call, "/acts",
      as_table({{"time", "time"}, {"kind", "act"}, {"party", "party"}, {"office", "office"}}, "no acts"));
}
Exit clocks(Call const& call) {
  return show_part(
      call, "/clocks",
      as_table({{"effective", "effective"}, {"what", "what"}, {"clause", "clause"}, {"party", "party"}},
               "nothing is due at a known time"));
}

Exit words(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const value = value_of(remote->get(path_of(call.text("agreement"))));
  if (!value) return complain(value.error());
  if (text_at(*value, "text").empty())
    return complain({ErrorCode::not_found, "the text of this agreement is not for you, or not yet"});
  if (call.settings.format == Format::json) {
    say_json(json::write(*value->as_object().if_contains("text")));
  } else {
    say(inert_lines(text_at(*value, "text")));
  }
  return Exit::done;
}

Result<Bytes> agreement_file(Call const& call) {
  Bytes text = TRY(given_file(call.text("file")));
  TRY(json::parse(text, limits::agreement_bytes));
  return text;
}

Exit compile(Call const& call) {
  auto const text = given_file(call.text("file"));
  if (!text) return complain(text.error());
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const answer = remote->post("/api/v1/agreements/compile", *text);
  if (!answer || answer->status != 422) return finish(call.settings.format, answer, compiled_text);
  if (call.settings.format == Format::json) {
    say_json(answer->body);
  } else {
    auto const problems = json::parse(answer->body, answer->body.size() + 1, json::Numbers::any);
    say_aside("does not compile\n");
    if (problems) say_aside(as_table({{"pointer", "where"}, {"reason", "what is wrong"}})(*problems));
  }
  return Exit::refused;
}

// The text travels as it was written, but for the founding keys that it leaves out: what travels is what everyone signs.
Result<Bytes> text_to_draft(Call const& call, Remote& remote) {
  Bytes const text = TRY(agreement_file(call));
  json::Value value = TRY(json::parse(text, limits::agreement_bytes));
  auto const said = put_in_founding_keys(value, TRY(value_of(remote.get("/api/v1/parties"))));
  if (said.empty()) return text;
  say_aside("The text is completed with founding keys as this centre tells them:\n");
  for (std::string const& line : said) say_aside("  " + plain(line) + "\n");
  return json::write(value);
}

Exit post_text(Call const& call, std::string const& head) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const text = text_to_draft(call, *remote);
  if (!text) return complain(text.error());
  return finish_ruling(call.settings.format, remote->post("/api/v1/commands", head + *text + "}}"));
}

Exit draft(Call const& call) { return post_text(call, R"({"kind":"draft_agreement","body":{"text":)"); }

Exit edit(Call const& call) {
  return post_text(call, R"({"kind":"edit_draft","body":{"agreement":)" +
                             json::write(json::Value(call.text("agreement"))) + R"(,"text":)");
}

Exit diff(Call const& call) {
  auto const text = agreement_file(call);
  if (!text) return complain(text.error());
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  std::string const body = R"({"commands":[{"kind":"draft_agreement","body":{"text":)" + *text +
                           R"(}}],"questions":["grant_diff","refused?"]})";
  return finish(call.settings.format, remote->post("/api/v1/previews", body), grant_diff_text);
}

Exit on_text(Call const& call, std::string const& kind) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const subject = read_text_to_sign(*remote, call.text("agreement"));
  if (!subject) return complain(subject.error());
  say_aside(subject->summary);
  if (call.has("--expect") && call.text("--expect") != subject->text_hash)
    return complain({ErrorCode::corrupt, "the text is not the one you expect; nothing was signed"});
  if (!agrees_to(call, "sign this text")) return complain({ErrorCode::bad_input, "nothing was signed"});
  json::Object const members{{"agreement", call.text("agreement")},
                             {"version", subject->version},
                             {"text_hash", subject->text_hash}};
  return finish_ruling(call.settings.format, post_signed(call, *remote, kind, members));
}

Argument agreement_word() {
  return {"agreement", Takes::word, "AGREEMENT", "its id, like ru.baghdad-centre"};
}

Verb signed_verb(std::string const& word, std::string const& kind, std::string const& help) {
  return {"agreements " + word,
          help,
          fmt::format("comity agreements {} ru.baghdad-centre --key ru.key", word),
          {agreement_word(),
           {"--key", Takes::value, "FILE", "the party's private key; default: the credentials file's"},
           {"--expect", Takes::value, "HASH", "sign only if the text has this hash"},
           {"--yes", Takes::nothing, "", "do not ask"}},
          [kind](Call const& call) { return on_text(call, kind); }};
}

Verbs reading() {
  return {
      {"agreements list",
       "The agreements you may know",
       "comity agreements list\ncomity agreements list --state in_force --party iq",
       {{"--state",
         Takes::value,
         "STATE",
         "only in this state",
         {"draft", "tabled", "adopted", "open", "in_force", "suspended", "terminated", "lapsed",
          "withdrawn"}},
        {"--party", Takes::value, "PARTY", "only where this party is known to take part"},
        {"--kind",
         Takes::value,
         "KIND",
         "only of this kind",
         {"memorandum", "bilateral", "convention", "resolution", "arrangement"}},
        {"--after", Takes::value, "AGREEMENT", "only later names"}},
       list},
      {"agreements show",
       "An agreement: clauses, state, standing of the parties",
       "comity agreements show ru.baghdad-centre",
       {agreement_word(), {"--version", Takes::value, "N", "this version of it"}},
       show},
      {"agreements text", "Its words", "comity agreements text ru.baghdad-centre", {agreement_word()}, words},
      {"agreements acts",
       "The signed acts about it",
       "comity agreements acts ru.baghdad-centre",
       {agreement_word()},
       acts},
      {"agreements clocks",
       "What will happen to it at a known time",
       "comity agreements clocks ru.baghdad-centre",
       {agreement_word()},
       clocks},
  };
}

Verbs writing() {
  Argument const file{"file", Takes::word, "FILE", "the agreement as JSON (docs/formats.md)"};
  return {
      {"agreements compile",
       "Whether a text compiles, and what is wrong with it; nothing is stored",
       "comity agreements compile draft.json",
       {file},
       compile},
      {"agreements diff",
       "What a text would give, bring and prohibit; nothing is stored",
       "comity agreements diff draft.json",
       {file},
       diff},
      {"agreements draft", "Store a draft", "comity agreements draft draft.json", {file}, draft},
      {"agreements edit",
       "Put another text in a draft's place",
       "comity agreements edit ru.new-centre draft.json",
       {agreement_word(), file},
       edit},
      signed_verb("sponsor", "sponsor", "Sponsor a draft, signed by the party's key"),
      signed_verb("unsponsor", "unsponsor", "Take the sponsorship back"),
      signed_verb("table", "table_agreement", "Table a draft: from here its text is no longer edited"),
      signed_verb("sign", "sign", "Consent to be bound, signed by the party's key"),
  };
}

}  // namespace

Verbs agreement_verbs() {
  Verbs verbs = reading();
  for (auto& verb : writing()) verbs.push_back(std::move(verb));
  return verbs;
}

}  // namespace comity::cli
