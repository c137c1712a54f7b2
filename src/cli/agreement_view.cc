#include "cli/agreement_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/acts.h"
#include "cli/members.h"
#include "cli/plain.h"
#include "cli/show.h"
#include "cli/table.h"

namespace comity::cli {
namespace {

// A selector, a filter or a list of fields in few words.
std::string brief(json::Value const& value) {
  if (value.is_null()) return "";
  if (auto const* text = value.if_string()) return std::string(*text);
  if (auto const* object = value.if_object()) {
    if (object->empty()) return "everything";
    std::string out;
    for (auto const& member : *object) {
      out += (out.empty() ? "" : "; ") + std::string(member.key()) + " ";
      auto const* points = member.key() == "polygon" ? member.value().if_array() : nullptr;
      out += points ? fmt::format("of {} points", points->size()) : brief(member.value());
    }
    return out;
  }
  if (auto const* list = value.if_array()) {
    std::string out;
    for (auto const& one : *list) out += (out.empty() ? "" : ", ") + brief(one);
    return out;
  }
  return json::write(value);
}

// Beyond from, to and what: how coarse, how late, under whose name, how far. What is usual is left out.
std::string terms_of(json::Value const& clause) {
  std::string out;
  for (auto const& [name, usual] : {std::pair{"precision", "everything"},
                                    {"delay", "PT0S"},
                                    {"attribution", "named"},
                                    {"onward", "none"},
                                    {"retention", ""},
                                    {"recall", ""},
                                    {"scope", ""},
                                    {"applies_from", ""},
                                    {"applies_until", ""}})
    if (std::string const text = brief(member_of(clause, name)); !text.empty() && text != usual)
      out += (out.empty() ? "" : "; ") + std::string(name) + " " + text;
  return out;
}

std::string clause_table(json::Array const& clauses) {
  Table table{{"clause", "type", "from", "to", "items", "fields", "terms"}, {}};
  for (auto const& clause : clauses)
    table.rows.push_back({text_at(clause, "id"), text_at(clause, "type"), brief(member_of(clause, "from")),
                          brief(member_of(clause, "to")), brief(member_of(clause, "items")),
                          brief(member_of(clause, "fields")), terms_of(clause)});
  return drawn(table, output_columns());
}

// Whole, never cut to the width of a terminal: it is what somebody may sign.
std::string clause_blocks(json::Array const& clauses) {
  std::string out;
  for (auto const& clause : clauses) {
    std::string const from = brief(member_of(clause, "from")), to = brief(member_of(clause, "to"));
    out += toned(Tone::strong, plain(text_at(clause, "id"))) + "  " + plain(text_at(clause, "type"));
    if (!from.empty()) out += ", from " + plain(from) + " to " + plain(to);
    out += "\n    " + plain(text_at(clause, "text")) + "\n";
    for (auto const& [name, text] : {std::pair{"items   ", brief(member_of(clause, "items"))},
                                     {"fields  ", brief(member_of(clause, "fields"))},
                                     {"terms   ", terms_of(clause)}})
      if (!text.empty()) out += std::string("    ") + name + plain(text) + "\n";
  }
  return out;
}

std::string terms_text(json::Value const& diff) {
  std::string out;
  for (auto const& [name, head] : {std::pair{"gives", "You would give"},
                                   {"gains", "You would be given"},
                                   {"prohibits", "You would be held back by"}}) {
    auto const* clauses = list_at(diff, name);
    if (clauses)
      out += std::string(head) + (clauses->empty() ? ": nothing\n" : "\n" + clause_table(*clauses));
  }
  return out;
}

// Between whom a clause would run, or run no more: `ru to iq, il; iq to ru`.
std::string between(json::Value const& row) {
  std::string out;
  if (auto const* pairs = list_at(row, "between"))
    for (auto const& pair : *pairs)
      out += (out.empty() ? "" : "; ") + text_at(pair, "from") + " to " + brief(member_of(pair, "to"));
  return out;
}

std::string changes_text(json::Value const& diff) {
  std::string out;
  for (auto const& [name, head] : {std::pair{"appear", "Would appear"}, {"disappear", "Would disappear"}}) {
    auto const* rows = list_at(diff, name);
    if (!rows) continue;
    out += std::string(head) + (rows->empty() ? ": nothing\n" : "\n");
    for (auto const& row : *rows) {
      out += "  " + toned(Tone::strong, plain(text_at(row, "clause"))) + "  " + plain(text_at(row, "type")) +
             ", " + plain(between(row)) + "\n";
      for (auto const& [label, text] : {std::pair{"items   ", brief(member_of(row, "items"))},
                                        {"fields  ", brief(member_of(row, "fields"))},
                                        {"terms   ", terms_of(row)}})
        if (!text.empty()) out += std::string("    ") + label + plain(text) + "\n";
    }
  }
  return out;
}

std::string standing_table(json::Value const& standing) {
  Table table{{"party", "standing", "since"}, {}};
  for (auto const& member : standing.as_object())
    table.rows.push_back(
        {std::string(member.key()), text_at(member.value(), "state"), text_at(member.value(), "since")});
  return drawn(table, output_columns());
}

std::string participants_of(json::Value const& agreement) {
  std::string out;
  auto const* list = list_at(agreement, "participants");
  if (!list) return out;
  for (auto const& one : *list) {
    std::string const offices = brief(member_of(one, "offices"));
    out += (out.empty() ? "" : ", ") + (offices.empty() ? text_at(one, "party") : offices);
  }
  return out;
}

// The hash the centre lists for it; empty if it lists none.
Result<std::string> listed_hash(Remote& remote, std::string const& agreement) {
  auto const rows = TRY(agreement_rows(remote));
  auto const row = std::ranges::find(rows, agreement, [](auto const& one) { return text_at(one, "id"); });
  return row == rows.end() ? "" : text_at(*row, "text_hash");
}

// A viewer that knows two agreements of one name sees the second as `name-2`; what was hashed is the name as drafted.
std::string drafted_name(std::string const& name) {
  auto const hyphen = name.rfind('-');
  bool const numbered = hyphen != name.npos && hyphen + 1 < name.size() &&
                        name.find_first_not_of("0123456789", hyphen + 1) == name.npos;
  return numbered ? name.substr(0, hyphen) : name;
}

}  // namespace

std::string agreement_text(json::Value const& agreement) {
  auto const* clauses = list_at(agreement, "clauses");
  if (!clauses) return as_pairs(agreement);
  json::Value const status = member_of(agreement, "status");
  std::string const since = text_at(status, "since");
  Pairs head{{{"agreement", text_at(agreement, "id")},
              {"title", text_at(agreement, "title")},
              {"exercise", cell_at(agreement, "exercise")},
              {"kind", text_at(agreement, "kind")},
              {"version", cell_at(agreement, "version")},
              {"state", text_at(status, "state") + (since.empty() ? "" : ", since " + since)},
              {"participants", participants_of(agreement)},
              {"members now", cell_at(status, "members")}}};
  if (auto const hash = text_hash_of(agreement)) head.lines.push_back({"text hash", to_hex(*hash)});
  std::erase_if(head.lines, [](auto const& line) { return line.back().empty(); });
  std::string out = drawn(head) + "\n" + clause_blocks(*clauses);
  json::Value const standing = member_of(status, "standing");
  if (standing.is_object()) out += "\n" + standing_table(standing);
  return out + "\nIts words: comity agreements text " + plain(text_at(agreement, "id")) + "\n";
}

std::string grant_diff_text(json::Value const& answer) {
  std::string out;
  auto const* diffs = list_at(answer, "grant_diff");
  if (!diffs) return as_pairs(answer);
  if (diffs->empty()) out = "Nothing would appear or disappear that you may know of.\n";
  for (auto const& one : *diffs) {
    out += toned(Tone::strong, plain(text_at(one, "agreement")));
    if (std::string const assumed = text_at(one, "assuming"); !assumed.empty())
      out += ", once it is " + assumed;
    out += "\n" + changes_text(one);
  }
  json::Value const rulings = member_of(answer, "refused?");
  return rulings.is_null() ? out : out + "Filed now it would be " + ruling_text(rulings);
}

std::string compiled_text(json::Value const& answer) {
  return "compiles, text hash " + plain(text_at(answer, "text_hash")) + "\n" +
         terms_text(member_of(answer, "grants"));
}

Result<std::vector<json::Value>> agreement_rows(Remote& remote) {
  std::vector<json::Value> rows;
  for (std::string query;;) {
    auto const page = TRY(value_of(remote.get("/api/v1/agreements" + query)));
    auto const* list = list_at(page, "agreements");
    if (!list) return fail(ErrorCode::io, "the centre lists no agreements; is there a centre at this URL?");
    rows.insert(rows.end(), list->begin(), list->end());
    json::Value const more = member_of(page, "more");
    if (list->empty() || !more.is_bool() || !more.get_bool()) return rows;
    query = "?next=" + segment(text_at(rows.back(), "id"));
  }
}

std::string inert_lines(std::string const& text) {
  return plain_lines(text) + (text.ends_with('\n') ? "" : "\n");
}

Result<TextToSign> read_text_to_sign(Remote& remote, std::string const& agreement) {
  json::Value served = TRY(value_of(remote.get("/api/v1/agreements/" + segment(agreement))));
  if (!list_at(served, "clauses"))
    return fail(ErrorCode::not_found,
                "the text of this agreement is not for you, or not yet: nothing to sign");
  auto const* version = served.as_object().if_contains("version");
  if (!version || !version->is_int64()) return fail(ErrorCode::corrupt, "the text has no version");
  std::string hash = to_hex(TRY(text_hash_of(served)));
  std::string const listed = TRY(listed_hash(remote, agreement));
  if (!listed.empty() && listed != hash) {
    served.as_object()["id"] = drafted_name(agreement);
    hash = to_hex(TRY(text_hash_of(served)));
    if (listed != hash)
      return fail(ErrorCode::corrupt, "the centre lists the hash " + listed + ", the text it serves has " +
                                          hash + ": do not sign; ask the other parties which text they have");
  }
  return TextToSign{.version = version->as_int64(),
                    .text_hash = hash,
                    .summary = agreement_text(served) + "signing text hash " + hash + "\n"};
}

}  // namespace comity::cli
