#include "state/due.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "base/limits.h"
#include "codec/codec.h"
#include "state/rings.h"

namespace comity::state {
namespace {

class Spreading {
 public:
  Spreading(Question question, Lookahead& ahead) : q_(question), ahead_(ahead) { q_.ahead = &ahead_; }

  Due run(Changed const& changed) {
    for (auto const& [what, hops] : changed) enqueue(what, hops);
    do drain();
    while (closed_a_ring());
    Due due{releases(), {}};
    for (auto const& [what, left] : unfinished_)
      due.unfinished.push_back({what.first, what.second, left.from, left.hops});
    return due;
  }

 private:
  void drain() {
    while (!waiting_.empty()) {
      Contributed const next = waiting_.front();
      waiting_.pop_front();
      queued_.erase(next);
      look_at(next);
    }
  }

  bool closed_a_ring() {
    bool news = false;
    for (RingRelease& one : close_rings(q_, ahead_, {open_.begin(), open_.end()})) {
      auto const& [office, contributed] = one.name;
      Item const& item = q_.item(contributed.item);
      if (!is_news(item, office, contributed, one.answer.form)) continue;
      find(one.name, std::move(one.answer));
      look_at_referrers(contributed.item, hops_of(contributed));
      news = true;
    }
    open_.clear();
    return news;
  }

  void enqueue(Contributed const& one, uint32_t hops) {
    uint32_t& most = hops_[one];
    most = std::max(most, hops);
    if (queued_.insert(one).second) waiting_.push_back(one);
  }

  // A record that brings an item sees for itself what an office has back.
  uint32_t hops_of(Contributed const& one) { return ahead_.fresh ? limits::backlog_hops : hops_[one]; }

  std::vector<OfficeKey> const& offices_of(AgreementKey key) {
    auto const [place, fresh] = offices_.try_emplace(key);
    if (fresh) place->second = q_.law.participating(q_.law.agreement(key));
    return place->second;
  }

  void look_at(Contributed const& one) {
    Item const& item = q_.item(one.item);
    uint32_t const hops = hops_of(one);
    bool spread = false, back = false;
    for (OfficeKey office : offices_of(one.agreement)) {
      if (item.is_of(office)) continue;
      Disclosure answer = disclosure(q_, office, one.item, one.agreement);
      if (is_open(answer)) open_.insert({office, one});
      if (!answer.given) continue;
      if (!is_news(item, office, one, answer.form) && !is_unread(item, office, one, answer)) {
        back = back || has_back(item, office, one, answer.form);
        continue;
      }
      auto const [soon, first] = ahead_.released.try_emplace({one.item, office}, one.agreement, answer.form);
      bool const was_whole = !first && soon->second.second.is_whole();
      if (!was_whole) soon->second = {one.agreement, answer.form};  // through several agreements: the best
      // References to an edition have its id; to what has become whole meanwhile, the item's own.
      spread = spread || (!first && !was_whole && soon->second.second.is_whole());
      if (find({office, one}, std::move(answer))) spread = spread || !knows_as_posted(office, item);
    }
    // Once for each record: what refers to each other in a ring would come back for ever.
    if (back) spread = came_back_.insert(one).second || spread;
    // The author itself counts as having its new item, so its own references are looked at again too.
    spread = spread || (one.item == ahead_.fresh_key && !(is_new(one.item) && author_knows(one)));
    if (spread) look_at_referrers(one.item, hops);
  }

  // Whether the office had the object as posted, by this version or another, before this contribution, and may have it:
  // then every reference to it is what it will be. No, if that is hard to see; and where law changes, since what it may
  // have now it might not have before.
  bool knows_as_posted(OfficeKey office, Item const& of) const {
    constexpr size_t looked_at = 8;
    if (!ahead_.fresh) return false;
    std::vector<ItemKey> const versions = q_.holdings.with_id(of.head.id);
    for (size_t i = 0; i < std::min(versions.size(), looked_at); ++i) {
      ItemKey const key = versions[versions.size() - 1 - i];
      Item const& other = q_.holdings.item(key);
      if (other.originator != of.originator || other.is_gone()) continue;
      if (other.was_of(office)) return true;
      for (Had const& had : other.had)
        if (had.office == office && q_.holdings.forms[had.form].is_whole() &&
            is_whole(disclosure_but_references(before_, office, key, had.agreement)))
          return true;
    }
    return false;
  }
  static bool is_whole(Disclosure const& answer) { return answer.given && answer.form.is_whole(); }

