#include "release/catalogue.h"

#include <algorithm>
#include <limits>

#include "release/ids.h"

namespace comity::release {
namespace {

uint64_t hash_of(std::string_view id) { return state::StringHash{}(id); }

}  // namespace

Catalogue::Shelf& Catalogue::shelf_of(OfficeKey office) {
  std::lock_guard const lock(mutex_);
  auto& shelf = shelves_[office];
  if (!shelf) shelf = std::make_unique<Shelf>();
  return *shelf;
}

Catalogue::Progress Catalogue::take_into(Shelf& shelf, state::State const& state, OfficeKey office,
                                         size_t most) const {
  auto const& received = state.holdings.feed({AgreementKey{}, office}).entries;
  auto const& contributed = state.holdings.own_feed({AgreementKey{}, office}).entries;
  PartyKey const party = state.law.party_of(office);
  for (; most > 0 && shelf.received < received.size(); --most) {
    ItemKey const key = received[shelf.received++].item;
    state::Item const& item = state.holdings.item(key);
    shelf.by_id.add(hash_of(item.head.id), key);
    shelf.by_id.add(hash_of(edition_id(keys_, state.law, party, {item.originator, item.head.id})), key);
  }
  for (; most > 0 && shelf.contributed < contributed.size(); --most) {
    ItemKey const key = contributed[shelf.contributed++].item;
    shelf.by_id.add(hash_of(state.holdings.item(key).head.id), key);
  }
  bool const all = shelf.received == received.size() && shelf.contributed == contributed.size();
  return all ? Progress::complete : Progress::more_to_do;
}

Catalogue::Progress Catalogue::take_in(state::State const& state, OfficeKey office, size_t most) {
  Shelf& shelf = shelf_of(office);
  std::lock_guard const lock(shelf.mutex);
  return take_into(shelf, state, office, most);
}

std::vector<ItemKey> Catalogue::meant_by(state::State const& state, OfficeKey office, std::string_view id) {
  Shelf& shelf = shelf_of(office);
  std::lock_guard const lock(shelf.mutex);
  take_into(shelf, state, office, std::numeric_limits<size_t>::max());
  auto keys = shelf.by_id.find(hash_of(id), [](ItemKey) { return true; });
  std::ranges::sort(keys);
  auto const [first, last] = std::ranges::unique(keys);
  keys.erase(first, last);
  return keys;
}

void Catalogue::forget() {
  std::lock_guard const lock(mutex_);
  shelves_.clear();
}

}  // namespace comity::release
