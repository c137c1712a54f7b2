#include "cli/show.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "cli/members.h"
#include "cli/plain.h"
#include "cli/table.h"

namespace comity::cli {
namespace {

constexpr size_t most_columns = 8;  // of a table nobody laid out

void write_to(std::FILE* stream, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stream);
  std::fflush(stream);
}

std::string scalar_text(json::Value const& value) {
  if (auto const* text = value.if_string()) return std::string(*text);
  if (value.is_null()) return "";
  if (auto const* truth = value.if_bool()) return *truth ? "yes" : "no";
  return json::write(value);
}

std::string cell_of(json::Value const& value) {
  if (auto const* members = value.if_object()) {
    std::string out;
    for (auto const& member : *members)
      out += (out.empty() ? "" : "; ") + std::string(member.key()) + ": " + cell_of(member.value());
    return out;
  }
  auto const* list = value.if_array();
  if (!list) return scalar_text(value);
  std::string out;
  for (auto const& one : *list) out += (out.empty() ? "" : ", ") + cell_of(one);
  return out;
}

json::Array const* list_in(json::Value const& value) {
  if (auto const* list = value.if_array()) return list;
  auto const* members = value.if_object();
  if (!members) return nullptr;
  for (auto const& member : *members)
    if (auto const* list = member.value().if_array()) return list;
  return nullptr;
}

std::vector<Column> own_columns(json::Array const& rows) {
  std::vector<Column> columns;
  for (auto const& row : rows) {
    auto const* members = row.if_object();
    if (!members) continue;
    for (auto const& member : *members) {
      std::string const name(member.key());
      bool const known = std::ranges::find(columns, name, &Column::path) != columns.end();
      if (!known && columns.size() < most_columns) columns.push_back({name, name});
    }
  }
  return columns;
}

// What stands beside the list of an answer: whether there is more, and where it goes on.
std::string beside_list(json::Value const& value) {
  auto const* members = value.if_object();
  if (!members) return "";
  auto const* more = members->if_contains("more");
  if (!more || !more->is_bool() || !more->get_bool()) return "";
  std::string const next = text_at(value, "next");
  return next.empty() ? "There is more.\n" : "There is more: --after " + plain(next) + "\n";
}

void add_pairs(std::vector<std::vector<std::string>>& lines, std::string const& prefix,
               json::Value const& value) {
  auto const* members = value.if_object();
  if (!members) {
    lines.push_back({prefix, cell_of(value)});
    return;
  }
  for (auto const& member : *members)
    add_pairs(lines, prefix.empty() ? std::string(member.key()) : prefix + "." + std::string(member.key()),
              member.value());
}

std::string reason_text(json::Value const& reason) {
  std::string where = text_at(reason, "agreement");
  if (std::string const clause = text_at(reason, "clause"); !clause.empty()) where += ", " + clause;
  if (std::string const subject = text_at(reason, "subject"); !subject.empty())
    where += (where.empty() ? "" : ", ") + subject;
  std::string out = "  " + plain(text_at(reason, "code"));
  if (!where.empty()) out += " (" + plain(where) + ")";
  if (std::string const detail = text_at(reason, "detail"); !detail.empty()) out += ": " + plain(detail);
  return out + "\n";
}

std::string effect_text(json::Value const& effect) {
  std::string out = "  ";
  for (char const* name : {"agreement", "clause", "party", "kind", "value", "at"})
    if (std::string const text = text_at(effect, name); !text.empty())
      out += (out.size() > 2 ? " " : "") + plain(text);
  return out + "\n";
}

// A ruling may stand in the answer itself or in its member `ruling`.
json::Value const& ruling_in(json::Value const& value) {
  auto const* members = value.if_object();
  auto const* inner = members ? members->if_contains("ruling") : nullptr;
  return inner ? *inner : value;
}

}  // namespace

void say(std::string_view text) { write_to(stdout, text); }
void say_aside(std::string_view text) { write_to(stderr, text); }

void say_json(std::string_view json) {
  bool const terminal = ::isatty(STDOUT_FILENO);
  say(terminal ? plain_json(json) : std::string(json));
  if (!json.ends_with('\n')) say("\n");
}

std::string cell_at(json::Value const& row, std::string_view path) {
  json::Value const* value = &row;
  while (!path.empty()) {
    auto const slash = path.find('/');
    auto const* members = value->if_object();
    value = members ? members->if_contains(path.substr(0, slash)) : nullptr;
    if (!value) return "";
    path = slash == path.npos ? "" : path.substr(slash + 1);
  }
  return cell_of(*value);
}

