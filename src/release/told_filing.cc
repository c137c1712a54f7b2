#include "release/told_filing.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include "release/conflict_words.h"
#include "release/telling.h"
#include "release/words.h"
#include "state/shown_airspace.h"

namespace comity::release {
namespace {

constexpr char const* by_exact = "exact volumes";

// Somebody else's intents are shown to the reader by a clause that runs now.
bool is_shown_others(Eyes const& eyes) {
  if (eyes.state.airspace.one_namespace) return true;
  state::ShownAirspace const shown(eyes.state, eyes.office());
  for (size_t i = 0; i < eyes.state.law.offices.size(); ++i)
    if (OfficeKey(i) != eyes.office() && shown.knows_now(OfficeKey(i))) return true;
  return false;
}

// As it is disclosed now, of whatever age the ruling is (G6): what no clause gives any more is told as to one whom none ever gave it.
json::Object filing_json(Eyes const& eyes, model::AirspaceRuling const& ruling) {
  if (ruling.misunderstood) return {{"acknowledged", false}, {"read_back_agrees", false}};
  bool const any = std::ranges::any_of(ruling.raised, [&](model::RaisedNotice const& one) {
    return one.subject.own.office == eyes.office() && may_read(eyes, one);
  });
  bool const shares = ruling.cells_shared_with != 0 && is_shown_others(eyes);
  json::Object out{{"version", ruling.version},
                   {"conflicts", any ? "disclosed to you: see your notices" : "none new disclosed to you"},
                   {"by", by_exact},
                   {"cells_shared_with", shares ? ruling.cells_shared_with : 0}};
  if (ruling.telemetry)
    out["conforms"] = ruling.telemetry->conforms, out["state"] = word_of(ruling.telemetry->state);
  return out;
}

json::Object alternatives_json(model::Alternatives const& all) {
  json::Object out;
  if (all.later_s) out["later_s"] = *all.later_s;
  if (all.higher_m) out["higher_m"] = *all.higher_m;
  if (all.lower_m) out["lower_m"] = *all.lower_m;
  return out;
}

json::Object preview_json(Eyes const& eyes, model::AirspaceRuling const& ruling) {
  json::Array notices;
  bool whole = true;
  for (model::RaisedNotice const& notice : ruling.previewed->notices) {
    json::Object one = said_json(notice);
    bool const told = may_read(eyes, notice) && put_clause(one, eyes, notice.subject.under);
    whole = whole && told;
    if (!told) continue;
    if (is_of_one(notice)) one["other"] = other_json(eyes, notice);
    notices.push_back(std::move(one));
  }
  json::Object out{{"conflicts", notices.empty() ? "none disclosed to you" : "disclosed to you"},
                   {"by", by_exact},
                   {"notices", std::move(notices)}};
  if (whole) out["alternatives"] = alternatives_json(ruling.previewed->alternatives);
  return out;
}

}  // namespace

void put_filing(json::Object& out, Eyes const& eyes, model::Ruling const& ruling) {
  if (!ruling.airspace || !ruling.accepted()) return;
  bool const previewed = ruling.airspace->previewed.has_value();
  json::Object told = previewed ? preview_json(eyes, *ruling.airspace) : filing_json(eyes, *ruling.airspace);
  auto unknown = unknown_json(eyes, ruling.airspace->not_answered);
  if (!unknown.empty()) told["unknown"] = std::move(unknown);
  auto late = short_notice_json(eyes, ruling.airspace->short_notice);
  if (!late.empty()) told["short_notice"] = std::move(late);
  out[previewed ? "preview" : "filing"] = std::move(told);
}

Told tell_would_be_told(Eyes const& eyes, std::vector<model::WouldTell> const& all) {
  struct Row {
    std::vector<std::string> offices;
    bool others = false;
  };
  using Name = std::tuple<model::ClauseName, model::WouldTell::When, model::Level>;
  std::map<Name, Row> rows;
  for (model::WouldTell const& one : all) {
    Row& row = rows[{one.under, one.when, one.learns}];
    if (one.office && eyes.view.knows(one.office))
      row.offices.push_back(eyes.view.name_of(one.office));
    else
      row.others = true;
  }
  json::Array list;
  for (auto& [name, row] : rows) {
    auto const& [under, when, learns] = name;
    json::Object one;
    if (!put_clause(one, eyes, under)) continue;
    one["when"] = when == model::WouldTell::When::filed ? "filed" : "met";
    one["learns"] = word_of(learns);
    std::ranges::sort(row.offices);
    one["offices"] = json::Array(row.offices.begin(), row.offices.end());
    if (row.others) one["others"] = true;
    list.push_back(std::move(one));
  }
  return Teller::tell(eyes, std::move(list));
}

}  // namespace comity::release
