#include "state/leaving.h"

#include <algorithm>

#include "base/mutant.h"

namespace comity::state {
namespace {

std::vector<StandingSpan> const& standings_of(Agreement const& agreement, PartyKey party) {
  static std::vector<StandingSpan> const none;
  auto const found = agreement.standing.find(party);
  return found == agreement.standing.end() ? none : found->second;
}

}  // namespace

std::optional<UtcTime> left_at(Agreement const& agreement, PartyKey party) {
  auto const& spans = standings_of(agreement, party);
  if (spans.empty() || mutated(Mutant::left_is_told_later_things)) return std::nullopt;
  StandingSpan const& last = spans.back();
  bool const left = last.standing == Standing::former || last.standing == Standing::declined ||
                    last.standing == Standing::expelled;
  return left ? std::optional(last.since) : std::nullopt;
}

StateSpan const& state_before(Agreement const& agreement, UtcTime time) {
  StateSpan const* found = &agreement.history.front();
  for (StateSpan const& span : agreement.history)
    if (span.since < time) found = &span;
  return *found;
}

Standing standing_before(Agreement const& agreement, PartyKey party, UtcTime time) {
  Standing found = Standing::none;
  for (StandingSpan const& span : standings_of(agreement, party))
    if (span.since < time) found = span.standing;
  return found;
}

bool has_negotiated(Agreement const& agreement, PartyKey party) {
  auto const& spans = standings_of(agreement, party);
  return std::ranges::find(spans, Standing::negotiating, &StandingSpan::standing) != spans.end();
}

}  // namespace comity::state
