// The conflicts that there are, and the notices that were raised of them (model/conflict.h).
//
// Tables with their indices and no rule: which volumes meet is worked out in commands/conflicts.h and stands in rulings. The
// indices are made of the tables (`complete`) and are no part of the encoding. Deterministic; thread rule: state.h.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "base/limits.h"
#include "model/conflict.h"

namespace comity::state {

// Each conflict stands once, in order of its name; the indices point at it.
class Conflicts {
 public:
  using One = std::pair<model::ConflictName const, model::Meeting>;

  Conflicts() = default;
  Conflicts(Conflicts const& that) : all_(that.all_) { complete(); }
  Conflicts& operator=(Conflicts const& that) {
    all_ = that.all_;
    complete();
    return *this;
  }
  Conflicts(Conflicts&&) noexcept = default;
  Conflicts& operator=(Conflicts&&) noexcept = default;
  ~Conflicts() = default;

  // How often an office came into a conflict or out of one since the program began: as Entities::changes_of.
  uint64_t changes_of(OfficeKey office) const {
    auto const found = changes_.find(office);
    return found == changes_.end() ? 0 : found->second;
  }

  void put(model::ConflictName const& name, model::Meeting meeting) {
    auto const [place, is_new] = all_.try_emplace(name);
    if (!is_new) by_end_.erase(&*place);
    place->second = std::move(meeting);
    by_end_.insert(&*place);
    if (is_new) enter(*place), touch(name);
  }
  void remove(model::ConflictName const& name) {
    auto const found = all_.find(name);
    if (found == all_.end()) return;
    by_end_.erase(&*found);
    leave(name.one, *found), leave(name.other, *found);
    touch(name);
    all_.erase(found);
  }
  model::Meeting const* find(model::ConflictName const& name) const {
    auto const found = all_.find(name);
    return found == all_.end() ? nullptr : &found->second;
  }
  // Those of one thing, in order of their names.
  std::vector<One const*> const& of(model::ThingName const& thing) const {
    static std::vector<One const*> const none;
    auto const found = of_.find(thing);
    return found == of_.end() ? none : found->second;
  }
  size_t size() const { return all_.size(); }
  UtcTime first_end() const { return by_end_.empty() ? never : (*by_end_.begin())->second.until; }
  std::vector<model::ConflictName> over_at(UtcTime now, size_t most) const {
    std::vector<model::ConflictName> over;
    for (One const* const one : by_end_) {
      if (one->second.until > now || over.size() == most) break;
      over.push_back(one->first);
    }
    return over;
  }

  auto fields(this auto& self) { return std::tie(self.all_); }
  void complete() {
    by_end_.clear(), of_.clear();
    for (One const& one : all_) by_end_.insert(&one), enter(one);
  }

 private:
  struct ByEnd {
    bool operator()(One const* a, One const* b) const {
      return std::tie(a->second.until, a->first) < std::tie(b->second.until, b->first);
    }
  };
  static model::ConflictName const& name_of(One const* one) { return one->first; }
  void touch(model::ConflictName const& name) { ++changes_[name.one.office], ++changes_[name.other.office]; }

  void enter(One const& one) {
    for (model::ThingName const& thing : {one.first.one, one.first.other}) {
      std::vector<One const*>& all = of_[thing];
      all.insert(std::ranges::lower_bound(all, one.first, {}, name_of), &one);
    }
  }
  void leave(model::ThingName const& thing, One const& one) {
    auto const found = of_.find(thing);
    if (found == of_.end()) return;
    found->second.erase(std::ranges::lower_bound(found->second, one.first, {}, name_of));
    if (found->second.empty()) of_.erase(found);
  }

