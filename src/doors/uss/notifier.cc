#include "doors/uss/notifier.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "calling/caller.h"
#include "codec/codec.h"
#include "commands/note_told.h"
#include "crypto/uuid.h"
#include "release/compose.h"
#include "release/told_systems.h"
#include "sequencer/tokens.h"

namespace comity::uss {
namespace {

using model::ToTell;
using Steady = std::chrono::steady_clock;

// All that one entry says, one POST after another.
struct Message {
  ToTell what;
  uint64_t count = 0;
  std::string base_url;
  std::vector<calling::Address> allowed;
  std::vector<std::pair<std::string, release::Released<Bytes>>> posts;  // URL and body, the last one first
};

// A subscription whose URL was changed is found by this.
constexpr std::chrono::seconds look_anyway{1};

// What was told, and as it was at which count.
using Told = std::map<ToTell, uint64_t>;

// Notes that the sequencer was too busy to take, which are sent again; it may outlive who sent them.
class NotTaken {
 public:
  void add(ToTell const& what, uint64_t count) {
    std::lock_guard const lock(mutex_);
    all_.emplace_back(what, count);
  }
  std::vector<std::pair<ToTell, uint64_t>> take() {
    std::lock_guard const lock(mutex_);
    return std::exchange(all_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<std::pair<ToTell, uint64_t>> all_;
};

struct Pace {
  bool calling = false;
  Steady::time_point not_before{};
  unsigned failures = 0;
};

std::string host_of(std::string const& url) {
  size_t const begin = url.find("://") + 3;
  return url.substr(begin, url.find_first_of(":/", begin) - begin);
}

model::Destination const* destination_of(state::Law const& law, PartyKey party, std::string const& base_url) {
  auto const found = std::ranges::find_if(law.destinations, [&](model::Destination const& one) {
    return one.party == party && one.allowed && one.url == base_url;
  });
  return found == law.destinations.end() ? nullptr : &*found;
}

}  // namespace

class Notifier::House {
 public:
  House(sequencer::Centre& centre, release::OwnSystem own, std::string authorities)
      : centre_(centre),
        own_(std::move(own)),
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

 private:
  void run() {
    constexpr auto look_every = std::chrono::milliseconds(50);
    for (std::unique_lock lock(mutex_); !stopping_; changed_.wait_for(lock, look_every)) {
      note_again();
      uint64_t const published = centre_.published();
      bool const is_time = published != seen_ || call_ended_ || Steady::now() >= look_at_;
      if (!is_time || centre_.serves_nobody()) continue;
      seen_ = published;
      Mark const mark = mark_now();
      if (mark == mark_ && !call_ended_ && Steady::now() < look_at_)
        continue;  // what was published is nothing of ours
      mark_ = mark;
      call_ended_ = false;
      look_at_ = Steady::time_point::max();
      auto const paces = paces_;
      auto const told = told_;
      lock.unlock();
      std::set<ToTell> waiting;
      std::vector<Message> messages = look_now(paces, told, waiting);
      lock.lock();
      std::erase_if(told_, [&](auto const& one) { return !waiting.contains(one.first); });
      if (!waiting.empty()) look_at_ = std::min(look_at_, Steady::now() + look_anyway);
      for (Message const& one : messages) paces_[one.base_url].calling = true;
      lock.unlock();
      for (Message& one : messages) begin(std::make_shared<Message>(std::move(one)));
      lock.lock();
    }
  }

  void note_again() {
    if (Steady::now() < note_at_) return;
    note_at_ = Steady::now() + look_anyway;
    for (auto const& [what, count] : not_taken_->take()) note(what, count);
  }

  // Of the law, and of what is to be told: while both stand still there is nothing new to tell.
  using Mark = std::pair<uint64_t, uint64_t>;
  Mark mark_now() const {
    return centre_.read([](sequencer::Glimpse const& glimpse) {
      return Mark{glimpse.state.epoch, glimpse.state.airspace.outbox.added()};
    });
  }

  // For each URL that may be called now the entry that has waited longest.
  std::vector<Message> look_now(std::map<std::string, Pace> const& paces, Told const& told,
                                std::set<ToTell>& waiting) {
    return centre_.read([&](sequencer::Glimpse const& glimpse) {
      std::map<std::string, std::pair<uint64_t, ToTell>> first;
      std::vector<std::pair<ToTell, uint64_t>> over;
      for (auto const& [office, entries] : glimpse.state.airspace.outbox.all())
        for (auto const& [what, since] : entries) {
          waiting.insert(what);
          auto const known = told.find(what);
          if (known != told.end() && known->second >= since.count) continue;  // its record is under way
          auto const url = base_url_of(glimpse.state, what);
          if (!url) over.emplace_back(what, since.count);
          if (!url || is_busy(paces, *url)) continue;
          if (!destination_of(glimpse.state.law, glimpse.state.law.party_of(office), *url)) continue;
          auto const [place, is_new] = first.try_emplace(*url, since.count, what);
          if (!is_new && since.count < place->second.first) place->second = {since.count, what};
        }
      std::vector<Message> messages;
      for (auto const& [url, entry] : first) messages.push_back(message_of(glimpse.state, url, entry.second));
      for (auto const& [what, count] : over) note(what, count);  // its subscription has ended
      return messages;
    });
  }

