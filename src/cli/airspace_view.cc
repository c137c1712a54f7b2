#include "cli/airspace_view.h"

#include "cli/members.h"
#include "cli/plain.h"
#include "cli/table.h"
#include "release/map_words.h"

namespace comity::cli {
namespace {

std::string coordinate(int64_t e7, char positive, char negative) {
  return release::degrees_text(e7 < 0 ? -e7 : e7) + (e7 < 0 ? negative : positive);
}

std::string place_text(int64_t latitude_e7, int64_t longitude_e7) {
  return coordinate(latitude_e7, 'N', 'S') + " " + coordinate(longitude_e7, 'E', 'W');
}

// Of a square on a clause's grid, or of a polygon.
std::string where_text(json::Value const& volume) {
  if (!member_of(volume, "south_e7").is_null())
    return place_text(number_at(volume, "south_e7"), number_at(volume, "west_e7")) + " to " +
           place_text(number_at(volume, "north_e7"), number_at(volume, "east_e7"));
  auto const ring = rows_at(volume, "polygon");
  if (ring.empty() || !ring.front().is_array() || ring.front().get_array().size() < 2) return "";
  auto const& first = ring.front().get_array();
  if (!first[0].is_int64() || !first[1].is_int64()) return "";
  return std::to_string(ring.size()) + " places from " +
         place_text(first[1].get_int64(), first[0].get_int64());
}

std::string altitude_text(json::Value const& volume) {
  auto const low = member_of(volume, "low_mm"), high = member_of(volume, "high_mm");
  return release::altitudes_text(low.is_int64() ? std::optional(low.get_int64()) : std::nullopt,
                                 high.is_int64() ? std::optional(high.get_int64()) : std::nullopt);
}

std::string times_text(json::Value const& volume) {
  std::string const from = moment_text(text_at(volume, "from")),
                    until = moment_text(text_at(volume, "until"));
  if (from.empty() && until.empty()) return "always";
  if (from.empty()) return "until " + until;
  if (until.empty()) return "from " + from;
  bool const same_day = from.substr(0, 10) == until.substr(0, 10);
  return from + " to " + (same_day ? until.substr(11) : until);
}

// Of a site on a schedule.
std::string next_window(json::Value const& site) {
  if (!list_at(site, "windows")) return "";
  auto const windows = rows_at(site, "windows");
  return windows.empty() ? "none soon" : times_text(windows.front());
}

std::string under_text(json::Value const& row) {
  std::string const agreement = text_at(row, "agreement");
  return agreement.empty() ? "" : agreement + ", " + text_at(row, "clause");
}

std::string about_text(json::Value const& row) {
  std::string text = is_said(row, "exercise") ? "EXERCISE " : "";
  std::string const site = text_at(row, "site");
  text += site.empty() ? text_at(row, "about") : "site: " + site;
  return text;
}

// Where it was reported last, and since when it is not where it was filed.
std::string stray_text(json::Value const& row) {
  auto const telemetry = member_of(row, "telemetry");
  auto const place = rows_at(telemetry, "position");
  if (place.size() != 2 || !place[0].is_int64() || !place[1].is_int64()) return "";
  std::string text = "at " + place_text(place[1].get_int64(), place[0].get_int64()) + " (" +
                     moment_text(text_at(telemetry, "measured_at")) + ")";
  if (std::string const since = text_at(row, "strayed_at"); !since.empty())
    text +=
        (rows_at(row, "off_nominal").empty() ? ", was OUTSIDE at " : ", OUTSIDE since ") + moment_text(since);
  return text;
}

// One row of a table for each volume; the cells before and behind stand in the first.
void add_volumes(Table& table, std::vector<std::string> before, json::Array const& volumes,
                 std::vector<std::string> behind) {
  std::vector<std::vector<std::string>> places;
  for (auto const& volume : volumes)
    places.push_back({where_text(volume), altitude_text(volume), times_text(volume)});
  if (places.empty()) places.push_back({"", "", ""});
  for (auto const& place : places) {
    auto row = before;
    row.insert(row.end(), place.begin(), place.end());
    row.insert(row.end(), behind.begin(), behind.end());
    table.rows.push_back(std::move(row));
    for (size_t i = 1; i < before.size(); ++i) before[i].clear();
    for (auto& cell : behind) cell.clear();
  }
}

std::string unknown_text(json::Value const& unknown) {
  std::string const under = under_text(unknown);
  return text_at(unknown, "answer") + (under.empty() ? "" : " (" + under + ")");
}

// "PT1H30M": "1 h 30 min".
std::string duration_words(std::string_view text) {
  auto const duration = parse_duration(text);
  if (!duration) return std::string(text);
  int64_t const all_s = duration->us / 1'000'000;
  struct Unit {
    int64_t s;
    char const* name;
  };
  std::string words;
  int64_t left = all_s;
  for (Unit const unit : {Unit{86'400, "d"}, Unit{3'600, "h"}, Unit{60, "min"}, Unit{1, "s"}}) {
    if (left / unit.s > 0)
      words += (words.empty() ? "" : " ") + std::to_string(left / unit.s) + " " + unit.name;
    left %= unit.s;
  }
  return words.empty() ? "less than 1 s" : words;
}

std::string answers_text(json::Value const& notice) {
  std::string text;
  for (auto const& reply : rows_at(notice, "replies")) {
    text += (text.empty() ? "" : ", ") + text_at(reply, "answer");
    auto const agrees = member_of(reply, "read_back_agrees");
    if (agrees.is_bool() && text_at(reply, "answer") != "read_back_differs")
      text += agrees.get_bool() ? " (read back)" : " (read back OTHERWISE)";
  }
  if (std::string const unit = text_at(notice, "passed_to_unit"); !unit.empty())
    text += (text.empty() ? "" : ", ") + std::string("passed to ") + unit;
  return text;
}

std::string state_text(json::Value const& notice) {
  std::string const state = text_at(notice, "state");
  if (state != "open") return state;
  if (is_said(notice, "overdue")) return "OVERDUE";
  return text_at(notice, "answered").empty() ? "open" : "open, answered";
}

}  // namespace

std::string moment_text(std::string_view time) {
  std::string text(time);
  if (text.size() != 27) return text;
  text[10] = ' ';
  for (std::string_view const nothing : {".000000Z", ":00Z"})
    if (text.ends_with(nothing)) text.replace(text.size() - nothing.size(), nothing.size(), "Z");
  return text;
}

std::string intents_text(json::Value const& answer) {
  if (!answer.is_array()) return as_pairs(answer);
  if (answer.get_array().empty()) return toned(Tone::faint, "no intents of this office") + "\n";
  Table table{{"intent", "state", "where", "altitudes", "times (UTC)", "remarks"}, {}, {0}};
  for (auto const& row : answer.get_array()) {
    std::string remarks = is_said(row, "exercise") ? "EXERCISE" : "";
    if (text_at(row, "operation") == "movement") remarks += remarks.empty() ? "movement" : ", movement";
    if (std::string const stray = stray_text(row); !stray.empty())
      remarks += (remarks.empty() ? "" : ", ") + stray;
    for (auto const& unknown : rows_at(row, "unknown"))
      remarks += (remarks.empty() ? "" : ", ") + unknown_text(unknown);
    add_volumes(table, {text_at(row, "id"), text_at(row, "state")}, rows_at(row, "extents"), {remarks});
  }
  return drawn(table, output_columns());
}

std::string constraints_text(json::Value const& answer) {
  if (!answer.is_array()) return as_pairs(answer);
  if (answer.get_array().empty()) return toned(Tone::faint, "no constraints disclosed to you") + "\n";
  Table table{{"constraint", "of", "where", "altitudes", "times (UTC)"}, {}, {0}};
  for (auto const& row : answer.get_array()) {
    json::Array const volumes = rows_at(row, "extents");
    std::vector<std::string> const whose = {text_at(row, "id"), text_at(row, "office")};
    if (volumes.empty())
      table.rows.push_back({whose[0], whose[1], "not disclosed", "", times_text(row)});
    else
      add_volumes(table, whose, volumes, {});
  }
  return drawn(table, output_columns());
}

std::string sites_text(json::Value const& answer) {
  if (!answer.is_array()) return as_pairs(answer);
  if (answer.get_array().empty()) return toned(Tone::faint, "no sites of this office") + "\n";
  Table table{{"site", "kind", "name", "where", "altitudes", "times (UTC)", "next window", "confirm by",
               "source", "measured"},
              {},
              {0}};
  for (auto const& row : answer.get_array()) {
    std::string const by = moment_text(text_at(row, "reconfirm_by"));
    add_volumes(table, {text_at(row, "id"), text_at(row, "kind"), text_at(row, "name")},
                rows_at(row, "extents"),
                {next_window(row), is_said(row, "stale") ? by + " STALE" : by, text_at(row, "source"),
                 text_at(row, "measured")});
  }
  return drawn(table, output_columns());
}

std::string conflicts_text(json::Value const& answer) {
  if (!answer.is_array()) return as_pairs(answer);
  if (answer.get_array().empty()) return no_conflict;
  Table table{
      {"notice", "your intent", "about", "where", "altitudes", "times (UTC)", "other side", "call", "under"},
      {},
      {0, 1}};
  for (auto const& row : answer.get_array()) {
    std::string other = cell_at(row, "other/office");
    if (std::string const answered = text_at(row, "other_side"); !answered.empty())
      other += (other.empty() ? "" : ": ") + answered;
    add_volumes(table, {std::to_string(number_at(row, "notice")), text_at(row, "intent"), about_text(row)},
                rows_at(row, "volumes"), {other, text_at(row, "call"), under_text(row)});
  }
  return drawn(table, output_columns()) + never_a_permission;
}

std::string notices_text(json::Value const& answer) {
  if (!answer.is_array()) return as_pairs(answer);
  if (answer.get_array().empty()) return toned(Tone::faint, "no notices disclosed to you") + "\n";
  Table table{
      {"notice", "state", "about", "your intent", "raised (UTC)", "answer by", "answers", "ended"}, {}, {0}};
  bool open = false;
  for (auto const& row : answer.get_array()) {
    auto const content = member_of(row, "content");
    open = open || text_at(row, "state") == "open";
    table.rows.push_back({std::to_string(number_at(row, "notice")), state_text(row),
                          about_text(content.is_object() ? content : row), text_at(row, "intent"),
                          moment_text(text_at(row, "raised")), moment_text(text_at(row, "answer_by")),
                          answers_text(row), moment_text(text_at(row, "ended"))});
  }
  return drawn(table, output_columns()) +
         (open ? "Answer one with `comity ack NOTICE`. " + std::string(never_a_permission) : "");
}

std::string record_text(json::Value const& answer) {
  auto const rows = rows_at(answer, "rows");
  if (rows.empty()) return toned(Tone::faint, "no notices in the last weeks") + "\n";
  Table table{{"day", "recipient", "under", "sent", "delivered", "answered", "overdue", "read back otherwise",
               "median answer"},
              {},
              {}};
  for (auto const& row : rows) {
    auto const took = member_of(row, "median_s");
    std::string const day = text_at(row, "day") + (is_said(row, "exercise") ? " EXERCISE" : "");
    table.rows.push_back(
        {day, text_at(row, "recipient"), under_text(row), cell_at(row, "sent"), cell_at(row, "delivered"),
         cell_at(row, "answered"), cell_at(row, "overdue"), cell_at(row, "read_back_differs"),
         took.is_null() ? "" : duration_words(to_text(seconds(number_at(row, "median_s"))))});
  }
  return drawn(table, output_columns());
}

std::string content_text(json::Value const& notice) {
  auto const content = member_of(notice, "content");
  Pairs pairs;
  auto const add = [&](char const* name, std::string value) {
    if (!value.empty()) pairs.lines.push_back({name, std::move(value)});
  };
  add("notice", std::to_string(number_at(notice, "notice")));
  add("about", about_text(content) + (is_said(content, "contingent") ? ", CONTINGENT" : ""));
  add("your intent", text_at(content, "intent"));
  for (auto const& volume : rows_at(content, "volumes"))
    add("where, when", where_text(volume) + "; " + altitude_text(volume) + "; " + times_text(volume));
  add("other side", cell_at(notice, "other/office"));
  add("filed late by", duration_words(text_at(content, "short_notice")));
  add("call", text_at(notice, "call"));
  add("under", under_text(notice));
  add("answer by", moment_text(text_at(notice, "answer_by")));
  return drawn(pairs);
}

std::string filing_text(json::Value const& ruling, json::Array const& conflicts) {
  auto const filing = member_of(ruling, "filing");
  auto const unknown = rows_at(filing, "unknown");
  std::string text;
  if (!conflicts.empty()) text = conflicts_text(conflicts);
  for (auto const& one : unknown) text += plain(unknown_text(one)) + "\n";
  if (text.empty()) text = no_conflict;
  for (auto const& late : rows_at(filing, "short_notice"))
    text += plain("short notice: " + duration_words(text_at(late, "short_by")) + " later than the " +
                  duration_words(text_at(late, "lead_time")) + " that " + under_text(late) + " asks for") +
            "\n";
  return text;
}

static std::string alternatives_text(json::Value const& all) {
  std::string text;
  auto const add = [&](std::string const& one) { text += (text.empty() ? "" : " · ") + one; };
  if (int64_t const later = number_at(all, "later_s")) {
    std::string const minutes = std::to_string((later + 59) / 60);
    add(minutes + " min later");
  }
  if (int64_t const higher = number_at(all, "higher_m")) add(std::to_string(higher) + " m higher");
  if (int64_t const lower = number_at(all, "lower_m")) add(std::to_string(lower) + " m lower");
  return text;
}

std::string preview_text(json::Value const& ruling) {
  auto const preview = member_of(ruling, "preview");
  std::string text;
  auto const notices = rows_at(preview, "notices");
  Table table{{"about", "where", "altitudes", "times (UTC)", "other side", "call", "under"}, {}, {0}};
  for (auto const& row : notices)
    add_volumes(table, {about_text(row)}, rows_at(row, "volumes"),
                {cell_at(row, "other/office"), text_at(row, "call"), under_text(row)});
  if (!notices.empty()) text = drawn(table, output_columns());
  for (auto const& one : rows_at(preview, "unknown")) text += plain(unknown_text(one)) + "\n";
  if (text.empty()) text = no_conflict;
  std::string const others = alternatives_text(member_of(preview, "alternatives"));
  if (!others.empty())
    text += "nothing disclosed to you there: " + others + "\n";
  else if (!notices.empty())
    text += "no alternative is known from what is disclosed to you\n";
  return text + toned(Tone::faint, "previewed, not filed") + "\n";
}

}  // namespace comity::cli
