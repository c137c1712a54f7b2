#include "doors/paging/paging.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "base/limits.h"
#include "model/party.h"

namespace comity::paging {
namespace {

using model::Contact;
using release::Exercise;
using Steady = std::chrono::steady_clock;

struct Group {
  OfficeKey office;
  Exercise exercise = Exercise::no;
  auto operator<=>(Group const&) const = default;
};
// How often each waiting notice has escalated: 1 is that it was raised.
using Stages = std::map<uint64_t, uint32_t>;
struct Progress {
  Stages paged;  // up to which stage somebody was paged
  bool sending = false, failed = false;
  Steady::time_point not_before{};
};
struct Page {
  Group group;
  Stages about;
  std::vector<std::pair<Contact, release::Released<Bytes>>> to;
};

std::vector<Contact> contacts_of(state::State const& state, OfficeKey office) {
  std::vector<Contact> all;
  for (state::OnWatch const& one : state.airspace.watches.of(office).on)
    if (state::may_watch(state.law, office, one.person))
      all.insert(all.end(), one.contacts.begin(), one.contacts.end());
  return all;
}

// Whose turn it is.
std::vector<Contact> turn(std::vector<Contact> contacts, uint32_t stage, bool failed) {
  if (failed || stage > contacts.size()) return contacts;
  return {contacts[stage - 1]};
}

char const* name_of(calling::PageEnd end) {
  switch (end) {
    case calling::PageEnd::sent: return "sent";
    case calling::PageEnd::no_way: return "no_way";
    case calling::PageEnd::failed: return "failed";
    case calling::PageEnd::busy: return "busy";
  }
  return "";
}

}  // namespace

class Paging::House {
 public:
  House(sequencer::Centre& centre, calling::PageWays ways)
      : centre_(centre),
        keys_{centre.keys().prf, centre.keys().cursor, centre.keys().comparison},
        pager_(std::make_unique<calling::Pager>(std::move(ways))) {
    thread_ = std::thread([this] { run(); });
  }
  ~House() {
    {
      std::lock_guard const lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
    pager_.reset();  // after which nobody calls ended()
  }

  release::LastPages last_pages() const {
    std::lock_guard const lock(mutex_);
    return last_pages_;
  }

 private:
  void run() {
    constexpr auto look_every = std::chrono::milliseconds(200);
    for (std::unique_lock lock(mutex_); !stopping_; changed_.wait_for(lock, look_every)) {
      uint64_t const published = centre_.published();
      bool const is_time = published != seen_ || Steady::now() >= look_at_;
      if (!is_time || centre_.serves_nobody()) continue;
      seen_ = published;
      look_at_ = Steady::time_point::max();
      auto const progress = progress_;
      lock.unlock();
      again_at_ = Steady::time_point::max();
      std::vector<Page> pages = look_now(progress);
      lock.lock();
      look_at_ = std::min(look_at_, again_at_);
      for (Page const& page : pages) progress_[page.group].sending = true;
      lock.unlock();
      for (Page& page : pages) send(std::move(page));
      lock.lock();
    }
  }

  std::vector<Page> look_now(std::map<Group, Progress> const& progress) {
    return centre_.read([&](sequencer::Glimpse const& glimpse) {
      std::map<Group, Stages> waiting;
      glimpse.state.airspace.notices.each_waiting(
          [&](state::NoticeNumber const& number, state::Notice const& notice) {
            Exercise const exercise = notice.raised.exercise ? Exercise::yes : Exercise::no;
            waiting[{number.office, exercise}][number.number] = notice.escalations + 1;
          });
      std::vector<Page> pages;
      for (auto const& [group, stages] : waiting) {
        auto const found = progress.find(group);
        if (auto page =
                page_for(glimpse.state, group, stages, found == progress.end() ? Progress() : found->second))
          pages.push_back(std::move(*page));
      }
      return pages;
    });
  }

  std::optional<Page> page_for(state::State const& state, Group const& group, Stages const& stages,
                               Progress const& progress) {
    if (progress.sending) return std::nullopt;
    uint32_t stage = 0;  // the highest that is new
    for (auto const& [number, now] : stages) {
      auto const paged = progress.paged.find(number);
      if (paged == progress.paged.end() || paged->second < now) stage = std::max(stage, now);
    }
    if (stage == 0) return std::nullopt;
    auto contacts = contacts_of(state, group.office);
    if (contacts.empty()) return std::nullopt;  // whoever signs on is paged then
    if (Steady::now() < progress.not_before) {
      again_at_ = std::min(again_at_, progress.not_before);
      return std::nullopt;
    }
    state::Viewer const viewer{.office = group.office, .rights = model::right::read};
    release::Eyes const eyes(state, viewer, keys_);
    Page page{group, stages, {}};
    for (Contact& contact : turn(std::move(contacts), stage, progress.failed))
      if (auto text = release::page_text(eyes, group.exercise))
        page.to.emplace_back(std::move(contact), std::move(*text));
    if (page.to.empty()) return std::nullopt;
    return page;
  }

  // As many as it went to; whether any of them was sent is known when all have ended.
  struct Going {
    Group group;
    Stages about;
    size_t left = 0;
    bool any = false;
  };

  void send(Page&& page) {
    auto const going = std::make_shared<Going>(Going{page.group, std::move(page.about), page.to.size()});
    for (auto& [contact, text] : page.to) {
      auto const done = [this, going, address = contact.address](calling::PageEnd end) {
        ended(*going, address, end);
      };
      pager_->send(std::move(contact), std::move(text), done);
    }
  }

  void ended(Going& going, std::string const& address, calling::PageEnd end) {
    std::lock_guard const lock(mutex_);
    last_pages_[{going.group.office, address}] = {centre_.seam().clock.now(), name_of(end)};
    going.any |= end == calling::PageEnd::sent;
    if (--going.left > 0) return;
    Progress& progress = progress_[going.group];
    progress.sending = false;
    progress.failed = !going.any;
    if (going.any) progress.paged = going.about;
    Duration const wait = going.any ? limits::page_interval : limits::page_again;
    progress.not_before = Steady::now() + std::chrono::microseconds(wait.us);
    look_at_ = std::min(look_at_, progress.not_before);
  }

  sequencer::Centre& centre_;
  release::ReleaseKeys const keys_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::map<Group, Progress> progress_;
  release::LastPages last_pages_;
  uint64_t seen_ = UINT64_MAX;
  Steady::time_point look_at_ = Steady::time_point::max();
  Steady::time_point again_at_ = Steady::time_point::max();  // the looking thread's own
  std::unique_ptr<calling::Pager> pager_;
  std::thread thread_;
};

Paging::Paging(sequencer::Centre& centre, calling::PageWays ways)
    : house_(std::make_unique<House>(centre, std::move(ways))) {}
Paging::~Paging() = default;

release::LastPages Paging::last_pages() const { return house_->last_pages(); }

}  // namespace comity::paging
