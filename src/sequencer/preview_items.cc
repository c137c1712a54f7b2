#include "sequencer/preview_items.h"

#include <algorithm>

#include "codec/codec.h"
#include "commands/all.h"

namespace comity::sequencer {

using model::CommandKind;
using state::Item;
using state::State;

bool BorrowedItems::concerns_author(State const& from, Item const& item) const {
  return item.originator == party_ || std::ranges::any_of(item.had, [&](state::Had const& had) {
           return from.law.party_of(had.office) == party_;
         });
}

// As the copy has it: without contributions, which are added one by one, and with the author's own releases only.
Item BorrowedItems::lent(State const& from, Item const& item) {
  Item made;
  made.originator = item.originator, made.office = item.office;
  made.head.type = item.head.type, made.head.id = item.head.id;
  made.facts.creator = item.facts.creator;
  if (!concerns_author(from, item)) return made;
  made.head = item.head, made.facts = item.facts;
  made.version_time = item.version_time, made.version_number = item.version_number;
  made.payload = item.payload, made.revoked = item.revoked;
  state::Holdings& holdings = copy_.holdings;
  for (state::Had had : item.had) {
    if (from.law.party_of(had.office) != party_) continue;
    state::FeedEntry entry = from.holdings.feed({had.agreement, had.office}).entries[had.entry];
    holdings.forms.push_back(from.holdings.forms[had.form]);
    had.form = entry.form = static_cast<uint32_t>(holdings.forms.size() - 1);
    entry.item = ItemKey(holdings.items.size());
    auto& entries = holdings.feeds[state::FeedName{had.agreement, had.office}].entries;
    had.entry = static_cast<uint32_t>(entries.size());
    entries.push_back(entry);
    made.had.push_back(had);
  }
  return made;
}

ItemKey BorrowedItems::take(State const& from, ItemKey key) {
  if (auto const found = taken_.find(key); found != taken_.end()) return found->second;
  Item const& item = from.holdings.item(key);
  ItemKey const own = copy_.holdings.add_item(lent(from, item));
  taken_.emplace(key, own);
  if (!concerns_author(from, item)) return own;
  for (state::Contribution const& one : item.contributions) copy_.holdings.add_contribution(own, one);
  for (uint32_t const number : from.holdings.consents_about(key)) {
    state::OnwardConsent consent = from.holdings.consents[number];
    consent.item = own;
    copy_.holdings.add_consent(std::move(consent));
  }
  return own;
}

void BorrowedItems::take_served(State const& from, uint32_t number) {
  state::ServedEdition edition = from.holdings.served[number];
  if (edition.party != party_ || !served_.insert(number).second) return;
  edition.item = take(from, edition.item);
  copy_.holdings.add_served(std::move(edition));
}

void BorrowedItems::publish(State const& from, uint32_t number) {
  if (published_.insert(number).second)
    copy_.holdings.frameworks.load(from.holdings.frameworks.objects[number]);
}

void BorrowedItems::by_id(State const& from, std::string const& id) {
  if (!ids_.insert(id).second) return;
  for (ItemKey key : from.holdings.with_id(id)) take(from, key);
  for (uint32_t number : from.holdings.frameworks.with_id(id)) publish(from, number);
  for (uint32_t number : from.holdings.served_with_id(id)) take_served(from, number);
  if (from.holdings.independent.contains({party_, id})) copy_.holdings.independent.emplace(party_, id);
}

void BorrowedItems::by_digest(State const& from, Digest const& digest) {
  for (ItemKey key : from.holdings.with_digest(digest))
    if (concerns_author(from, from.holdings.item(key))) take(from, key);
  for (uint32_t number : from.holdings.frameworks.with_digest(digest)) publish(from, number);
  for (auto const& [to, numbers] : from.holdings.served_with_digest(digest))
    if (to.first == party_)
      for (uint32_t number : numbers) take_served(from, number);
}

// What others give of it instead is resolved.
void BorrowedItems::referred_by_own(State const& from, std::string const& id,
                                    std::set<std::string>& ids) const {
  for (ItemKey key : from.holdings.with_id(id))
    if (Item const& item = from.holdings.item(key); item.originator == party_)
      for (model::Reference const& reference : item.facts.references) ids.insert(reference.id);
}

// Asked for where a claim of an independent source is looked at, which may be one of this preview.
void BorrowedItems::creators_of(State const& from, std::string const& id) {
  if (!copy_.holdings.independent.contains({party_, id})) return;
  for (ItemKey key : from.holdings.with_id(id))
    if (std::string const& creator = from.holdings.item(key).facts.creator; !creator.empty())
      by_id(from, creator);
}

void BorrowedItems::borrow(State const& from, model::Command const& command) {
  if (command.office.is_none()) return;
  party_ = from.law.party_of(command.office);
  std::set<std::string> ids;
  if (command.kind == CommandKind::contribute) {
    auto const body = codec::decode<commands::Contribute>(command.body);
    auto const facts = codec::decode<model::Facts>(command.sealed);
    if (!body || !facts || !command.compare) return;
    ids.insert(body->head.id);
    for (model::Reference const& reference : facts->references) ids.insert(reference.id);
    model::Comparisons const& compare = *command.compare;
    for (Digest const* digest : {&compare.bytes, &compare.canonical, &compare.substance})
      by_digest(from, *digest);
  } else if (command.kind == CommandKind::delete_item) {
    if (auto const body = codec::decode<commands::DeleteItem>(command.body)) {
      ids.insert(body->id);
      referred_by_own(from, body->id, ids);
    }
  } else if (command.kind == CommandKind::consent_onward) {
    if (auto const body = codec::decode<commands::ConsentOnward>(command.body)) ids.insert(body->id);
  } else if (command.kind == CommandKind::claim_independent_source) {
    if (auto const body = codec::decode<commands::ClaimIndependentSource>(command.body)) ids.insert(body->id);
  } else if (command.kind == CommandKind::load_framework_object) {
    if (auto const body = codec::decode<commands::LoadFrameworkObject>(command.body)) ids.insert(body->id);
  }
  for (std::string const& id : ids) by_id(from, id);
  for (std::string const& id : ids) creators_of(from, id);
}

}  // namespace comity::sequencer
