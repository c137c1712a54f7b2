#include "commands/would_tell.h"

#include <algorithm>

#include "geometry/separation.h"

namespace comity::commands {
namespace {

using model::Level;
using model::NoticeAbout;
using model::ThingName;
using model::WouldTell;

constexpr int64_t mm_per_e7 = 12;  // of longitude at the equator, or of latitude, rounded up
constexpr int64_t us_per_s = 1'000'000;

// How far from its area and window a clause may still be about something, since volumes are widened and snapped outward.
struct Beside {
  int64_t mm = 0, us = 0;
};
Beside beside(ConflictRule const& rule) {
  if (!rule.grid) return {rule.separation.horizontal_mm, rule.separation.time_us};
  return {rule.separation.horizontal_mm + 2 * mm_per_e7 * rule.grid->cell_e7,
          rule.separation.time_us + 2 * us_per_s * rule.grid->time_s};
}

UtcTime later(UtcTime time, int64_t by) {
  return time.us > INT64_MAX - by ? model::latest : UtcTime{time.us + by};
}
UtcTime earlier(UtcTime time, int64_t by) {
  return time.us < INT64_MIN + by ? model::earliest : UtcTime{time.us - by};
}

bool is_about(ConflictRule const& rule, Filed const& thing, Beside const& by) {
  if (rule.about == NoticeAbout::contingent) return true;  // wherever and whenever
  auto const& window = rule.terms->window;
  if (window && (thing.from >= later(window->until, by.us) || thing.until <= earlier(window->from, by.us)))
    return false;
  if (by.mm > geometry::most_horizontal_mm) return true;
  if (!rule.terms->area) return true;
  geometry::Outline const area(*rule.terms->area);
  return std::ranges::any_of(*thing.extents, [&](model::Extent const& one) {
    return geometry::footprints_within(geometry::Outline(one.ring), area, by.mm);
  });
}

// Whoever stands on either side of the clause.
std::vector<OfficeKey> sides_of(ConflictRule const& rule, OfficeKey but) {
  std::vector<OfficeKey> all = rule.sides->from;
  all.insert(all.end(), rule.sides->to.begin(), rule.sides->to.end());
  std::ranges::sort(all);
  auto const doubled = std::ranges::unique(all);
  all.erase(doubled.begin(), doubled.end());
  std::erase(all, but);
  return all;
}

// Another's intent that the clause is about, if the thing is.
Filed some_intent(OfficeKey office, Filed const& thing) {
  Filed other;
  other.name = {ThingName::Kind::intent, office, {}};
  other.state = thing.state, other.exercise = thing.exercise;
  return other;
}

std::optional<Level> told_by_text(ConflictRule const& rule, Filed const& thing) {
  bool const site = thing.name.kind == ThingName::Kind::site;
  switch (rule.about) {
    case NoticeAbout::intent:
      if (site) return std::nullopt;
      return std::max(rule.terms->from_learns, rule.terms->to_learns);
    case NoticeAbout::contingent:
      if (site || thing.state != model::IntentState::contingent) return std::nullopt;
      return Level::warning;
    case NoticeAbout::site: return site ? std::optional(Level::warning) : std::nullopt;
  }
  return std::nullopt;
}

class Telling {
 public:
  explicit Telling(state::View const& author) : author_(author) {}

  void add_rule(ConflictRule const& rule, Filed const& thing) {
    bool const of_intents = rule.about == NoticeAbout::intent;
    if (of_intents && (rule.terms->states >> static_cast<unsigned>(thing.state) & 1u) == 0) return;
    if (!author_.reads_text(rule.under.agreement) || !is_about(rule, thing, beside(rule))) return;
    if (!author_.knows_acts(rule.under.agreement)) {
      if (auto const level = told_by_text(rule, thing))
        all_.push_back({rule.under, {}, *level, WouldTell::When::met});
      return;
    }
    bool const shown = of_intents && !thing.exercise && is_about(rule, thing, {});
    for (OfficeKey const office : sides_of(rule, thing.name.office)) {
      auto const level = learns(author_.law(), rule, thing, some_intent(office, thing)).other;
      if (!level) continue;
      bool const at_once = shown && *level >= Level::reference;
      all_.push_back({rule.under, office, *level, at_once ? WouldTell::When::filed : WouldTell::When::met});
    }
  }

  std::vector<WouldTell> finish() && {
    std::ranges::sort(all_);
    auto const doubled = std::ranges::unique(all_);
    all_.erase(doubled.begin(), doubled.end());
    return std::move(all_);
  }

 private:
  state::View const& author_;
  std::vector<WouldTell> all_;
};

}  // namespace

std::vector<WouldTell> would_tell(state::View const& author, Filed const& thing) {
  Telling telling(author);
  for (ConflictRule const& rule : rules_for(author.law(), author.office())) telling.add_rule(rule, thing);
  return std::move(telling).finish();
}

// Who is shown an intent there is shown the zone, whatever states the clause names (state/shown_airspace.h).
std::vector<WouldTell> would_tell_of_zone(state::View const& author, model::Hull const& hull,
                                          std::vector<model::Extent> const& extents) {
  Telling telling(author);
  for (ConflictRule const& rule : rules_for(author.law(), author.office())) {
    if (rule.about != NoticeAbout::intent || rule.terms->states == 0) continue;
    Filed zone;
    zone.name = {ThingName::Kind::intent, author.office(), {}};
    while ((rule.terms->states >> static_cast<unsigned>(zone.state) & 1u) == 0)
      zone.state = static_cast<model::IntentState>(static_cast<unsigned>(zone.state) + 1);
    zone.from = hull.from, zone.until = hull.until, zone.extents = &extents;
    telling.add_rule(rule, zone);
  }
  std::vector<WouldTell> all = std::move(telling).finish();
  std::erase_if(all, [](WouldTell const& one) {
    return one.learns < Level::reference || (one.office && one.when != WouldTell::When::filed);
  });
  return all;
}

}  // namespace comity::commands