  std::map<model::ConflictName, model::Meeting> all_;
  std::set<One const*, ByEnd> by_end_;
  std::map<model::ThingName, std::vector<One const*>> of_;
  std::map<OfficeKey, uint64_t> changes_;
};

// What somebody on watch has said to a notice.
struct NoticeReply {
  model::NoticeAnswer answer = model::NoticeAnswer::none;
  PersonKey by;
  ClientKey by_client;
  UtcTime at;
  Digest read_back{};  // of the notice as it was understood
  std::string words;   // the sender's, at most limits::short_words
  auto fields(this auto& self) {
    return std::tie(self.answer, self.by, self.by_client, self.at, self.read_back, self.words);
  }
};

struct Notice {
  model::RaisedNotice raised;
  UtcTime at;
  std::vector<NoticeReply> replies;  // at most limits::notice_replies
  UtcTime answered_at = never;       // first acknowledged
  std::string passed_to;             // the unit, as the recipient says
  UtcTime passed_at = never;
  UtcTime escalate_at = never;
  uint32_t escalations = 0;
  model::NoticeEnd end = model::NoticeEnd::open;
  UtcTime ended_at = never;
  UtcTime delivered_at = never;  // when its office was first given it
  uint64_t changed = 0;          // by the office's own count of changes of its notices
  bool is_open() const { return end == model::NoticeEnd::open; }
  // Somebody is still to answer it.
  bool is_waiting() const { return is_open() && answered_at == never; }
  // The last that was said of it is an acknowledgement of something else than it says.
  bool is_misunderstood() const {
    return answered_at == never && !replies.empty() &&
           replies.back().answer == model::NoticeAnswer::misunderstood;
  }
  bool is_overdue(UtcTime now) const {
    return answered_at == never && raised.answer_by <= std::min(now, ended_at);
  }
  auto fields(this auto& self) {
    return std::tie(self.raised, self.at, self.replies, self.answered_at, self.passed_to, self.passed_at,
                    self.escalate_at, self.escalations, self.end, self.ended_at, self.delivered_at,
                    self.changed);
  }
};

// Of one office by its own count, which begins at 1.
struct NoticeNumber {
  OfficeKey office;
  uint64_t number = 0;
  auto operator<=>(NoticeNumber const&) const = default;
};

class Notices {
 public:
  std::map<uint64_t, Notice> const& of(OfficeKey office) const {
    static std::map<uint64_t, Notice> const none;
    auto const found = offices_.find(office);
    return found == offices_.end() ? none : found->second.all;
  }
  Notice const* find(NoticeNumber const& number) const {
    auto const& all = of(number.office);
    auto const found = all.find(number.number);
    return found == all.end() ? nullptr : &found->second;
  }
  // How often the notices of an office have changed so far; and those that changed after so many, in the order in which they did, each
  // once and as it is now.
  uint64_t changes_of(OfficeKey office) const {
    auto const found = offices_.find(office);
    return found == offices_.end() ? 0 : found->second.changes;
  }
  std::vector<uint64_t> changed_after(OfficeKey office, uint64_t changes, size_t most) const {
    std::vector<uint64_t> numbers;
    auto const found = offices_.find(office);
    if (found == offices_.end()) return numbers;
    auto const& order = found->second.by_change;
    for (auto one = order.upper_bound(changes); one != order.end() && numbers.size() < most; ++one)
      numbers.push_back(one->second);
    return numbers;
  }
  // Those up to a number that were never given to their office.
  std::vector<uint64_t> undelivered(OfficeKey office, uint64_t upto) const {
    auto const found = offices_.find(office);
    if (found == offices_.end()) return {};
    auto const& all = found->second.undelivered;
    return {all.begin(), all.upper_bound(upto)};
  }
  // The open one on a subject; 0: there is none.
  uint64_t open_on(model::NoticeSubject const& subject) const {
    auto const found = open_.find(subject);
    return found == open_.end() ? 0 : found->second;
  }
  // Those of one intent that are open.
  std::vector<model::NoticeSubject> open_about(model::ThingName const& own) const {
    std::vector<model::NoticeSubject> subjects;
    auto const found = open_by_thing_.find(own);
    if (found != open_by_thing_.end()) subjects.assign(found->second.begin(), found->second.end());
    return subjects;
  }
  // Its number.
  uint64_t raise(Notice notice) {
    OfficeKey const office = notice.raised.subject.own.office;
    Office& of = offices_[office];
    uint64_t const number = ++of.last;
    notice.changed = ++of.changes;
    enter({office, number}, notice);
    of.all.emplace(number, std::move(notice));
    if (of.all.size() > limits::notices_per_office) forget_one(office, of);
    return number;
  }
  // `change(notice)`: not its subject.
  template <class Change>
  void change(NoticeNumber const& number, Change const& change) {
    Office& of = offices_[number.office];
    Notice& notice = of.all.at(number.number);
    leave(number, notice);
    change(notice);
    notice.changed = ++of.changes;
    enter(number, notice);
  }
  // The office has been given it: no change to who reads it again.
  void give(NoticeNumber const& number, UtcTime at) {
    Office& of = offices_[number.office];
    of.all.at(number.number).delivered_at = at;
    of.undelivered.erase(number.number);
  }
  // Open ones that nobody has acknowledged, in order: (number, notice).
  template <class Look>
  void each_waiting(Look const& look) const {
    for (NoticeNumber const& number : waiting_) look(number, *find(number));
  }
  UtcTime first_escalation() const { return escalations_.empty() ? never : escalations_.begin()->first; }
  std::vector<NoticeNumber> to_escalate(UtcTime now, size_t most) const {
    std::vector<NoticeNumber> due;
    for (auto const& [at, number] : escalations_) {
      if (at > now || due.size() == most) break;
      due.push_back(number);
    }
    return due;
  }
  // What ended before that time is forgotten, at most so many.
  UtcTime first_ended() const { return ended_.empty() ? never : ended_.begin()->first; }
  void forget(UtcTime before, size_t most) {
    for (size_t i = 0; i < most && !ended_.empty() && ended_.begin()->first < before; ++i) {
      NoticeNumber const number = ended_.begin()->second;
      auto& all = offices_[number.office].all;
      auto const notice = all.find(number.number);
      leave(number, notice->second);
      all.erase(notice);
    }
  }

