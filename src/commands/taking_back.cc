#include "commands/taking_back.h"

#include <algorithm>
#include <set>

#include "base/contains.h"
#include "base/limits.h"
#include "codec/codec.h"

namespace comity::commands {
namespace {

using state::Disclosure;
using state::Had;
using state::Item;

class TakingBack {
 public:
  TakingBack(Sight const& sight, TakenBack const& taken) : sight_(sight), holdings_(sight.behind.holdings) {
    size_t steps = 1;
    std::set<std::string> ids;
    for (auto const& [key, under] : taken) ids.insert(holdings_.item(key).head.id);
    for (std::string const& id : ids)
      for (ItemKey key : holdings_.with_id(id))
        if (Item const& item = holdings_.item(key); item.originator == sight.view.party())
          steps += 1 + item.had.size();
    questions_ = std::min(limits::deletion_questions, limits::deletion_work / steps);
  }

  void take_back(ItemKey key, std::vector<AgreementKey> const& under) {
    Item after = holdings_.item(key);
    for (state::Contribution& one : after.contributions)
      if (one.office == deleter() && contains(under, one.agreement)) one.deleted = true;
    for (AgreementKey agreement : under) end(key, agreement, after);
    if (!after.is_of(deleter())) become_a_reader(key, after);
  }

  Ruling ruling() && {
    ruling_.releases = state::grouped(std::move(instead_));
    return std::move(ruling_);
  }

 private:
  void end(ItemKey key, AgreementKey agreement, Item const& after) {
    model::Deletion deletion{key, agreement, {}, {}};
    bool const stands = after.is_under(agreement);
    for (Had const& had : after.had) {
      if (had.agreement != agreement || had.ended) continue;
      if (!stands) {
        deletion.offices.push_back(had.office);
      } else if (had_by_deleter(key, had, after)) {
        if (auto const heir = gives_as_much(key, had, after))
          deletion.heirs.push_back({had.office, *heir});
        else
          lose(key, had, after, deletion);
      }
    }
    std::ranges::sort(deletion.offices);
    if (!deletion.offices.empty() || !deletion.heirs.empty())
      ruling_.deletions.push_back(std::move(deletion));
  }

  // By what it was released, or by what it was given lately: grants end.
  bool had_by_deleter(ItemKey key, Had const& had, Item const& after) {
    if (had.by == deleter() || !after.is_under(had.agreement, had.by)) return true;
    if (!may_ask()) return false;
    Disclosure const before = state::disclosure({sight_.view.law(), holdings_, sight_.context.time},
                                                had.office, key, had.agreement);
    return before.given && after.contributions[before.contribution].office == deleter();
  }

  // Who gives the office as much as it had now, and by what its author had when it was released (R2b).
  std::optional<OfficeKey> gives_as_much(ItemKey key, Had const& had, Item const& after) {
    auto const now = ask(key, had.agreement, had.office, after, Since::released);
    model::EditionForm const& form = holdings_.forms[had.form];
    if (!now || (now->form != form && !state::finer(now->form, form))) return std::nullopt;
    return after.contributions[now->contribution].office;
  }

  void lose(ItemKey key, Had const& had, Item const& after, model::Deletion& deletion) {
    deletion.offices.push_back(had.office);
    if (auto now = ask(key, had.agreement, had.office, after, Since::now))
      give(key, had.agreement, had.office, after, std::move(*now));
  }

  void become_a_reader(ItemKey key, Item const& after) {
    std::set<AgreementKey> standing;
    for (state::Contribution const& one : after.contributions)
      if (!one.deleted) standing.insert(one.agreement);
    for (AgreementKey agreement : standing) {
      state::Law const& law = sight_.view.law();
      Had const* had = after.had_by(deleter(), agreement);
      bool const has = had && !had->ended;
      if (has || !state::participates(law, law.agreement(agreement), deleter())) continue;
      if (auto now = ask(key, agreement, deleter(), after, Since::now))
        give(key, agreement, deleter(), after, std::move(*now));
    }
  }

  void give(ItemKey key, AgreementKey agreement, OfficeKey office, Item const& after, Disclosure&& now) {
    OfficeKey const by = after.contributions[now.contribution].office;
    instead_[office].push_back({key, agreement, now.clause, std::move(now.form), by});
  }

  enum class Since : uint8_t { released, now };
  // None: not given, or too much was asked already.
  std::optional<Disclosure> ask(ItemKey key, AgreementKey agreement, OfficeKey office, Item const& after,
                                Since since) {
    if (!after.is_under(agreement) || !may_ask()) return std::nullopt;
    state::Lookahead ahead;
    ahead.fresh = &after, ahead.fresh_key = key;
    ahead.as_released = since == Since::released;
    Disclosure answer = state::disclosure({sight_.view.law(), holdings_, sight_.context.time, &ahead}, office,
                                          key, agreement);
    return answer.given ? std::optional(std::move(answer)) : std::nullopt;
  }

  bool may_ask() {
    if (questions_ == 0) return false;
    --questions_;
    return true;
  }

  OfficeKey deleter() const { return sight_.view.office(); }

  Sight const& sight_;
  state::Holdings const& holdings_;
  size_t questions_;
  std::map<OfficeKey, std::vector<model::ReleasedItem>> instead_;
  Ruling ruling_ = model::accepted();
};

}  // namespace

Ruling taking_back(Sight const& sight, TakenBack const& taken) {
  TakingBack work(sight, taken);
  for (auto const& [key, under] : taken) work.take_back(key, under);
  return std::move(work).ruling();
}

}  // namespace comity::commands
