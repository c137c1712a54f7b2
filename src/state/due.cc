#include "state/due.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "codec/codec.h"
#include "state/rings.h"

namespace comity::state {
namespace {

class Spreading {
 public:
  Spreading(Question question, Lookahead& ahead) : q_(question), ahead_(ahead) { q_.ahead = &ahead_; }

  std::vector<model::Release> run(std::vector<Contributed> const& changed) {
    for (Contributed const& one : changed) enqueue(one);
    do drain();
    while (closed_a_ring());
    return grouped();
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
      look_at_referrers(item.head.id);
      news = true;
    }
    open_.clear();
    return news;
  }

  void enqueue(Contributed const& one) {
    if (queued_.insert(one).second) waiting_.push_back(one);
  }

  std::vector<OfficeKey> const& offices_of(AgreementKey key) {
    auto const [place, fresh] = offices_.try_emplace(key);
    if (fresh) place->second = q_.law.participating(q_.law.agreement(key));
    return place->second;
  }

  void look_at(Contributed const& one) {
    Item const& item = q_.item(one.item);
    bool spread = false;
    for (OfficeKey office : offices_of(one.agreement)) {
      if (item.is_of(office)) continue;
      Disclosure answer = disclosure(q_, office, one.item, one.agreement);
      if (is_open(answer)) open_.insert({office, one});
      if (!answer.given || !is_news(item, office, one, answer.form)) continue;
      auto& soon = ahead_.released.try_emplace({one.item, office}, one.agreement, answer.form).first->second;
      if (!soon.second.is_whole())
        soon = {one.agreement, answer.form};  // through several agreements: the best
      spread |= find({office, one}, std::move(answer));
    }
    // The author itself counts as having its new item, so its own references are looked at again too.
    if (spread || one.item == ahead_.fresh_key) look_at_referrers(item.head.id);
  }

  // Whether it is the first that is found of it.
  bool find(ReleaseName const& name, Disclosure&& answer) {
    found_[name] = {name.second.item, name.second.agreement, answer.clause, std::move(answer.form)};
    return order_.emplace(name, order_.size()).second;
  }

  bool is_news(Item const& item, OfficeKey office, Contributed const& one, model::EditionForm const& form) {
    auto const found = found_.find({office, one});
    if (found != found_.end()) return finer(form, found->second.form);
    Had const* had = item.had_by(office, one.agreement);
    return !had || finer(form, q_.holdings.forms[had->form]);
  }

  void look_at_referrers(std::string_view id) {
    for (ItemKey key : q_.holdings.referring_to(id))
      for (Contribution const& contribution : q_.item(key).contributions)
        if (!contribution.deleted) enqueue({key, contribution.agreement});
  }

  // Per office its list, in the order in which things were found; equal lists are told once.
  std::vector<model::Release> grouped() {
    std::map<OfficeKey, std::map<size_t, model::ReleasedItem>> lists;
    for (auto& [name, released] : found_) lists[name.first].emplace(order_.at(name), std::move(released));
    std::vector<model::Release> releases;
    std::map<Bytes, size_t> known;
    for (auto& [office, list] : lists) {
      model::Release release;
      for (auto& [place, released] : list) release.items.push_back(std::move(released));
      auto const [place, fresh] = known.emplace(codec::encode(release.items), releases.size());
      if (fresh) releases.push_back(std::move(release));
      releases[place->second].offices.push_back(office);
    }
    return releases;
  }

  Question q_;
  Lookahead& ahead_;
  std::deque<Contributed> waiting_;
  std::set<Contributed> queued_;
  std::set<ReleaseName> open_;  // another release could better them
  std::map<ReleaseName, model::ReleasedItem> found_;
  std::map<ReleaseName, size_t> order_;
  std::map<AgreementKey, std::vector<OfficeKey>> offices_;
};

}  // namespace

std::vector<model::Release> releases_due(Law const& law, Holdings const& holdings, UtcTime now,
                                         std::vector<Contributed> changed, Item const* fresh,
                                         ItemKey fresh_key) {
  Lookahead ahead;
  ahead.fresh = fresh;
  ahead.fresh_key = fresh_key;
  return Spreading({law, holdings, now}, ahead).run(changed);
}

std::vector<Contributed> contributions_under(Holdings const& holdings, AgreementKey agreement) {
  std::vector<Contributed> all;
  auto const found = holdings.contributed.find(agreement);
  if (found == holdings.contributed.end()) return all;
  for (ItemKey item : found->second) all.push_back({item, agreement});
  return all;
}

}  // namespace comity::state