  auto fields(this auto& self) { return std::tie(self.offices_); }
  void complete() {
    open_.clear(), open_by_thing_.clear(), escalations_.clear(), ended_.clear(), waiting_.clear();
    for (auto& [office, of] : offices_) {
      of.by_change.clear(), of.undelivered.clear();
      for (auto const& [number, notice] : of.all) enter({office, number}, notice);
    }
  }

 private:
  struct Office {
    uint64_t last = 0, changes = 0;
    std::map<uint64_t, Notice> all;
    std::map<uint64_t, uint64_t> by_change;  // numbers
    std::set<uint64_t> undelivered;          // open ones
    auto fields(this auto& self) { return std::tie(self.last, self.changes, self.all); }
  };

  // Of those that have ended, the first: open ones stay, of which there are no more than there are conflicts.
  void forget_one(OfficeKey office, Office& of) {
    auto const ended = std::ranges::find_if(of.all, [](auto const& one) { return !one.second.is_open(); });
    if (ended == of.all.end()) return;
    leave({office, ended->first}, ended->second);
    of.all.erase(ended);
  }

  void enter(NoticeNumber const& number, Notice const& notice) {
    model::NoticeSubject const& subject = notice.raised.subject;
    if (notice.is_open()) open_[subject] = number.number, open_by_thing_[subject.own].insert(subject);
    if (notice.is_waiting()) waiting_.insert(number);
    if (notice.escalate_at != never) escalations_.insert({notice.escalate_at, number});
    if (notice.ended_at != never) ended_.insert({notice.ended_at, number});
    Office& of = offices_[number.office];
    of.by_change[notice.changed] = number.number;
    if (notice.delivered_at == never && notice.is_open()) of.undelivered.insert(number.number);
  }
  void leave(NoticeNumber const& number, Notice const& notice) {
    model::NoticeSubject const& subject = notice.raised.subject;
    if (notice.is_open()) {
      open_.erase(subject);
      auto const about = open_by_thing_.find(subject.own);
      about->second.erase(subject);
      if (about->second.empty()) open_by_thing_.erase(about);
    }
    waiting_.erase(number);
    if (notice.escalate_at != never) escalations_.erase({notice.escalate_at, number});
    if (notice.ended_at != never) ended_.erase({notice.ended_at, number});
    Office& of = offices_[number.office];
    of.by_change.erase(notice.changed), of.undelivered.erase(number.number);
  }

  std::map<OfficeKey, Office> offices_;
  std::map<model::NoticeSubject, uint64_t> open_;
  std::map<model::ThingName, std::set<model::NoticeSubject>> open_by_thing_;
  std::set<std::pair<UtcTime, NoticeNumber>> escalations_, ended_;
  std::set<NoticeNumber> waiting_;
};

// Evaluations that an office has made under a clause within a day (25-isolation G10).
struct BudgetName {
  OfficeKey office;
  model::ClauseName under;
  auto operator<=>(BudgetName const&) const = default;
  auto fields(this auto& self) { return std::tie(self.office, self.under); }
};
struct Evaluations {
  UtcTime since;
  uint32_t count = 0;
  auto fields(this auto& self) { return std::tie(self.since, self.count); }
};

// Before all clauses that there are: a key that is none comes behind them.
inline constexpr model::ClauseName first_clause{AgreementKey(size_t{0}), 0};

// Of an intent and a clause with a budget: whether its owner is told whether it meets anything under it.
struct UnansweredName {
  model::ThingName thing;
  model::ClauseName under;
  auto operator<=>(UnansweredName const&) const = default;
  auto fields(this auto& self) { return std::tie(self.thing, self.under); }
};

}  // namespace comity::state
