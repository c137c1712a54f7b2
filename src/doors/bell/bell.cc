#include "doors/bell/bell.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "base/limits.h"
#include "calling/caller.h"
#include "crypto/base64.h"
#include "crypto/sha256.h"
#include "crypto/uuid.h"
#include "release/compose.h"
#include "release/feed.h"
#include "release/told_doors.h"
#include "release/told_law.h"
#include "release/told_own.h"

namespace comity::bell {
namespace {

using model::AttachedFeed;
using model::FeedKind;
using release::Eyes;
using Steady = std::chrono::steady_clock;

release::FeedQuery query_of(AttachedFeed const& feed) {
  release::FeedQuery query;
  query.source = feed.kind == FeedKind::duties ? release::Source::duties : release::Source::received;
  query.agreement = feed.agreement;
  return query;
}

size_t entries_of(state::State const& state, AttachedFeed const& feed) {
  if (feed.kind == FeedKind::duties) return state.holdings.duties_of(feed.office).size();
  return state.holdings.feed({feed.agreement, feed.office}).entries.size();
}

// One call to be made.
struct Ring {
  uint32_t destination = 0;
  std::string url, id, timestamp, signature;
  std::vector<calling::Address> allowed;
  std::vector<std::pair<AttachedFeed, size_t>> rung_to;  // how many entries it is about
  std::optional<release::Released<Bytes>> body;
};

// Between calls to one destination.
struct Pace {
  bool calling = false;
  Steady::time_point not_before{};
  unsigned failures = 0;
};
struct Paces {
  std::map<uint32_t, Pace> of;             // by destination
  std::map<AttachedFeed, size_t> rung_to;  // entries that a call that was heard was about
};

std::chrono::microseconds wait_after(unsigned failures) {
  if (failures == 0) return std::chrono::microseconds(limits::bell_interval.us);
  int64_t wait = limits::bell_first_wait.us;
  for (unsigned i = 1; i < failures && wait < limits::bell_longest_wait.us; ++i) wait *= 2;
  return std::chrono::microseconds(std::min(wait, limits::bell_longest_wait.us));
}

char const* name_of(calling::End end) {
  switch (end) {
    case calling::End::answered: return "answered";
    case calling::End::no_answer: return "no_answer";
    case calling::End::not_allowed: return "not_allowed";
    case calling::End::not_trusted: return "not_trusted";
  }
  return "";
}

}  // namespace

class Bell::House {
 public:
  House(sequencer::Centre& centre, std::string authorities)
      : centre_(centre),
        keys_{centre.keys().prf, centre.keys().cursor, centre.keys().comparison},
        caller_(std::make_unique<calling::Caller>(std::move(authorities))) {
    thread_ = std::thread([this] { run(); });
  }