  static std::optional<std::string> base_url_of(state::State const& state, ToTell const& what) {
    state::Airspace const& airspace = state.airspace;
    SubscriptionKey const key =
        airspace.subscriptions.find(airspace.scope_of(what.office), what.subscription);
    if (key.is_none()) return std::nullopt;
    return airspace.urls.text(airspace.subscriptions[key].url);
  }

  bool is_busy(std::map<std::string, Pace> const& paces, std::string const& url) {
    auto const found = paces.find(url);
    if (found == paces.end()) return false;
    if (found->second.calling) return true;
    if (found->second.not_before <= Steady::now()) return false;
    look_at_ = std::min(look_at_, found->second.not_before);
    return true;
  }

  Message message_of(state::State const& state, std::string const& url, ToTell const& what) const {
    model::WaitsSince const& since = state.airspace.outbox.all().at(what.office).at(what);
    Message message{what, since.count, url, {}, {}};
    for (std::string const& address :
         destination_of(state.law, state.law.party_of(what.office), url)->addresses)
      if (auto const parsed = calling::parse_address(address)) message.allowed.push_back(*parsed);
    state::Viewer const viewer{.office = what.office, .rights = model::right::read};
    release::Eyes const eyes(state, viewer, keys_);
    for (release::Notification const& one : release::tell_notifications(eyes, own_, what, since)) {
      release::Composer body(eyes);
      message.posts.emplace_back(url + one.path, body.told(one.body).finish());
    }
    std::ranges::reverse(message.posts);
    return message;
  }

  // Its next POST; when there is none left, it is told. What the law has overtaken is made anew at the next look.
  void begin(std::shared_ptr<Message> message) {
    if (message->posts.empty()) {
      {
        std::lock_guard const lock(mutex_);
        told_[message->what] = message->count;
      }
      note(message->what, message->count);
      return ended(*message, true);
    }
    auto [url, body] = std::move(message->posts.back());
    message->posts.pop_back();
    if (!body.current_at(centre_.epoch())) return ended(*message, true);
    bool const of_constraints = url.ends_with("/constraints");
    auto const token = token_for(message->base_url,
                                 of_constraints ? "utm.constraint_management" : "utm.strategic_coordination");
    calling::Call call{
        url,
        message->allowed,
        {"Content-Type: application/json", "User-Agent: comity", "Authorization: Bearer " + token},
        std::move(body)};
    caller_->post(std::move(call), [this, message](calling::Called called) {
      constexpr int taken = 2, refused = 4, unauthorised = 401, forbidden = 403, timeout = 408,
                    too_many = 429;
      int const status = called.status;
      bool const may_change =
          status == unauthorised || status == forbidden || status == timeout || status == too_many;
      // What a system refuses as it is will not be another the next time, and must not hold up what comes after it.
      if (status / 100 == taken || (status / 100 == refused && !may_change)) return begin(message);
      ended(*message, false);
    });
  }

  void ended(Message const& message, bool well) {
    std::lock_guard const lock(mutex_);
    Pace& pace = paces_[message.base_url];
    pace.failures = well ? 0 : pace.failures + 1;
    pace.calling = false;
    pace.not_before = Steady::now() + calling::wait_after(pace.failures);
    call_ended_ = true;
    changed_.notify_all();
  }

  void note(ToTell const& what, uint64_t count) {
    sequencer::Submission submission;
    submission.command.kind = model::CommandKind::note_told;
    submission.command.body = codec::encode(commands::NoteTold{what, count});
    std::vector<sequencer::Submission> one;
    one.push_back(std::move(submission));
    centre_.submit(std::move(one),
                   [not_taken = not_taken_, what, count](std::vector<sequencer::Answer>&& answers) {
                     if (answers.front().kind != sequencer::Answer::Kind::ruled) not_taken->add(what, count);
                   });
  }

  std::string token_for(std::string const& base_url, std::string const& scope) const {
    crypto::IssuerKey issuer = sequencer::token_issuer(centre_);
    issuer.audience = host_of(base_url);
    UtcTime const now = centre_.seam().clock.now();
    std::array<uint8_t, 16> random;
    centre_.seam().entropy.fill(random);
    crypto::Claims const claims{.issuer = issuer.issuer,
                                .subject = issuer.issuer,
                                .audience = issuer.audience,
                                .jti = to_hex({reinterpret_cast<char const*>(random.data()), random.size()}),
                                .issued = now,
                                .expires = now + minutes(5),
                                .scope = scope,
                                .office = {}};
    return crypto::issue(issuer, claims).value_or(std::string());
  }

  sequencer::Centre& centre_;
  release::OwnSystem const own_;
  release::ReleaseKeys const keys_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false, call_ended_ = false;
  std::map<std::string, Pace> paces_;
  Told told_;
  std::shared_ptr<NotTaken> const not_taken_ = std::make_shared<NotTaken>();
  Steady::time_point note_at_{};
  uint64_t seen_ = UINT64_MAX;
  Mark mark_{UINT64_MAX, UINT64_MAX};
  Steady::time_point look_at_ = Steady::time_point::max();
  std::unique_ptr<calling::Caller> caller_;
  std::thread thread_;
};

Notifier::Notifier(sequencer::Centre& centre, release::OwnSystem own, std::string authorities)
    : house_(std::make_unique<House>(centre, std::move(own), std::move(authorities))) {}
Notifier::~Notifier() = default;

}  // namespace comity::uss