  // Whether the office had it before, and then no longer or not so finely, and now again: that is no news, but references to
  // it come back too.
  bool has_back(Item const& item, OfficeKey office, Contributed const& one, model::EditionForm const& form) {
    if (is_new(one.item) || !item.had_by(office, one.agreement)) return false;
    if (!ahead_.fresh) return hops_of(one) > 0;  // as far as it can be seen
    Disclosure const before = disclosure(before_, office, one.item, one.agreement);
    return !before.given || finer(form, before.form);
  }

  // What is contributed again may have been away.
  bool is_new(ItemKey item) const { return item.value >= q_.holdings.items.size(); }

  // The same of the author's party, of whomever it has the object, and of the author of what is new.
  bool author_knows(Contributed const& one) const {
    Item const& item = q_.item(one.item);
    OfficeKey const author =
        item.contributions.back().office;  // this record's, or is_new() would not be asked
    return knows_as_posted(author, item) && first_originator(before_, q_.law.party_of(author), item.head.id);
  }

  // Whether it is the first that is found of it.
  bool find(ReleaseName const& name, Disclosure&& answer) {
    OfficeKey const by = q_.item(name.second.item).contributions[answer.contribution].office;
    model::ReleasedItem made{name.second.item, name.second.agreement, answer.clause, std::move(answer.form),
                             by};
    return found_.insert_or_assign(name, std::move(made)).second;
  }

  bool is_news(Item const& item, OfficeKey office, Contributed const& one, model::EditionForm const& form) {
    auto const found = found_.find({office, one});
    if (found != found_.end()) return finer(form, found->second.form);
    Had const* had = item.had_by(office, one.agreement);
    return !had || had->ended || finer(form, q_.holdings.forms[had->form]);
  }

  // Released shortly before a pause that is over: whoever reads by a cursor and was given something else meanwhile would never
  // come to it, so it is put at the end of the feed once more. What was released long before has been read.
  bool is_unread(Item const& item, OfficeKey office, Contributed const& one, Disclosure const& answer) {
    Had const* const had = item.had_by(office, one.agreement);
    if (!had || found_.contains({office, one})) return false;
    auto const pause =
        pause_of(one.agreement, answer.clause, item.contributions[answer.contribution].office, office);
    if (!pause) return false;
    UtcTime const entered = q_.holdings.feed({one.agreement, office}).entries[had->entry].date_added;
    return had->latest < pause->from.index && pause->from.time <= entered + limits::unread_for;
  }

  std::optional<Pause> const& pause_of(AgreementKey agreement, uint32_t clause, OfficeKey giver,
                                       OfficeKey taker) {
    auto const [place, fresh] = pauses_.try_emplace({agreement, clause, giver, taker});
    if (fresh)
      place->second = last_pause(q_.law.agreement(agreement), clause, q_.law.party_of(giver),
                                 q_.law.party_of(taker), {q_.now, not_in_the_log});
    return place->second;
  }

  void look_at_referrers(ItemKey to, uint32_t hops) {
    std::string const& id = q_.item(to).head.id;
    std::vector<ItemKey> const versions = q_.holdings.with_id(id);
    ItemKey const name =
        versions.empty() ? to : std::min(versions.front(), to);  // one entry for all versions
    bool const again = left_.contains(name);                     // some of what refers to it waits already
    for (ItemKey key : q_.holdings.referring_to(id)) {
      std::set<AgreementKey> seen;  // several offices may have contributed it under one
      for (Contribution const& contribution : q_.item(key).contributions) {
        if (contribution.deleted || !seen.insert(contribution.agreement).second) continue;
        if (may_ask(contribution.agreement)) {
          charge(contribution.agreement, 1);
          if (is_settled({key, contribution.agreement}, id)) continue;
        }
        auto const waits = unfinished_.find({contribution.agreement, name});
        if (again && waits != unfinished_.end())
          waits->second = {0, std::max(waits->second.hops, less(hops))};  // all of it, from the first on
        else
          look_or_leave(name, {key, contribution.agreement}, hops);
      }
    }
  }

  bool may_ask(AgreementKey agreement) {
    return asked_[agreement] < limits::referrers_asked && asked_in_all_ < limits::referrers_asked_in_all;
  }
  void charge(AgreementKey agreement, size_t each) {
    size_t const questions = offices_of(agreement).size() * each;
    asked_[agreement] += questions;
    asked_in_all_ += questions;
  }

  // Whether what this record brings under the id leaves that item as it is for everybody: to each office the reference comes
  // as posted, now and before, or it did so before and the office has the item whole, of which nothing is news. Without this, an object that refers to thousands would be resolved anew for each of them that comes.
  bool is_settled(Contributed const& one, std::string_view id) {
    if (!ahead_.fresh || is_new(one.item)) return false;
    Item const& item = q_.item(one.item);
    for (OfficeKey const office : offices_of(one.agreement)) {
      if (item.is_of(office)) continue;
      Had const* const had = item.had_by(office, one.agreement);
      bool const whole = had && !had->ended && q_.holdings.forms[had->form].is_whole();
      for (Contribution const& contribution : item.contributions) {
        if (!contribution.stands_under(one.agreement)) continue;
        if (!reference_stays(before_as_now_, office, item, contribution, id)) return false;
        if (!whole && !reference_stays(q_, office, item, contribution, id)) return false;
      }
    }
    return true;
  }

