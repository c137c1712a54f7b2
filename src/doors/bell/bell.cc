#include "doors/bell/bell.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "base/limits.h"
#include "base/mutant.h"
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
  if (feed.kind == FeedKind::duties) return state.holdings.duties_added(feed.office);
  return state.holdings.feed({feed.agreement, feed.office}).entries.size();
}

// How many entries of a feed are meant.
using Marks = std::map<AttachedFeed, size_t>;

// One call to be made.
struct Ring {
  uint32_t destination = 0;
  std::string url, id, timestamp, signature;
  std::vector<calling::Address> allowed;
  Marks about;
  std::optional<release::Released<Bytes>> body;
};

// Between calls to one URL.
struct Pace {
  std::string url;
  bool calling = false;
  Steady::time_point not_before{};
  unsigned failures = 0;
};
// Up to how many entries a feed had nothing, under which law; and when to look again if that is another.
struct Empty {
  uint64_t epoch = 0;
  size_t upto = 0;
  Steady::time_point not_before{};
};
struct Progress {
  std::map<uint32_t, Pace> paces;  // by destination
  Marks rung_to;                   // what calls that were heard were about
};

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
    caller_.reset();  // after which nobody calls ended()
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
      bool const is_time = published != seen_ || call_ended_ || Steady::now() >= look_at_;
      if (!is_time || centre_.serves_nobody()) continue;
      seen_ = published;
      call_ended_ = false;
      look_at_ = Steady::time_point::max();
      Progress const progress = progress_;
      lock.unlock();  // while the state is looked at: who asks for last_calls() may be in everybody's way
      Look look = look_now(progress);
      lock.lock();
      std::erase_if(progress_.rung_to, [&](auto const& one) { return !look.attached.contains(one.first); });
      for (Ring& ring : look.rings) ring_at(std::move(ring));
    }
  }

  struct Look {
    std::vector<Ring> rings;
    std::set<AttachedFeed> attached;
  };
  Look look_now(Progress const& progress) {
    return centre_.read([&](sequencer::Glimpse const& glimpse) {
      Look look;
      state::Law const& law = glimpse.state.law;
      std::map<uint32_t, std::vector<AttachedFeed>> feeds;
      for (AttachedFeed const& feed : law.attached) {
        look.attached.insert(feed);
        if (law.destinations[feed.destination].allowed) feeds[feed.destination].push_back(feed);
      }
      for (auto const& [number, some] : feeds) {
        std::string const& url = law.destinations[number].url;
        if (is_busy(progress, number, url)) continue;
        auto const pace = progress.paces.find(number);
        bool const is_known = pace != progress.paces.end() && pace->second.url == url;
        if (auto ring = ring_for(glimpse.state, number, some, is_known ? progress.rung_to : Marks{}))
          look.rings.push_back(std::move(*ring));
      }
      if (feeds.empty()) empty_.clear();
      return look;
    });
  }

  // Another URL begins anew, but for a call to the old one that is under way.
  bool is_busy(Progress const& progress, uint32_t number, std::string const& url) {
    auto const found = progress.paces.find(number);
    if (found == progress.paces.end()) return false;
    Pace const& pace = found->second;
    if (pace.calling) return true;
    if (pace.url != url || pace.not_before <= Steady::now()) return false;
    look_at_ = std::min(look_at_, pace.not_before);
    return true;
  }

  std::optional<Ring> ring_for(state::State const& state, uint32_t number,
                               std::vector<AttachedFeed> const& feeds, Marks const& rung_to) {
    Ring ring;
    ring.destination = number;
    std::optional<release::Composer> body;
    for (AttachedFeed const& feed : feeds) {
      size_t const entries = entries_of(state, feed);
      auto const known = rung_to.find(feed);
      std::optional<size_t> const before =
          known == rung_to.end() ? std::nullopt : std::optional(known->second);
      if (entries == before.value_or(0)) continue;
      state::Viewer const viewer{.office = feed.office, .rights = model::right::read};
      Eyes const eyes(state, viewer, keys_);
      if (!body) body.emplace(eyes).open().name("feeds").open_list();
      if (write_feed(*body, eyes, feed, before)) ring.about[feed] = entries;
    }
    if (ring.about.empty()) return std::nullopt;
    ring.body = body->close_list().close().finish();
    finish(ring, state);
    return ring;
  }

  // Whether the office may have anything now that was added after so many entries. That there is nothing is remembered as
  // long as the law stays, and for a while in any case, the longer the longer it took: what was taken away is not looked
  // through again and again while others wait.
  bool has_new(Eyes const& eyes, AttachedFeed feed, size_t after) {
    feed.destination = 0;  // the same for all of them
    Empty& empty = empty_[feed];
    if (empty.upto >= after && empty.epoch == eyes.epoch()) after = empty.upto;
    size_t const entries = entries_of(eyes.state, feed);
    if (after == entries) return false;
    auto const begun = Steady::now();
    if (empty.epoch != eyes.epoch() && begun < empty.not_before) {
      look_at_ = std::min(look_at_, empty.not_before);
      return false;
    }
    release::FeedQuery query = query_of(feed);
    query.match.versions = {.first = false, .last = false, .all = true, .exact = {}};
    query.limit = 1;
    if (after > 0) query.after = after - 1;
    if (mutated(Mutant::queued_webhook_after_suspension) || !release::page(eyes, query).shown.empty())
      return true;
    constexpr int share = 50;  // of the time, at most, for looking at what is not there
    auto const took = Steady::now() - begun;
    empty = {eyes.epoch(), entries,
             begun + std::max<Steady::duration>(std::chrono::seconds(1), share * took)};
    return false;
  }

  // False: there is nothing to ring for, now.
  bool write_feed(release::Composer& body, Eyes const& eyes, AttachedFeed const& feed,
                  std::optional<size_t> rung_to) {
    if (feed.agreement && !eyes.view.has_root(feed.agreement)) return false;
    if (!has_new(eyes, feed, rung_to.value_or(0))) return false;
    auto const id = feed.kind == FeedKind::duties
                        ? release::tell_collection_id(eyes, {}, "duties")
                        : release::tell_collection_id(eyes, feed.agreement, "received");
    body.open().name("feed");
    if (auto const root = release::tell_name(eyes, feed.agreement); feed.agreement && root)
      body.joined({"/taxii2/", &*root, "/collections/", &id, "/objects/"});
    else
      body.joined({"/taxii2/all/collections/", &id, "/objects/"});
    if (rung_to.value_or(0) > 0)
      body.name("next").token(release::token_after(eyes, query_of(feed), *rung_to - 1));
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
    std::string about;  // the id is the same only for the same news
    for (auto const& [feed, entries] : ring.about)
      about += fmt::format("{} {} {} {};", feed.office.value, int(feed.kind), feed.agreement.value, entries);
    ring.id = "ring_" + crypto::uuid_v4_shaped(crypto::prf(keys_.prf, "ring", key, about));
    ring.signature =
        "v1," +
        crypto::to_base64(
            crypto::hmac_sha256(key.view(), fmt::format("{}.{}.{}", ring.id, ring.timestamp, body)).view());
  }

  void ring_at(Ring&& ring) {
    if (!ring.body->current_at(centre_.epoch())) {  // the law has moved: made anew at the next look
      call_ended_ = true;
      return;
    }
    Pace& pace = progress_.paces[ring.destination];
    if (pace.url != ring.url) {
      pace = {.url = ring.url};
      std::erase_if(progress_.rung_to,
                    [&](auto const& one) { return one.first.destination == ring.destination; });
    }
    pace.calling = true;
    calling::Call call{ring.url,
                       std::move(ring.allowed),
                       {"Content-Type: application/json", "User-Agent: comity", "webhook-id: " + ring.id,
                        "webhook-timestamp: " + ring.timestamp, "webhook-signature: " + ring.signature},
                       std::move(*ring.body)};
    caller_->post(std::move(call), [this, number = ring.destination, about = std::move(ring.about)](
                                       calling::Called called) { ended(number, about, called); });
  }

  void ended(uint32_t number, Marks const& about, calling::Called called) {
    std::lock_guard const lock(mutex_);
    Pace& pace = progress_.paces[number];
    constexpr int first = 200, last = 299;
    bool const heard = called.status >= first && called.status <= last;
    for (auto const& [feed, entries] : about) {
      if (heard) progress_.rung_to[feed] = entries;
      last_calls_[{number, feed.office}] = {centre_.seam().clock.now(), name_of(called.end), called.status};
    }
    pace.failures = heard ? 0 : pace.failures + 1;
    pace.calling = false;
    pace.not_before = Steady::now() + (heard ? std::chrono::microseconds(limits::bell_interval.us)
                                             : calling::wait_after(pace.failures));
    call_ended_ = true;
  }

  sequencer::Centre& centre_;
  release::ReleaseKeys const keys_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  bool call_ended_ = false;
  Progress progress_;
  release::LastCalls last_calls_;
  // The looking thread's own: what was published at the last look; when to look again whatever happens; up to where a feed has
  // nothing that its office may have, and under which law.
  uint64_t seen_ = UINT64_MAX;
  Steady::time_point look_at_ = Steady::time_point::max();
  std::map<AttachedFeed, Empty> empty_;
  std::unique_ptr<calling::Caller> caller_;
  std::thread thread_;
};

Bell::Bell(sequencer::Centre& centre, std::string authorities)
    : house_(std::make_unique<House>(centre, std::move(authorities))) {}
Bell::~Bell() = default;

release::LastCalls Bell::last_calls() const { return house_->last_calls(); }

}  // namespace comity::bell
