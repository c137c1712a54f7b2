// Who is on watch, how they hand over, and calls over the lines that agreements provide (40-deconfliction).
#include <charconv>
#include <optional>

#include "cli/airspace_view.h"
#include "cli/given_file.h"
#include "cli/kept_acts.h"
#include "cli/members.h"
#include "cli/plain.h"
#include "cli/show.h"
#include "cli/table.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

std::optional<int64_t> whole_number(std::string const& text) {
  int64_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number >= 0 ? std::optional(number)
                                                                                 : std::nullopt;
}

std::string contacts_text(json::Value const& person) {
  std::string text;
  for (json::Value const& one : rows_at(person, "contacts")) {
    std::string const outcome = text_at(member_of(one, "last_page"), "outcome");
    text += (text.empty() ? "" : ", ") + text_at(one, "by") + " " + text_at(one, "address") +
            (outcome.empty() || outcome == "sent" ? "" : " (last page: " + outcome + ")");
  }
  return text.empty() ? "none: nobody can be paged" : text;
}

std::string note_text(std::string const& head, std::string const& note) {
  return note.empty() ? "" : "\n" + head + "\n" + plain_lines(note) + "\n";
}

std::string notes_text(json::Value const& watch) {
  std::string text;
  for (json::Value const& one : rows_at(watch, "on_watch")) {
    json::Value const note = member_of(one, "note");
    text += note_text("Note of " + text_at(note, "from") + ", " + moment_text(text_at(note, "at")) + ":",
                      text_at(note, "text"));
    text += note_text("Note of " + text_at(one, "person") + " for " + text_at(one, "offered_to") + ":",
                      text_at(one, "offered_note"));
  }
  return text;
}

std::string people_text(json::Value const& watch) {
  Table people{{"ON WATCH", "SINCE", "PAGED BY", "OFFERED TO"}, {}};
  for (json::Value const& one : rows_at(watch, "on_watch"))
    people.rows.push_back({text_at(one, "person"), moment_text(text_at(one, "since")), contacts_text(one),
                           text_at(one, "offered_to")});
  if (people.rows.empty())
    return "Nobody of this office is on watch. `comity watch on --mail ADDRESS` begins one.\n";
  return drawn(people, output_columns()) + notes_text(watch);
}

std::string other_end_text(json::Value const& line) {
  std::string text;
  for (json::Value const& one : rows_at(line, "other_end"))
    text += (text.empty() ? "" : ", ") + text_at(one, "office") +
            (is_said(one, "watched") ? " (on watch)" : " (nobody on watch)");
  return text;
}

std::string last_call_text(json::Value const& line) {
  auto const calls = rows_at(line, "calls");
  if (calls.empty()) return "never called";
  json::Value const& last = calls.front();
  return text_at(last, "purpose") + " " + moment_text(text_at(last, "at")) + ", " +
         (is_said(last, "reached") ? "reached" : "nobody answered") +
         (text_at(last, "by") == "own" ? "" : ", by the other end");
}

std::string watch_text(json::Value const& watch) {
  std::string text = people_text(watch);
  Table lines{{"LINE", "OTHER END", "LAST CALL", "NEXT TEST"}, {}};
  for (json::Value const& one : rows_at(watch, "lines"))
    lines.rows.push_back(
        {text_at(one, "agreement") + " " + text_at(one, "clause"), other_end_text(one), last_call_text(one),
         (is_said(one, "test_overdue") ? "OVERDUE since " : "by ") + moment_text(text_at(one, "test_due"))});
  return lines.rows.empty() ? text : text + "\n" + drawn(lines, output_columns());
}

Exit show_watch(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  return finish(call.settings.format, remote->get("/api/v1/watch"), watch_text);
}

Exit command(Call const& call, std::string const& kind, json::Object body) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  return finish_ruling(call.settings.format,
                       post_command(*remote, {{"kind", kind}, {"body", std::move(body)}}));
}

// In the order in which they are paged: mail before what a gateway reaches.
json::Array contacts_of(Call const& call) {
  json::Array all;
  for (char const* way : {"mail", "gateway"})
    for (std::string const& address : call.list(std::string("--") + way))
      all.push_back(json::Object{{"by", way}, {"address", address}});
  return all;
}