  void look_or_leave(ItemKey name, Contributed const& one, uint32_t hops) {
    if (may_ask(one.agreement)) {
      // A question about an item resolves all its references.
      charge(one.agreement, 1 + q_.item(one.item).facts.references.size() / limits::references_in_question);
      return enqueue(one, hops);
    }
    leave(unfinished_, {one.agreement, name, one.item.value, less(hops)});
    left_.insert(name);
  }

  static uint32_t less(uint32_t hops) { return hops > 0 ? hops - 1 : 0; }

  std::vector<model::Release> releases() {
    std::map<OfficeKey, std::vector<model::ReleasedItem>> lists;
    for (auto& [name, released] : found_) lists[name.first].push_back(std::move(released));
    for (auto& [office, list] : lists) put_in_order(list);
    return grouped(std::move(lists));
  }

  // What is referred to comes first; else in the order of the items. A function of the office's own list and of what its
  // forms show, so that neither what others are told nor what is masked shows in it (R1).
  void put_in_order(std::vector<model::ReleasedItem>& list) const {
    if (list.size() < 2) return;
    std::multimap<std::string_view, size_t> by_id;
    for (size_t i = 0; i < list.size(); ++i) by_id.emplace(q_.item(list[i].item).head.id, i);
    std::vector<model::ReleasedItem> ordered;
    std::vector<bool> opened(list.size()), placed(list.size());
    std::vector<size_t> open;
    for (size_t first = 0; first < list.size(); ++first) {
      open.push_back(first);
      while (!open.empty()) {
        size_t const at = open.back();
        if (placed[at] || opened[at]) {
          open.pop_back();
          if (!placed[at]) ordered.push_back(std::move(list[at]));
          placed[at] = true;
          continue;
        }
        opened[at] = true;
        Item const& item = q_.item(list[at].item);
        for (model::Reference const& reference : item.facts.references)
          if (shows_reference(item, list[at].form, reference))
            for (auto [next, end] = by_id.equal_range(reference.id); next != end; ++next)
              if (!opened[next->second]) open.push_back(next->second);
      }
    }
    list = std::move(ordered);
  }

  Question q_;
  Question const before_{q_.law, q_.holdings, q_.now};  // as it is without what this record brings
  Lookahead const nothing_ = {};
  Question const before_as_now_{q_.law, q_.holdings, q_.now,
                                &nothing_};  // the same, as if it were decided now
  Lookahead& ahead_;
  std::deque<Contributed> waiting_;
  std::set<Contributed> queued_, came_back_;
  std::map<Contributed, uint32_t> hops_;
  std::set<ItemKey> left_;      // some of what refers to it is unfinished
  std::set<ReleaseName> open_;  // another release could better them
  std::map<ReleaseName, model::ReleasedItem> found_;
  std::map<AgreementKey, std::vector<OfficeKey>> offices_;
  std::map<std::tuple<AgreementKey, uint32_t, OfficeKey, OfficeKey>, std::optional<Pause>> pauses_;
  std::map<AgreementKey, size_t> asked_;  // about referrers
  size_t asked_in_all_ = 0;
  Backlog unfinished_;
};

}  // namespace

Due releases_due(Law const& law, Holdings const& holdings, UtcTime now, Changed const& changed,
                 Item const* fresh, ItemKey fresh_key) {
  Lookahead ahead;
  ahead.fresh = fresh;
  ahead.fresh_key = fresh_key;
  return Spreading({law, holdings, now}, ahead).run(changed);
}

std::vector<model::Release> grouped(std::map<OfficeKey, std::vector<model::ReleasedItem>> lists) {
  std::vector<model::Release> releases;
  std::map<Bytes, size_t> known;
  for (auto& [office, items] : lists) {
    auto const [place, fresh] = known.emplace(codec::encode(items), releases.size());
    if (fresh) releases.push_back({{}, std::move(items)});
    releases[place->second].offices.push_back(office);
  }
  return releases;
}

std::vector<Contributed> contributions_under(Holdings const& holdings, AgreementKey agreement) {
  std::vector<Contributed> all;
  auto const found = holdings.contributed.find(agreement);
  if (found == holdings.contributed.end()) return all;
  for (ItemKey item : found->second) all.push_back({item, agreement});
  return all;
}

}  // namespace comity::state