  ~House() {
    {
      std::lock_guard const lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
    caller_.reset();  // after which nobody calls called()
  }

  release::LastCalls last_calls() const {
    std::lock_guard const lock(mutex_);
    return last_calls_;
  }

 private:
  void run() {
    constexpr auto look_every = std::chrono::milliseconds(100);
    for (std::unique_lock lock(mutex_); !stopping_; changed_.wait_for(lock, look_every)) {
      uint64_t const published = centre_.published();
      if ((published == seen_ && !waiting_) || centre_.is_overdue()) continue;
      seen_ = published;
      waiting_ = false;
      Paces const paces = paces_;
      lock.unlock();  // while the state is looked at: who asks for last_calls() may be in everybody's way
      std::vector<Ring> all = rings(paces);
      lock.lock();
      for (Ring& ring : all) ring_at(std::move(ring));
    }
  }

  std::vector<Ring> rings(Paces const& paces) {
    return centre_.read([&](sequencer::Glimpse const& glimpse) {
      std::vector<Ring> all;
      state::Law const& law = glimpse.state.law;
      for (uint32_t number = 0; number < law.destinations.size(); ++number) {
        if (!law.destinations[number].allowed) continue;
        auto const pace = paces.of.find(number);
        bool const is_busy =
            pace != paces.of.end() && (pace->second.calling || pace->second.not_before > Steady::now());
        if (is_busy)
          waiting_ = true;
        else if (auto ring = ring_for(glimpse.state, number, paces))
          all.push_back(std::move(*ring));
      }
      return all;
    });
  }

  std::optional<Ring> ring_for(state::State const& state, uint32_t number, Paces const& paces) {
    Ring ring;
    ring.destination = number;
    std::optional<release::Composer> body;
    for (AttachedFeed const& feed : state.law.attached) {
      if (feed.destination != number) continue;
      size_t const entries = entries_of(state, feed);
      auto const known = paces.rung_to.find(feed);
      std::optional<size_t> const before =
          known == paces.rung_to.end() ? std::nullopt : std::optional(known->second);
      if (entries == before.value_or(0)) continue;
      state::Viewer const viewer{.office = feed.office, .rights = model::right::read};
      Eyes const eyes(state, viewer, keys_);
      if (!body) body.emplace(eyes).open().name("feeds").open_list();
      if (write_feed(*body, eyes, feed, before)) ring.rung_to.emplace_back(feed, entries);
    }
    if (ring.rung_to.empty()) return std::nullopt;
    ring.body = body->close_list().close().finish();
    finish(ring, state);
    return ring;
  }

  // False: there is nothing to ring for, now.
  bool write_feed(release::Composer& body, Eyes const& eyes, AttachedFeed const& feed,
                  std::optional<size_t> rung_to) const {
    if (feed.agreement && !eyes.view.has_root(feed.agreement)) return false;
    release::FeedQuery const query = query_of(feed);
    release::FeedQuery fresh = query;
    fresh.match.versions = {.first = false, .last = false, .all = true, .exact = {}};
    fresh.limit = 1;
    if (rung_to && *rung_to > 0) fresh.after = *rung_to - 1;
    if (release::page(eyes, fresh).shown.empty()) return false;
    auto const id = feed.kind == FeedKind::duties
                        ? release::tell_collection_id(eyes, {}, "duties")
                        : release::tell_collection_id(eyes, feed.agreement, "received");
    body.open().name("feed");
    if (auto const root = release::tell_name(eyes, feed.agreement); feed.agreement && root)
      body.joined({"/taxii2/", &*root, "/collections/", &id, "/objects/"});
    else
      body.joined({"/taxii2/all/collections/", &id, "/objects/"});
    if (fresh.after) body.name("next").token(release::token_after(eyes, query, *fresh.after));
    body.close();
    return true;
  }

  void finish(Ring& ring, state::State const& state) const {
    model::Destination const& destination = state.law.destinations[ring.destination];
    Digest const key = release::bell_key(keys_, state.law, destination);
    Bytes const& body = ring.body->value();
    ring.url = destination.url;
    for (std::string const& address : destination.addresses)
      if (auto const parsed = calling::parse_address(address)) ring.allowed.push_back(*parsed);
    ring.timestamp = std::to_string(centre_.seam().clock.now().us / seconds(1).us);
    ring.id = "ring_" + crypto::uuid_v4_shaped(crypto::prf(keys_.prf, "ring", key, body));
    ring.signature =
        "v1," +
        crypto::to_base64(
            crypto::hmac_sha256(key.view(), fmt::format("{}.{}.{}", ring.id, ring.timestamp, body)).view());
  }

  void ring_at(Ring&& ring) {
    if (!ring.body->current_at(centre_.epoch())) {  // the law has moved: made anew at the next look
      waiting_ = true;
      return;
    }
    paces_.of[ring.destination].calling = true;
    calling::Call call{ring.url,
                       std::move(ring.allowed),
                       {"Content-Type: application/json", "User-Agent: comity", "webhook-id: " + ring.id,
                        "webhook-timestamp: " + ring.timestamp, "webhook-signature: " + ring.signature},
                       std::move(*ring.body)};
    caller_->post(std::move(call), [this, number = ring.destination, rung_to = std::move(ring.rung_to)](
                                       calling::Called called) { ended(number, rung_to, called); });
  }

  void ended(uint32_t number, std::vector<std::pair<AttachedFeed, size_t>> const& rung_to,
             calling::Called called) {
    std::lock_guard const lock(mutex_);
    Pace& pace = paces_.of[number];
    constexpr int first = 200, last = 299;
    bool const heard = called.status >= first && called.status <= last;
    if (heard)
      for (auto const& [feed, entries] : rung_to) paces_.rung_to[feed] = entries;
    pace.failures = heard ? 0 : pace.failures + 1;
    pace.calling = false;
    pace.not_before = Steady::now() + wait_after(pace.failures);
    last_calls_[number] = release::LastCall{centre_.seam().clock.now(), name_of(called.end), called.status};
  }

  sequencer::Centre& centre_;
  release::ReleaseKeys const keys_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  Paces paces_;
  release::LastCalls last_calls_;
  // The looking thread's own: what was published at the last look; whether somebody could not be rung for then.
  uint64_t seen_ = UINT64_MAX;
  bool waiting_ = false;
  std::unique_ptr<calling::Caller> caller_;
  std::thread thread_;
};

Bell::Bell(sequencer::Centre& centre, std::string authorities)
    : house_(std::make_unique<House>(centre, std::move(authorities))) {}
Bell::~Bell() = default;

release::LastCalls Bell::last_calls() const { return house_->last_calls(); }

}  // namespace comity::bell
