#include "cli/demo_flights.h"

#include <utility>

#include "cli/airspace_view.h"
#include "cli/kept_acts.h"
#include "cli/members.h"
#include "cli/remote.h"
#include "cli/scenario.h"
#include "crypto/sha256.h"
#include "crypto/uuid.h"

namespace comity::cli {
namespace {

Result<Remote> door_of(std::string const& url, DemoOffices const& offices, std::string const& office) {
  for (DemoAccess const& one : offices)
    if (one.office == office)
      return Remote({.url = url, .office = office},
                    {.office = office, .user = one.client, .password = one.client_password});
  return fail(ErrorCode::bad_input, "the demo has nobody of " + office);
}

// Whether the office has an intent that is not over at that time.
Result<bool> has_something_ahead(Remote& remote, UtcTime now) {
  auto const intents = TRY(value_of(remote.get("/api/v1/intents")));
  if (!intents.is_array()) return fail(ErrorCode::io, "the answer is no list of intents");
  for (auto const& intent : intents.get_array())
    for (auto const& extent : rows_at(intent, "extents"))
      if (parse_time(text_at(extent, "until")).value_or(now) > now) return true;
  return false;
}

Result<void> send(Remote& remote, json::Value command, std::string const& office, UtcTime now) {
  std::string const name = office + " " + to_text(now);
  command.at("body").as_object()["id"] = crypto::uuid_v4_shaped(crypto::sha256(name));
  auto const ruling = TRY(value_of(post_command(remote, command.as_object())));
  if (text_at(ruling, "outcome") != "accepted")
    return fail(ErrorCode::io, office + ": " + json::write(ruling));
  return {};
}

constexpr size_t to_the_minute = 16;

std::string about(json::Value const& notice) {
  if (std::string const site = cell_at(notice, "content/site"); !site.empty()) return "site: " + site;
  std::string const other = cell_at(notice, "other/office");
  return other.empty() ? "a flight of the other side" : "a flight of " + other;
}

}  // namespace

Result<void> file_what_is_ahead(BytesView scenario, std::string const& url, DemoOffices const& offices,
                                UtcTime from) {
  for (json::Value step : TRY(steps_ahead(scenario, from))) {
    std::string const office = text_at(step, "as");
    Remote remote = TRY(door_of(url, offices, office));
    UtcTime const now = system_seam().clock.now();
    if (TRY(has_something_ahead(remote, now))) continue;
    TRY_VOID(send(remote, std::move(step.at("command")), office, now));
  }
  return {};
}

Result<Table> what_each_was_told(std::string const& url, DemoOffices const& offices) {
  Table table{{"office", "notice", "its flight meets", "told at level", "answer by (UTC)", "call"}, {}};
  for (DemoAccess const& one : offices) {
    Remote remote = TRY(door_of(url, offices, one.office));
    auto const notices = TRY(value_of(remote.get("/api/v1/notices")));
    if (!notices.is_array()) return fail(ErrorCode::io, "the answer is no list of notices");
    std::string office = one.office;
    for (auto const& notice : notices.get_array()) {
      if (text_at(notice, "state") != "open") continue;
      std::string const by = moment_text(text_at(notice, "answer_by")).substr(0, to_the_minute);
      table.rows.push_back({std::exchange(office, ""), std::to_string(number_at(notice, "notice")),
                            about(notice), cell_at(notice, "content/level"),
                            is_said(notice, "overdue") ? by + " OVERDUE" : by, text_at(notice, "call")});
    }
  }
  return table;
}

}  // namespace comity::cli
