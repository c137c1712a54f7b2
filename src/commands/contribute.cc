#include "commands/contribute.h"

#include <algorithm>

#include "base/contains.h"
#include "codec/codec.h"
#include "commands/machine.h"
#include "commands/third_party.h"

namespace comity::commands {
namespace {

using state::Contribution;
using state::Holdings;
using state::Item;

Contribute compared(Command const& command, Contribute const& sent) {
  Contribute whole = sent;
  if (command.compare) whole.head.compare = *command.compare;
  return whole;
}

// Where the contribution goes: to an item that is there already, or to a new one.
struct Place {
  ItemKey existing;
  uint32_t version_number = 1;
  std::optional<Ruling> refusal;
};

// The originator's items of an id that rule on another one: all; in an open arrangement those in that collection, since what
// somebody does in one collection is not to be felt in another.
std::vector<ItemKey> ruling(State const& state, PartyKey party, AgreementKey agreement, std::string_view id) {
  std::vector<ItemKey> all = state.holdings.with_id(id);
  std::erase_if(all, [&](ItemKey key) {
    Item const& item = state.holdings.item(key);
    return item.originator != party || (state.law.arrangement && !item.is_under(agreement));
  });
  return all;
}

// Of the same bytes and version, and once in that collection: it comes back.
ItemKey deleted_before(State const& state, PartyKey party, AgreementKey agreement,
                       Contribute const& command) {
  if (!state.law.arrangement) return {};
  for (ItemKey key : state.holdings.with_id(command.head.id)) {
    Item const& item = state.holdings.item(key);
    if (item.originator == party && item.was_under(agreement) && !item.is_under(agreement) &&
        item.head.version == command.head.version && item.head.compare.bytes == command.head.compare.bytes)
      return key;
  }
  return {};
}

ItemKey newest_of(Holdings const& holdings, std::vector<ItemKey> const& keys) {
  ItemKey best;
  for (ItemKey key : keys)
    if (best.is_none() || holdings.item(best).version_time <= holdings.item(key).version_time) best = key;
  return best;
}

Place own_place(State const& state, PartyKey party, AgreementKey agreement, Contribute const& command) {
  Holdings const& holdings = state.holdings;
  size_t const quota = state.law.quota(model::Quota::versions);
  Place place;
  std::vector<ItemKey> const known = ruling(state, party, agreement, command.head.id);
  place.existing = deleted_before(state, party, agreement, command);
  ItemKey const newest = newest_of(holdings, known);
  if (newest.is_none()) return place;
  bool const versioned = !command.head.version.empty();
  auto const is_same = [&](ItemKey key) { return holdings.item(key).head.version == command.head.version; };
  auto const found = std::ranges::find_if(known, is_same);
  ItemKey const same = !versioned ? newest : found == known.end() ? ItemKey{} : *found;
  if (!same.is_none() && holdings.item(same).head.compare.bytes == command.head.compare.bytes) {
    place.existing = same;
    return place;
  }
  if (!same.is_none() && versioned) {
    place.refusal = refused(ReasonCode::other_content, command.head.id);  // R41
    return place;
  }
  if (holdings.item(newest).revoked) place.refusal = refused(ReasonCode::object_revoked, command.head.id);
  place.version_number = holdings.item(newest).version_number + 1;
  bool const is_new = place.existing.is_none() && !command.revoked;
  if (!place.refusal && is_new && known.size() >= quota)
    place.refusal = refused(ReasonCode::quota, command.head.id);
  return place;
}

Place place_of(State const& state, PartyKey party, AgreementKey agreement, Contribute const& command) {
  Place place = own_place(state, party, agreement, command);
  if (!place.refusal && place.existing.is_none())
    place.existing = passed_on(state, party, agreement, command.head);
  return place;
}

// What the office contributed under the agreement already is contributed once (R41). Named again with further addressees it is
// contributed to these too, from now on. What a gap kept from somebody is contributed anew when the gap is over (A20). True:
// nothing is left to do.
bool is_repeated(state::Law const& law, Item const& item, Contribution& made) {
  state::Agreement const& agreement = law.agreement(made.agreement);
  PartyKey const party = law.party_of(made.office);
  auto const is_anew = [&](Contribution const& one) {
    return state::gap_is_over(agreement, party, one.made(), made.made());
  };
  for (Contribution const& one : item.contributions) {
    if (one.office != made.office || !one.stands_under(made.agreement) || is_anew(one)) continue;
    made.further = true;
    std::erase_if(made.to_offices, [&](OfficeKey office) { return contains_sorted(one.to_offices, office); });
  }
  return made.further && made.to_offices.empty();
}

Item new_item(state::Law const& law, Command const& command, Contribute const& body, Place const& place,
              UtcTime time) {
  Item item;
  item.office = command.office;
  item.originator = law.party_of(command.office);
  item.head = body.head;
  item.version_time = parse_stix_time(body.head.version).value_or(time);
  item.version_number = place.version_number;
  item.revoked = body.revoked;
  return item;
}

// None of what was destroyed since.
model::Facts facts_of(Command const& command) {
  auto facts = codec::decode<model::Facts>(command.sealed);
  return facts ? std::move(*facts) : model::Facts{};
}

Contribution contribution_of(state::View const& view, Command const& command, Contribute const& body,
                             AgreementKey agreement, Item const& item, UtcTime time, Index index) {
  Contribution made{agreement, command.office, time, index, {}};
  for (std::string const& office : body.to_offices) made.to_offices.push_back(view.office(office));
  std::ranges::sort(made.to_offices);
  made.to_offices.erase(std::ranges::unique(made.to_offices).begin(), made.to_offices.end());
  made.onward = item.originator != view.law().party_of(command.office);
  return made;
}

std::optional<Ruling> check_audience(Sight const& sight, Contribute const& command, AgreementKey& agreement) {
  bool const open = sight.view.law().arrangement.has_value();  // then each collection has its own writers
  if (!open && !may(sight, model::role::releasing, model::right::contribute))
    return refused(ReasonCode::not_permitted);
  agreement = sight.view.agreement(command.agreement);
  if (agreement.is_none()) return refused(ReasonCode::unknown_agreement, command.agreement);
  if (open && !sight.view.writes_collection(agreement)) return refused(ReasonCode::not_permitted);
  if (!sight.view.has_root(agreement)) return refused(ReasonCode::not_a_party, command.agreement);
  for (std::string const& name : command.to_offices) {
    OfficeKey const office = sight.view.office(name);
    bool const known = !office.is_none() && sight.view.knows_membership(agreement) &&
                       state::participates(sight.view.law(), sight.view.law().agreement(agreement), office);
    if (!known) return refused(ReasonCode::unknown_addressee, name);
  }
  return std::nullopt;
}

void add_delays(State& state, state::Agreement const& agreement, ItemKey item,
                Contribution const& contribution) {
  for (model::Clause const& clause : agreement.text->clauses)
    if (clause.type == model::ClauseType::grant && clause.delay > Duration{})
      state.holdings.delayed.emplace(contribution.time + clause.delay, item, contribution.agreement);
}

}  // namespace

Ruling decide(Sight const& sight, Contribute const& sent) {
  AgreementKey agreement;
  if (auto refusal = check_audience(sight, sent, agreement)) return *refusal;
  return decide_contribution(sight, sent, agreement, Dated{});
}

Ruling decide_contribution(Sight const& sight, Contribute const& sent, AgreementKey agreement, Dated dated) {
  Contribute const command = compared(sight.command, sent);
  UtcTime const time = dated.value_or(sight.context.time);
  Holdings const& holdings = sight.behind.holdings;
  auto facts = codec::decode<model::Facts>(sight.command.sealed);
  if (!facts) return refused(ReasonCode::malformed);
  Place const place = place_of(sight.behind, sight.view.party(), agreement, command);
  if (place.refusal) return *place.refusal;
  bool const fresh = place.existing.is_none();
  if (fresh)
    for (std::string const& id : {command.head.id, facts->creator})
      if (sight.view.law().is_identity_of_another(sight.view.party(), id))
        return refused(ReasonCode::identity_of_another, id);
  Item item =
      fresh ? new_item(sight.view.law(), sight.command, command, place, time) : holdings.item(place.existing);
  Contribution made = contribution_of(sight.view, sight.command, command, agreement, item, sight.context.time,
                                      sight.context.index);
  if (is_repeated(sight.view.law(), item, made)) return model::accepted();
  Ruling refusal;
  refusal.reasons = third_party_rule(sight, agreement, command.head, *facts);
  if (!refusal.reasons.empty()) {
    refusal.outcome = model::Outcome::refused;
    return refusal;
  }
  ItemKey const key = fresh ? ItemKey(holdings.items.size()) : place.existing;
  item.facts = std::move(*facts);  // of the same bytes; those of an item that is gone are destroyed
  item.contributions.push_back(std::move(made));
  Ruling ruling = model::accepted();
  return following(std::move(ruling), state::releases_due(sight.view.law(), holdings, sight.context.time,
                                                          {{{key, agreement}}}, &item, key));
}

void apply(State& state, Contribute const& sent, model::Record const& record) {
  apply_contribution(state, sent, record, Dated{});
}

void apply_contribution(State& state, Contribute const& sent, model::Record const& record, Dated dated) {
  Contribute const command = compared(record.command, sent);
  state::View const view = state.view(viewer_of(state.law, record.command));
  AgreementKey const agreement = view.agreement(command.agreement);
  Place const place = place_of(state, view.party(), agreement, command);
  bool const fresh = place.existing.is_none();
  Item item = fresh ? new_item(state.law, record.command, command, place, dated.value_or(record.time))
                    : state.holdings.item(place.existing);
  Contribution made =
      contribution_of(view, record.command, command, agreement, item, record.time, record.index);
  made.dated = dated.value_or(UtcTime{});
  if (is_repeated(state.law, item, made)) {
    if (record.payload != 0) state.holdings.copies[place.existing].push_back(record.index);
    return;
  }
  ItemKey key = place.existing;
  if (fresh) {
    item.payload = record.payload;
    item.commitment = record.payload_commitment;
    item.facts = facts_of(record.command);
    key = state.holdings.add_item(std::move(item));
  } else if (item.is_gone()) {
    state.holdings.bring_back(key, record.payload, record.payload_commitment, facts_of(record.command));
  }
  add_delays(state, state.law.agreement(agreement), key, made);
  state.holdings.add_contribution(key, std::move(made));
}

}  // namespace comity::commands
