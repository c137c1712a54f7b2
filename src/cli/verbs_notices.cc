// Conflicts that are disclosed to one's office, notices of them, and the answers to notices (40-deconfliction).
#include <algorithm>

#include "base/limits.h"
#include "cli/airspace.h"
#include "cli/airspace_view.h"
#include "cli/asking.h"
#include "cli/finding.h"
#include "cli/following.h"
#include "cli/kept_acts.h"
#include "cli/members.h"
#include "cli/reading_back.h"
#include "cli/show.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

constexpr char const* record_path = "/api/v1/acknowledgements";

Result<json::Array> rows_at(Remote& remote, std::string const& path) {
  auto const answer = TRY(value_of(remote.get(path)));
  if (!answer.is_array()) return fail(ErrorCode::io, "the answer is no list; is there a centre at this URL?");
  return answer.get_array();
}

std::string notices_path(std::string const& after, size_t limit) {
  return "/api/v1/notices?after=" + segment(after) + "&limit=" + std::to_string(limit);
}

// Page by page.
Result<json::Array> notices_after(Remote& remote, std::string after) {
  json::Array all;
  while (true) {
    auto page = TRY(rows_at(remote, notices_path(after, limits::page_objects)));
    bool const last = page.size() < limits::page_objects;
    for (auto& row : page) all.push_back(std::move(row));
    if (last || all.size() >= 2 * limits::notices_per_office) return all;
    after = cell_at(all.back(), "notice");
  }
}

Exit conflicts(Call const& call) {
  if (call.has("--follow"))
    return follow(
        call, {[](Remote& remote) { return own_rows(remote, own_conflicts); }, conflicts_text, no_conflict,
               "no longer disclosed as a conflict; `comity notices` says what became of it"});
  return show_rows(call, own_conflicts, conflicts_text);
}

// What became of notices, by recipient and day.
Exit record(Call const& call) {
  if (call.has("--after") || call.has("--follow"))
    return complain({ErrorCode::bad_input, "the record is told whole: --after and --follow are of notices"});
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  if (!call.has("--csv")) return finish(call.settings.format, remote->get(record_path), record_text);
  auto const answer = remote->get(record_path, "text/csv");
  if (!answer) return complain(answer.error());
  if (answer->status != 200) return complain(error_of(*answer));
  say(answer->body);
  return Exit::done;
}

Exit notices(Call const& call) {
  if (call.has("what")) return record(call);
  if (call.has("--csv"))
    return complain({ErrorCode::bad_input, "--csv is of the record: comity notices record"});
  std::string const after = call.has("--after") ? call.text("--after") : "0";
  if (call.has("--follow"))
    return follow(call, {[after](Remote& remote) { return notices_after(remote, after); }, notices_text,
                         "no notices disclosed to you\n", ""});
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const all = notices_after(*remote, after);
  if (!all) return complain(all.error());
  if (call.settings.format == Format::json) {
    say_json(json::write(*all));
  } else {
    say(notices_text(*all));
  }
  return Exit::done;
}

Result<int64_t> number_in(Call const& call) {
  std::string const text = call.text("notice");
  bool const digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || text.empty() || text.size() > 9 || text == "0")
    return fail(ErrorCode::bad_input, "NOTICE is the number of a notice; `comity notices` shows them");
  return std::stoll(text);
}

Result<json::Object> notice_at(Remote& remote, int64_t number) {
  for (auto const& row : TRY(rows_at(remote, notices_path(std::to_string(number - 1), 1))))
    if (cell_at(row, "notice") == std::to_string(number)) return row.as_object();
  return fail(ErrorCode::not_found, "this office has no notice " + std::to_string(number) +
                                        "; `comity notices` shows those it has");
}

Exit answer(Call const& call, Remote& remote, std::string const& kind, json::Object body) {
  if (call.has("--words")) body["words"] = call.text("--words");
  return finish_ruling(call.settings.format,
                       post_command(remote, {{"kind", kind}, {"body", std::move(body)}}));
}

// What is read back: what was typed, or what is shown now and agreed to. None: nothing of the notice is disclosed any more.
Result<std::optional<Digest>> understood(Call const& call, json::Object const& notice) {
  if (call.has("--read-back") || call.has("--read-back-hash"))
    return std::optional(TRY(typed_read_back(call)));
  auto const digest = TRY(read_back_of(notice));
  if (digest && call.settings.format == Format::text) say_aside(content_text(notice));
  return digest;
}

// The centre has kept it as a reply and as no acknowledgement.
bool is_misunderstood(Result<http::Response> const& said) {
  auto const ruling = value_of(said);
  auto const acknowledged =
      ruling ? member_of(member_of(*ruling, "filing"), "acknowledged") : json::Value(nullptr);
  return acknowledged.is_bool() && !acknowledged.get_bool();
}

