#include "release/spots.h"

#include <algorithm>

namespace comity::release {
namespace {

using state::Contribution;
using state::FeedEntry;
using state::Had;
using state::Item;

state::Feed const& feed_of(Eyes const& eyes, Source source, AgreementKey agreement) {
  state::FeedName const name{agreement, eyes.office()};
  return source == Source::received ? eyes.state.holdings.feed(name) : eyes.state.holdings.own_feed(name);
}

bool runs_for(state::Agreement const& agreement, PartyKey party) {
  for (size_t i = 0; i < agreement.text->clauses.size(); ++i)
    if (agreement.text->clauses[i].type == model::ClauseType::grant &&
        state::in_force(agreement, i, party, party))
      return true;
  return false;
}

}  // namespace

Spots::Spots(Eyes const& eyes, Source source, AgreementKey agreement)
    : eyes_(eyes), source_(source), agreement_(agreement), feed_(feed_of(eyes, source, agreement)) {}

Spot Spots::spot(size_t place) const {
  FeedEntry const& entry = feed_.entries[place];
  return {entry.item, entry.agreement, entry.date_added, place};
}

Spot Spots::received(ItemKey item, Had const& had) const {
  if (agreement_) return {item, had.agreement, feed_.entries[had.entry].date_added, had.entry};
  auto const entry = std::ranges::lower_bound(feed_.entries, had.shown, {}, &FeedEntry::date_added);
  return {item, had.agreement, had.shown, static_cast<size_t>(entry - feed_.entries.begin())};
}

// Dates never lie before the contribution, so the search begins there; the last entry is the live one. What came with a
// date_added of its own has that, in the feed of its agreement.
std::optional<Spot> Spots::contributed(ItemKey item, AgreementKey agreement, UtcTime since) const {
  auto const entry = std::find_if(
      std::ranges::lower_bound(feed_.entries, since, {}, &FeedEntry::date_added), feed_.entries.end(),
      [&](FeedEntry const& one) { return one.item == item && one.agreement == agreement; });
  if (entry == feed_.entries.end()) return std::nullopt;
  return spot(static_cast<size_t>(entry - feed_.entries.begin()));
}

std::vector<Spot> Spots::of(ItemKey key) const {
  Item const& item = eyes_.state.holdings.item(key);
  std::vector<Spot> all;
  if (source_ == Source::received) {
    for (Had const& had : item.had)
      if (had.office == eyes_.office() && in_scope(had.agreement)) all.push_back(received(key, had));
    return all;
  }
  std::map<AgreementKey, UtcTime> last;
  for (Contribution const& one : item.contributions)
    if (one.office == eyes_.office() && in_scope(one.agreement))
      last[one.agreement] = agreement_ && one.dated != UtcTime{} ? one.dated : one.time;
  for (auto const& [agreement, time] : last)
    if (auto const found = contributed(key, agreement, time)) all.push_back(*found);
  return all;
}

bool Spots::is_live(Spot const& spot) const {
  Item const& item = eyes_.state.holdings.item(spot.item);
  if (source_ == Source::received) {
    Had const* had = item.had_by(eyes_.office(), spot.agreement);
    return had && (agreement_ ? had->entry == spot.place : had->shown == spot.date_added);
  }
  size_t const times =
      static_cast<size_t>(std::ranges::count_if(item.contributions, [&](Contribution const& one) {
        return one.office == eyes_.office() && one.agreement == spot.agreement;
      }));
  if (times == 1) return true;
  return std::ranges::any_of(of(spot.item), [&](Spot const& live) { return live.place == spot.place; });
}

bool Spots::can_reach_viewer(AgreementKey agreement) const {
  if (source_ == Source::contributed) return true;
  auto const [place, fresh] = reach_.try_emplace(agreement);
  if (fresh) place->second = runs_for(eyes_.state.law.agreement(agreement), eyes_.view.party());
  return place->second;
}

}  // namespace comity::release
