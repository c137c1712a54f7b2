#include "state/holdings.h"

#include <algorithm>
#include <array>

#include "base/ensure.h"

namespace comity::state {
namespace {

template <class Table, class Key>
auto const& look_up(Table const& table, Key const& key) {
  static typename Table::mapped_type const none;
  auto const found = table.find(key);
  return found == table.end() ? none : found->second;
}

// Feeds of single offices take even microseconds, two apart (15-forms, feeds).
constexpr Duration feed_step = microseconds(2);

UtcTime even(UtcTime time) { return {time.us + (time.us & 1)}; }

}  // namespace

bool Item::is_of(OfficeKey viewer) const {
  return std::ranges::any_of(contributions, [&](Contribution const& one) {
    return one.office == viewer && !one.onward && !one.deleted;
  });
}

bool Item::was_of(OfficeKey viewer) const {
  return std::ranges::any_of(contributions,
                             [&](Contribution const& one) { return one.office == viewer && !one.onward; });
}

bool Item::is_gone() const { return std::ranges::all_of(contributions, &Contribution::deleted); }

bool Item::is_taken_back() const {
  return std::ranges::all_of(contributions,
                             [](Contribution const& one) { return one.onward || one.deleted; });
}

bool Item::is_under(AgreementKey agreement, OfficeKey by) const {
  return std::ranges::any_of(contributions, [&](Contribution const& one) {
    return one.office == by && one.stands_under(agreement);
  });
}

bool Item::is_under(AgreementKey agreement) const {
  return std::ranges::any_of(contributions,
                             [&](Contribution const& one) { return one.stands_under(agreement); });
}

bool Item::was_under(AgreementKey agreement) const {
  return std::ranges::any_of(contributions,
                             [&](Contribution const& one) { return one.agreement == agreement; });
}

Had const* Item::had_by(OfficeKey viewer, AgreementKey agreement) const {
  for (Had const& one : had)
    if (one.office == viewer && one.agreement == agreement) return &one;
  return nullptr;
}

UtcTime Feed::next_date(UtcTime record_time) const {
  UtcTime const earliest = even(record_time);
  return entries.empty() ? earliest : std::max(earliest, entries.back().date_added + feed_step);
}

std::vector<ItemKey> Holdings::with_id(std::string_view id) const {
  return by_id_.find(StringHash{}(id), [&](ItemKey key) { return item(key).head.id == id; });
}
std::vector<ItemKey> const& Holdings::referring_to(std::string_view id) const {
  return look_up(by_reference_, id);
}
std::vector<ItemKey> Holdings::with_digest(Digest const& digest) const {
  return by_digest_.find(DigestHash{}(digest), [&](ItemKey key) {
    model::Comparisons const& compare = item(key).head.compare;
    return compare.bytes == digest || compare.canonical == digest || compare.substance == digest;
  });
}
std::vector<uint32_t> const& Holdings::served_with_id(std::string_view id) const {
  return look_up(served_by_id_, id);
}
Crowd const* Holdings::crowd(Digest const& digest) const {
  if (crowds_.empty()) return nullptr;
  auto const found = crowds_.find(digest);
  return found == crowds_.end() ? nullptr : &found->second;
}
std::vector<ItemKey> Holdings::with_bytes(Digest const& digest) const {
  Crowd const* const many = crowd(digest);
  return many ? many->same_bytes : with_digest(digest);
}
ServedThrough const& Holdings::served_with_digest(Digest const& digest) const {
  return look_up(served_by_digest_, digest);
}
std::vector<uint32_t> const& Holdings::consents_about(ItemKey item) const {
  return look_up(consents_about_, item);
}
Feed const& Holdings::feed(FeedName name) const { return look_up(feeds, name); }
Feed const& Holdings::own_feed(FeedName name) const { return look_up(own_feeds_, name); }

ItemKey Holdings::newest(PartyKey originator, std::string_view id) const {
  ItemKey best;
  for (ItemKey key : with_id(id)) {
    if (item(key).originator != originator) continue;
    if (best.is_none() || item(best).version_time <= item(key).version_time) best = key;
  }
  return best;
}

ItemKey Holdings::version(PartyKey originator, std::string_view id, std::string_view version) const {
  for (ItemKey key : with_id(id))
    if (item(key).originator == originator && item(key).head.version == version) return key;
  return {};
}

void Holdings::index_item(ItemKey key) {
  Item const& one = item(key);
  by_id_.add(StringHash{}(one.head.id), key);
  for (Digest const* digest :
       {&one.head.compare.bytes, &one.head.compare.canonical, &one.head.compare.substance})
    by_digest_.add(DigestHash{}(*digest), key);
  gather_crowds(key);
  index_references(key);
}

Crowd::Through Holdings::through(Had const& had) const {
  return {had.office, had.agreement, feed({had.agreement, had.office}).entries[had.entry].clause};
}

void Holdings::join(Crowd& crowd, Digest const& digest, ItemKey key) {
  Item const& one = item(key);
  if (one.head.compare.bytes == digest) crowd.same_bytes.push_back(key);
  if (!one.contributions.empty()) crowd.own.try_emplace(one.originator, one.contributions.front().index);
  for (Had const& had : one.had) crowd.had[through(had)].emplace(had.index, key);
}

// Joins the crowds of its digests; makes one where this is the item too many.
void Holdings::gather_crowds(ItemKey key) {
  model::Comparisons const& compare = item(key).head.compare;
  std::array<Digest const*, 3> const all = {&compare.bytes, &compare.canonical, &compare.substance};
  for (size_t i = 0; i < all.size(); ++i) {
    Digest const& digest = *all[i];
    if (std::any_of(all.begin(), all.begin() + i, [&](Digest const* before) { return *before == digest; }))
      continue;
    auto const known = crowds_.find(digest);
    if (known != crowds_.end()) {
      join(known->second, digest, key);
    } else if (auto const alike = with_digest(digest); alike.size() > crowd_items) {
      Crowd& fresh = crowds_[digest];
      for (ItemKey one : alike) join(fresh, digest, one);
    }
  }
}

// Every crowd that the item is of, once.
template <class Change>
void Holdings::each_crowd(ItemKey key, Change change) {
  if (crowds_.empty()) return;
  model::Comparisons const& compare = item(key).head.compare;
  std::array<Crowd*, 3> seen = {};
  size_t count = 0;
  for (Digest const* digest : {&compare.bytes, &compare.canonical, &compare.substance}) {
    auto const found = crowds_.find(*digest);
    if (found == crowds_.end() || std::ranges::find(seen, &found->second) != seen.end()) continue;
    seen[count++] = &found->second;
    change(found->second);
  }
}

// In the order of the keys, whenever an item came by its references: what was destroyed may have been brought back.
void Holdings::index_references(ItemKey key) {
  for (model::Reference const& reference : item(key).facts.references) {
    if (reference.kind == model::ReferenceKind::in_text) continue;
    auto& list = by_reference_[reference.id];
    auto const place = std::ranges::lower_bound(list, key);
    if (place == list.end() || *place != key) list.insert(place, key);
  }
}

void Holdings::index_contribution(ItemKey key, Contribution const& contribution) {
  for (AgreementKey agreement : {contribution.agreement, AgreementKey{}}) {
    Feed& feed = own_feeds_[FeedName{agreement, contribution.office}];
    bool const kept = contribution.dated != UtcTime{} && agreement;
    UtcTime const date = kept ? contribution.dated : feed.next_date(contribution.time);
    feed.entries.push_back({key, contribution.agreement, 0, 0, date});
  }
}

ItemKey Holdings::add_item(Item item) {
  ItemKey const key(items.size());
  items.push_back(std::move(item));
  index_item(key);
  return key;
}

void Holdings::add_contribution(ItemKey key, Contribution contribution) {
  contributed[contribution.agreement].push_back(key);
  index_contribution(key, contribution);
  Item& one = items[key.value];
  if (one.contributions.empty())
    each_crowd(key, [&](Crowd& crowd) { crowd.own.try_emplace(one.originator, contribution.index); });
  one.contributions.push_back(std::move(contribution));
}

void Holdings::bring_back(ItemKey key, PayloadKey payload, Digest const& commitment, model::Facts facts) {
  items[key.value].payload = payload;
  items[key.value].commitment = commitment;
  items[key.value].facts = std::move(facts);
  index_references(key);
}

static void enter(Duties& of, Duty duty, UtcTime time) {
  bool const is_first = of.added == 0;
  of.last_date = duty.date_added = is_first ? even(time) : std::max(even(time), of.last_date + feed_step);
  duty.place = of.added++;
  of.notices += duty.notice != 0;
  of.all.push_back(duty);
}

void Holdings::add_duty(OfficeKey office, uint64_t notice, UtcTime time) {
  enter(duties[office], {.item = {}, .agreement = {}, .shown = {}, .date_added = {}, .notice = notice}, time);
}

void Holdings::add_recovery_duty(OfficeKey office, UtcTime filed) {
  enter(duties[office], {.item = {}, .agreement = {}, .shown = {}, .date_added = {}, .recovery = filed},
        filed);
}

void Holdings::add_duties(model::Deletion const& deletion, UtcTime time) {
  for (Had& had : items[deletion.item.value].had) {
    for (model::Heir const& heir : deletion.heirs)
      if (had.agreement == deletion.agreement && had.office == heir.office) had.by = heir.by;
    bool const meant =
        had.agreement == deletion.agreement && std::ranges::binary_search(deletion.offices, had.office);
    if (!meant || had.ended) continue;
    had.ended = true;
    enter(duties[had.office],
          {.item = deletion.item,
           .agreement = deletion.agreement,
           .form = had.form,
           .shown = had.shown,
           .date_added = {}},
          time);
  }
}

std::vector<Duty> const& Holdings::duties_of(OfficeKey office) const { return look_up(duties, office).all; }

void Holdings::destroy(ItemKey key) {
  items[key.value].commitment = {};
  items[key.value].facts = {};
}

void Holdings::add_served(ServedEdition edition) {
  uint32_t const number = static_cast<uint32_t>(served.size());
  served_by_id_[edition.id].push_back(number);
  for (Digest const& digest : {edition.compare.bytes, edition.compare.canonical, edition.compare.substance})
    served_by_digest_[digest][{edition.party, edition.agreement}].push_back(number);
  served.push_back(std::move(edition));
}

void Holdings::add_consent(OnwardConsent consent) {
  consents_about_[consent.item].push_back(static_cast<uint32_t>(consents.size()));
  consents.push_back(std::move(consent));
}

uint32_t Holdings::form_number(model::EditionForm const& form) {
  auto const [place, fresh] = form_numbers_.try_emplace(form, static_cast<uint32_t>(forms.size()));
  if (fresh) forms.push_back(form);
  return place->second;
}

void Holdings::release(model::Release const& release, Index index, UtcTime time) {
  for (OfficeKey office : release.offices) {
    Feed& everything = feeds[FeedName{AgreementKey{}, office}];
    for (model::ReleasedItem const& released : release.items) {
      ensure(released.item.value < items.size());
      Feed& feed = feeds[FeedName{released.agreement, office}];
      FeedEntry entry{released.item, released.agreement, form_number(released.form), released.clause,
                      feed.next_date(time)};
      feed.entries.push_back(entry);
      entry.date_added = everything.next_date(time);
      everything.entries.push_back(entry);
      uint32_t const at = static_cast<uint32_t>(feed.entries.size() - 1);
      Item& item = items[released.item.value];
      auto const had = std::ranges::find_if(item.had, [&](Had const& one) {
        return one.office == office && one.agreement == released.agreement;
      });
      if (had == item.had.end()) {
        Had const& fresh =
            item.had.emplace_back(Had{office, released.agreement, index, time, entry.date_added, at,
                                      entry.form, entry.date_added, index, released.by});
        each_crowd(released.item,
                   [&](Crowd& crowd) { crowd.had[through(fresh)].emplace(index, released.item); });
      } else {
        each_crowd(released.item,
                   [&](Crowd& crowd) { crowd.had[through(*had)].erase({had->index, released.item}); });
        had->shown = entry.date_added, had->entry = at, had->form = entry.form, had->latest = index;
        had->by = released.by, had->ended = false;
        each_crowd(released.item,
                   [&](Crowd& crowd) { crowd.had[through(*had)].emplace(had->index, released.item); });
      }
    }
  }
}

void Holdings::rebuild_own_feeds() {
  std::vector<std::tuple<Index, ItemKey, size_t>> all;
  for (size_t i = 0; i < items.size(); ++i)
    for (size_t n = 0; n < items[i].contributions.size(); ++n)
      all.emplace_back(items[i].contributions[n].index, ItemKey(i), n);
  std::ranges::sort(all);
  for (auto const& [index, key, n] : all) index_contribution(key, item(key).contributions[n]);
}

void Holdings::rebuild_indexes() {
  by_id_.clear(), by_reference_.clear(), by_digest_.clear(), crowds_.clear(), consents_about_.clear();
  served_by_id_.clear(), served_by_digest_.clear(), form_numbers_.clear(), own_feeds_.clear();
  frameworks.rebuild_indexes();
  for (size_t i = 0; i < items.size(); ++i) index_item(ItemKey(i));
  rebuild_own_feeds();
  std::vector<ServedEdition> const editions = std::move(served);
  served.clear();
  for (ServedEdition const& edition : editions) add_served(edition);
  for (size_t i = 0; i < consents.size(); ++i)
    consents_about_[consents[i].item].push_back(static_cast<uint32_t>(i));
  for (size_t i = 0; i < forms.size(); ++i) form_numbers_.emplace(forms[i], static_cast<uint32_t>(i));
}

void leave(Backlog& backlog, model::Unfinished const& one) {
  auto const [place, fresh] = backlog.try_emplace({one.agreement, one.referred}, Left{one.from, one.hops});
  if (fresh) return;
  place->second.from = std::min(place->second.from, one.from);
  place->second.hops = std::max(place->second.hops, one.hops);
}

Backlog::const_iterator next_in(Backlog const& backlog, AgreementKey last) {
  auto next = backlog.upper_bound({last, ItemKey{}});
  if (next == backlog.end()) next = backlog.begin();
  if (next == backlog.end()) return next;
  auto const by_law = backlog.find({next->first.first, ItemKey{}});
  return by_law != backlog.end() ? by_law : next;
}

}  // namespace comity::state
