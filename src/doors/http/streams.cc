#include "doors/http/streams.h"

#include <algorithm>

#include "base/limits.h"
#include "doors/http/negotiate.h"
#include "release/events.h"

namespace comity::http {
namespace {

constexpr int tries_to_make = 4;  // a part: something has to be done first

using Place = std::optional<size_t>;

}  // namespace

bool wants_stream(Request const& request) {
  auto const ranges = parse_accept(request.headers.joined("Accept"));
  return std::ranges::any_of(ranges, [](MediaRange const& range) {
    return range.media.type == "text" && range.media.subtype == "event-stream" && range.quality > 0;
  });
}

class Streams::House {
 public:
  House(News news, Workers& workers, std::function<Reply()> busy, Duration pause)
      : busy_(std::move(busy)),
        pause_us_(pause.us),
        seats_({limits::streams_of_office, limits::streams}),
        workers_(workers),
        pump_(std::move(news), workers) {}

  void stop() { pump_.stop(); }

  void open(Seat const& seat, LogNote note, Headers headers, MakePart make, Done done) {
    auto taken = seats_.take(seat.viewer);
    if (!taken) return done(seat.refuse(taken.error()));
    auto const one =
        std::make_shared<Stream const>(Stream{note, std::move(headers), std::move(make), std::move(*taken)});
    part(one, {}, done, {First::yes, Woken::by_news, tries_to_make, Pump::now_us()});
  }

 private:
  struct Stream {
    LogNote note;
    Headers headers;
    MakePart make;
    Seats::Seat seat;
  };
  enum class First : uint8_t { no, yes };
  struct Attempt {
    First first;
    Woken woken;
    int tries;
    int64_t written_us;  // when the part before it was, by Pump::now_us()
  };

  void part(std::shared_ptr<Stream const> const& one, Place place, Done const& done, Attempt attempt) {
    uint64_t const seen = pump_.news();
    auto made = one->make(place);
    if (auto* reply = std::get_if<Reply>(&made)) return done(std::move(*reply));
    if (auto* before = std::get_if<Before>(&made)) return first(one, place, done, attempt, *before);
    Part& got = std::get<Part>(made);
    if (got.has_events || attempt.first == First::yes || attempt.woken == Woken::by_time)
      return done(reply_of(one, place, std::move(got), seen));
    wait(one, got.place, done, {seen, attempt.written_us, std::move(got.quiet)});
  }

  // For news since `seen`, or a beat after what was written.
  struct Since {
    uint64_t seen;
    int64_t written_us;
    Quiet quiet;
  };
  void wait(std::shared_ptr<Stream const> const& one, Place place, Done const& done, Since since) {
    auto const go_on = [this, one, place, done, written = since.written_us](Woken by) {
      part(one, place, done, {First::no, by, tries_to_make, written});
    };
    pump_.wait({since.seen, since.written_us, go_on, Pump::now_us() + pause_us_, since.quiet});
  }

  void first(std::shared_ptr<Stream const> const& one, Place place, Done const& done, Attempt attempt,
             Before const& before) {
    if (--attempt.tries < 0) return done(busy_());
    before.act([=, this](bool did) {
      if (!did || !workers_.take([=, this] { part(one, place, done, attempt); })) done(busy_());
    });
  }

  Reply reply_of(std::shared_ptr<Stream const> const& one, Place place, Part&& got, uint64_t seen) {
    Reply reply{200, one->headers, std::move(got.body)};
    reply.note = one->note;
    reply.again = [this, one, place, seen] { return anew(one, place, seen); };
    reply.next = [this, one, place = got.place, seen, quiet = std::move(got.quiet)](Done done) {
      if (pause_us_ > 0 || quiet.state) return wait(one, place, done, {seen, Pump::now_us(), quiet});
      if (!workers_.take([=, this, written = Pump::now_us()] {
            part(one, place, done, {First::no, Woken::by_news, tries_to_make, written});
          }))
        done(busy_());
    };
    return reply;
  }

  Reply anew(std::shared_ptr<Stream const> const& one, Place place, uint64_t seen) {
    auto made = one->make(place);
    if (auto* reply = std::get_if<Reply>(&made)) return std::move(*reply);
    if (auto* got = std::get_if<Part>(&made)) return reply_of(one, place, std::move(*got), seen);
    return reply_of(one, place, {release::Events::beat(), place, false}, seen);
  }

  std::function<Reply()> const busy_;
  int64_t const pause_us_;
  Seats seats_;
  Workers& workers_;
  Pump pump_;  // last: its thread ends before what it uses goes
};

Streams::Streams(News news, Workers& workers, std::function<Reply()> busy, Duration pause)
    : house_(std::make_unique<House>(std::move(news), workers, std::move(busy), pause)) {}
Streams::~Streams() = default;
void Streams::stop() { house_->stop(); }

void Streams::open(Seat const& seat, LogNote note, Headers headers, MakePart make, Done done) {
  house_->open(seat, note, std::move(headers), std::move(make), std::move(done));
}

}  // namespace comity::http