Render as_table(std::vector<Column> columns, std::string when_empty) {
  return [columns = std::move(columns), when_empty = std::move(when_empty)](json::Value const& value) {
    auto const* rows = list_in(value);
    if (!rows) return as_pairs(value);
    if (rows->empty()) return toned(Tone::faint, when_empty) + "\n";
    auto const shown = columns.empty() ? own_columns(*rows) : columns;
    Table table;
    for (auto const& column : shown) table.head.push_back(column.head);
    if (shown.empty()) table.head = {"value"};
    for (auto const& row : *rows) {
      std::vector<std::string> cells;
      for (auto const& column : shown) cells.push_back(cell_at(row, column.path));
      if (shown.empty()) cells.push_back(cell_of(row));
      table.rows.push_back(std::move(cells));
    }
    return drawn(table, output_columns()) + beside_list(value);
  };
}

std::string as_pairs(json::Value const& value) {
  std::vector<std::vector<std::string>> lines;
  add_pairs(lines, "", value);
  return drawn(Pairs{std::move(lines)});
}

bool is_refused(json::Value const& answer) {
  if (auto const* list = answer.if_array()) return std::ranges::any_of(*list, is_refused);
  return text_at(ruling_in(answer), "outcome") == "refused";
}

std::string ruling_text(json::Value const& answer) {
  if (auto const* list = answer.if_array()) {
    std::string out;
    for (auto const& one : *list) out += ruling_text(one);
    return out;
  }
  json::Value const& ruling = ruling_in(answer);
  std::string const outcome = text_at(ruling, "outcome");
  if (outcome.empty()) return as_pairs(answer);
  std::string out = toned(outcome == "accepted" ? Tone::good : Tone::bad, plain(outcome)) + "\n";
  for (auto const& reason : rows_at(ruling, "reasons")) out += reason_text(reason);
  for (auto const& effect : rows_at(ruling, "effects")) out += effect_text(effect);
  return out;
}

std::string refusals_text(json::Value const& answer) {
  json::Array const counts = rows_at(answer, "counts"), refusals = rows_at(answer, "refusals");
  if (refusals.empty()) return toned(Tone::faint, "nothing was refused to this office") + "\n";
  Table by_code{{"reason", "times", "what it means"}, {}, {0, 2}};
  for (auto const& one : counts)
    by_code.rows.push_back({text_at(one, "code"), cell_at(one, "count"), text_at(one, "detail")});
  Table each{{"time", "command", "about", "reasons"}, {}, {0, 2}};
  for (auto const& one : refusals) {
    std::string codes;
    for (auto const& reason : rows_at(one, "reasons"))
      codes += (codes.empty() ? "" : ", ") + text_at(reason, "code");
    each.rows.push_back({text_at(one, "time"), text_at(one, "kind"), text_at(one, "about"), codes});
  }
  return drawn(by_code, output_columns()) + "\n" + drawn(each, output_columns());
}

Exit complain(Error const& error) {
  say_aside("comity: " + plain_lines(error.detail) + "\n");
  return exit_of(error);
}

Exit finish(Format format, Result<http::Response> const& answer, Render const& render) {
  bool const good = answer && answer->status >= 200 && answer->status <= 299;
  if (good && answer->body.empty()) return Exit::done;
  if (good && format == Format::json) {
    say_json(answer->body);
    return Exit::done;
  }
  auto const value = value_of(answer);
  if (!value) return complain(value.error());
  say(render(*value));
  return Exit::done;
}

Exit finish_ruling(Format format, Result<http::Response> const& answer, Digests digests) {
  auto const ruling = answer && (answer->status == 422 || answer->status == 200 || answer->status == 202)
                          ? json::parse(answer->body, answer->body.size() + 1, json::Numbers::any)
                          : fail(ErrorCode::io, "");
  if (!ruling || (answer->status == 422 && !is_refused(*ruling))) {
    auto const value = value_of(answer);
    return value ? Exit::done : complain(value.error());
  }
  bool const refused = is_refused(*ruling);
  if (format == Format::json) {
    say_json(answer->body);
  } else if (refused) {
    say_aside(ruling_text(*ruling));
  } else {
    say(ruling_text(*ruling));
    std::string const digest = digests == Digests::shown ? text_at(*ruling, "digest") : "";
    if (!digest.empty()) say("digest " + plain(digest) + "\n");
  }
  return refused ? Exit::refused : Exit::done;
}

}  // namespace comity::cli