Exit sign_on(Call const& call) { return command(call, "sign_on_watch", {{"contacts", contacts_of(call)}}); }
Exit sign_off(Call const& call) { return command(call, "hand_over", {}); }

Exit hand_over(Call const& call) {
  json::Object body{{"to", call.text("person")}};
  if (call.has("--note") && call.has("--note-file"))
    return complain({ErrorCode::bad_input, "--note and --note-file both say the note"});
  if (call.has("--note")) body["note"] = call.text("--note");
  if (call.has("--note-file")) {
    auto const text = given_file(call.text("--note-file"));
    if (!text) return complain(text.error());
    body["note"] = std::string_view(*text);
  }
  return command(call, "hand_over", std::move(body));
}

Exit take_over(Call const& call) {
  return command(call, "hand_over", {{"from", call.text("person")}, {"contacts", contacts_of(call)}});
}

Exit log_call(Call const& call, char const* kind) {
  auto const minutes = whole_number(call.text("--minutes"));
  if (!minutes) return complain({ErrorCode::bad_input, "--minutes is a whole number"});
  json::Object body{{"agreement", call.text("agreement")},
                    {"clause", call.text("clause")},
                    {"reached", !call.has("--not-reached")},
                    {"language", call.text("--language")},
                    {"minutes", *minutes}};
  if (call.has("--notice")) {
    auto const notice = whole_number(call.text("--notice"));
    if (!notice) return complain({ErrorCode::bad_input, "--notice is the number of a notice"});
    body["notice"] = *notice;
  }
  if (call.has("--words")) body["words"] = call.text("--words");
  return command(call, kind, std::move(body));
}

std::vector<Argument> of_calls() {
  return {{"agreement", Takes::word, "AGREEMENT", "whose line it is"},
          {"clause", Takes::word, "CLAUSE", "the contact clause"},
          {"--language", Takes::required, "LANGUAGE", "in which you spoke; one of the clause's"},
          {"--minutes", Takes::value, "N", "how long it took", {}, "1"},
          {"--not-reached", Takes::nothing, "", "nobody answered"},
          {"--notice", Takes::value, "NOTICE", "which of your notices it was about"},
          {"--words", Takes::value, "TEXT", "for your own office"}};
}
std::vector<Argument> of_contacts() {
  return {{"--mail", Takes::values, "ADDRESS", "is paged by mail; the first named is the first paged"},
          {"--gateway", Takes::values, "NUMBER", "is paged by the host's gateway, after those by mail"}};
}

std::vector<Argument> with_person(char const* help) {
  std::vector<Argument> all = of_contacts();
  all.insert(all.begin(), {"person", Takes::word, "PERSON", help});
  return all;
}

}  // namespace

Verbs watch_verbs() {
  return {
      {"watch show",
       "Who is on watch in your office, and the lines to the offices you have agreements with",
       "comity watch show --as us/defense",
       {},
       show_watch},
      {"watch on", "Go on watch, and say where pages reach you; again to change that",
       "comity watch on --mail anna@example.org --gateway +12025550123", of_contacts(), sign_on},
      {"watch offer",
       "Offer your watch to somebody, who takes it with `watch take`",
       "comity watch offer boris@us --note 'Two notices wait; the line to Ankara is noisy.'",
       {{"person", Takes::word, "PERSON", "of your party, with the role watch in this office"},
        {"--note", Takes::value, "TEXT", "what they should know, told to your office alone"},
        {"--note-file", Takes::value, "FILE", "the same from a file"}},
       hand_over},
      {"watch take", "Take the watch that somebody offers you: you stand in their place",
       "comity watch take anna@us --mail boris@example.org", with_person("who offered it"), take_over},
      {"watch off", "Go off watch, while another is on it", "comity watch off", {}, sign_off},
      {"watch test", "Write down that you tried whether a line works",
       "comity watch test us.flight-safety military-line --language en --minutes 2", of_calls(),
       [](Call const& call) { return log_call(call, "test_channel"); }},
      {"watch call", "Write down a call over a line",
       "comity watch call us.flight-safety military-line --language ru --minutes 5 --notice 12", of_calls(),
       [](Call const& call) { return log_call(call, "log_call"); }},
  };
}

}  // namespace comity::cli