Exit acknowledge(Call const& call, Remote& remote, int64_t number) {
  auto const notice = notice_at(remote, number);
  if (!notice) return complain(notice.error());
  auto const digest = understood(call, *notice);
  if (!digest) return complain(digest.error());
  if (!agrees_to(call, "acknowledge that your office has understood it"))
    return complain({ErrorCode::bad_input, "nothing was answered"});
  json::Object body{{"notice", number}};
  if (*digest) body["read_back"] = to_hex(**digest);
  auto const said = post_command(remote, {{"kind", "acknowledge"}, {"body", std::move(body)}});
  bool const as_text = call.settings.format == Format::text;
  bool const differs = *digest && is_misunderstood(said);
  if (differs && as_text) {
    say_aside(
        "read back " + to_hex(**digest) +
        ": NOT as the notice says. It is kept, and acknowledges nothing: the notice still waits. Call the "
        "contact.\n");
    return Exit::refused;
  }
  Exit const exit = finish_ruling(call.settings.format, said);
  if (differs) return Exit::refused;
  if (exit != Exit::done || !as_text) return exit;
  if (*digest)
    say("read back " + to_hex(**digest) +
        (text_at(*notice, "read_back").empty() ? "\n" : ": as the notice says\n"));
  say(never_a_permission);
  return exit;
}

Exit ack(Call const& call) {
  auto const number = number_in(call);
  if (!number) return complain(number.error());
  int answers = 0;
  for (char const* one : {"--query", "--cannot-assure", "--passed-to"}) answers += call.has(one) ? 1 : 0;
  bool const reads_back = call.has("--read-back") || call.has("--read-back-hash");
  if (answers + (reads_back ? 1 : 0) > 1 || (call.has("--read-back") && call.has("--read-back-hash")))
    return complain(
        {ErrorCode::bad_input,
         "one answer at a time: --query, --cannot-assure, --passed-to UNIT, or an acknowledgement"});
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  json::Object body{{"notice", *number}};
  if (call.has("--query")) return answer(call, *remote, "query_notice", std::move(body));
  if (call.has("--cannot-assure")) return answer(call, *remote, "cannot_assure", std::move(body));
  if (!call.has("--passed-to")) return acknowledge(call, *remote, *number);
  if (call.has("--words")) return complain({ErrorCode::bad_input, "--passed-to takes no --words"});
  body["unit"] = call.text("--passed-to");
  return answer(call, *remote, "mark_passed_to_unit", std::move(body));
}

Argument follow_option() {
  return {"--follow", Takes::nothing, "", "go on, and print what is new or changed; Ctrl-C ends it"};
}

}  // namespace

Verbs notice_verbs() {
  return {
      {"conflicts",
       "Conflicts of your intents, as far as they are disclosed to you",
       "comity conflicts --as us/defense\ncomity conflicts --follow",
       {follow_option()},
       conflicts},
      {"notices",
       "Notices of your office: what is to be answered, and what became of it; with `record` how answers "
       "came, by "
       "recipient and day",
       "comity notices --as us/defense\ncomity notices --after 12 --follow --json\ncomity notices record "
       "--csv",
       {{"what", Takes::maybe, "record", "the record of acknowledgements instead", {"record"}},
        {"--csv", Takes::nothing, "", "the record as CSV, for a spreadsheet"},
        {"--after", Takes::value, "NOTICE", "those with a greater number"},
        follow_option()},
       notices},
      {"ack",
       "Answer a notice: acknowledge it with a read-back, ask back, or say what you cannot assure",
       "comity ack 3\n"
       "comity ack 3 --query --words \"Which level will you hold?\"\n"
       "comity ack 3 --cannot-assure\n"
       "comity ack 3 --passed-to \"2nd flight\"",
       {{"notice", Takes::word, "NOTICE", "its number"},
        {"--read-back", Takes::value, "TEXT",
         "its content as you have it, in JSON; default: as it is shown now"},
        {"--read-back-hash", Takes::value, "HEX", "the digest of it, computed elsewhere"},
        {"--words", Takes::value, "TEXT", "a remark, of 280 characters at the most"},
        {"--query", Takes::nothing, "", "ask back instead"},
        {"--cannot-assure", Takes::nothing, "", "say that you cannot assure it instead"},
        {"--passed-to", Takes::value, "UNIT", "say to whom you passed it on"},
        {"--yes", Takes::nothing, "", "do not ask"}},
       ack},
  };
}

}  // namespace comity::cli
