// What the door's sources share: one request at work, what it is answered with, and the table of endpoints. Inside this
// room only.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/result.h"
#include "doors/api/given.h"
#include "doors/auth/principal.h"
#include "doors/http/message.h"
#include "doors/http/reply.h"
#include "doors/http/router.h"
#include "doors/http/streams.h"
#include "doors/http/workers.h"
#include "forms/reader.h"
#include "release/compose.h"
#include "release/cursor.h"
#include "release/eyes.h"
#include "release/keys.h"
#include "release/told_destinations.h"
#include "release/told_pages.h"
#include "sequencer/centre.h"

namespace comity::api {

// An answer but for what all answers have. A read is made again by asking again; what a write was answered is told again
// by `again`, without doing it twice.
struct Page {
  int status = 200;
  release::Released<Bytes> body;
  std::string_view media = "application/json";
  std::function<Result<Page>()> again = {};
};

// What all requests share.
struct Room {
  Room(sequencer::Centre& the_centre, std::function<release::LastCalls()> calls,
       std::function<release::LastPages()> pages)
      : centre(the_centre),
        keys{centre.keys().prf, centre.keys().cursor, centre.keys().comparison},
        last_calls(std::move(calls)),
        last_pages(std::move(pages)) {}

  sequencer::Centre& centre;
  release::ReleaseKeys keys;
  std::function<release::LastCalls()> last_calls;  // may be none: nobody rings
  std::function<release::LastPages()> last_pages;  // may be none: nobody pages
  release::LastPages pages() const { return last_pages ? last_pages() : release::LastPages(); }
  bool demo = false;
  std::mutex previewing_mutex;
  std::shared_ptr<GivenNotices> const given = std::make_shared<GivenNotices>(centre);
  std::set<OfficeKey> previewing;  // one preview at a time for each office (25-isolation B13)
};

// One request. Lives until it is answered, and longer where the answer may have to be made again.
struct Call {
  Room& room;
  http::Request request;
  std::vector<std::pair<std::string_view, std::string>> params;
  auth::Principal who = {};
  // An act looks at what is applied, on its way in and for its first answer, which House holds until it is durable.
  sequencer::Seeing seeing = sequencer::Seeing::durable;
  std::optional<release::CountTokens> seen = {};  // of an act: for its answer
  bool streams = false;                           // the answer goes on: text/event-stream

  sequencer::Centre& centre() const { return room.centre; }
  std::string_view param(std::string_view name) const;
  // The first of that name; empty if it is not there.
  std::string_view query(std::string_view name) const;

  // `ask` with the caller's eyes, under the lock. Whoever may not come in any more is nobody.
  template <class Ask>
  auto look(Ask&& ask) const {
    return look_with([&](release::Eyes const& eyes, sequencer::Glimpse const&) { return ask(eyes); });
  }
  template <class Ask>
  auto look_with_log(Ask&& ask) const {
    return look_with(
        [&](release::Eyes const& eyes, sequencer::Glimpse const& glimpse) { return ask(eyes, glimpse.log); });
  }
  template <class Ask>
  auto look_with(Ask&& ask) const {
    using Answer = std::invoke_result_t<Ask, release::Eyes const&, sequencer::Glimpse const&>;
    return centre().see(seeing, [&](sequencer::Glimpse const& glimpse) -> Answer {
      auto const viewer = auth::viewer_now(glimpse.state, who, centre().seam().clock.now());
      if (!viewer) return fail(ErrorCode::unauthenticated, "");
      return ask(release::Eyes(glimpse.state, *viewer, room.keys, &glimpse.catalogue), glimpse);
    });
  }
};

// An answer made `anew` is made on an event loop and waits for nothing.
enum class Making : uint8_t { first, anew };

// What came after `place`, as events; the first part begins where the request says.
using MakePart = Result<http::Part> (*)(Call const& call, std::optional<size_t> place);
using Resolve = Result<void> (*)(Call const& call, release::Eyes const& eyes);
using Serve = Result<Page> (*)(Call const& call, Making making);
// How a write is answered, once and from any thread.
class PageDone {
 public:
  using Held = std::function<void(Result<Page>&&)>;
  using Durable = std::function<void(Page&&, uint64_t own)>;
  PageDone(Held held, Durable durable)
      : both_(std::make_shared<Both const>(Both{std::move(held), std::move(durable)})) {}

  // What was seen applied leaves when that is durable.
  void operator()(Result<Page>&& page) const { both_->held(std::move(page)); }
  // Made of nothing newer than the call's own records, which are durable; with them the office has `own` records.
  void durable(Page&& page, uint64_t own) const { both_->durable(std::move(page), own); }

 private:
  struct Both {
    Held held;
    Durable durable;
  };
  std::shared_ptr<Both const> both_;
};
using Act = void (*)(std::shared_ptr<Call const> call, http::Workers& workers, PageDone done);

enum class Right : uint8_t { none, read, contribute, audit, admin, host };
// A write is answered once; a read may be made again.
enum class Kind : uint8_t { read, write };
// What a write costs before it is submitted: of what grows with its body alone, a small one is done on the event loop.
enum class Cost : uint8_t { any, of_body };

// While a clock that leapt ahead is not believed, a deadline may seem overdue and nothing is served (25-isolation G14), and
// nothing is after the journal was put back (G15), but for what officers need to end that, and, `always_to_people`, for what a
// person needs to sign what takes away. What is served always says nothing that a clause grants.
enum class Served : uint8_t { in_time, always, always_to_people };

struct Endpoint {
  http::Method method;
  std::string_view pattern;
  Right right;
  Resolve resolve;  // of the path; null: it names nothing
  Kind kind;
  std::span<std::string_view const> gives;  // media types
  std::span<std::string_view const> takes;  // of the body; empty: there is none
  Serve serve;
  Act act = nullptr;  // instead of `serve`
  Cost cost = Cost::any;
  Served served = Served::in_time;
  MakePart part = nullptr;  // it is a stream too, for those who ask for text/event-stream
};

inline constexpr std::string_view json_media[] = {"application/json"};
inline constexpr std::string_view text_media[] = {"application/json", "text/markdown"};
inline constexpr std::string_view stix_media[] = {"application/stix+json", "application/taxii+json",
                                                  "application/json"};

std::span<Endpoint const> identity_endpoints();
std::span<Endpoint const> agreement_endpoints();
std::span<Endpoint const> item_endpoints();
std::span<Endpoint const> command_endpoints();
std::span<Endpoint const> own_endpoints();
std::span<Endpoint const> airspace_endpoints();
std::span<Endpoint const> host_endpoints();
std::span<Endpoint const> destination_endpoints();
std::span<Endpoint const> key_endpoints();
std::span<Endpoint const> framework_endpoints();

// problem.cc: an error as an answer. 404 and 503 are the fixed ones of doors/http, the same for all reasons.
http::Reply reply_of(Error const& error);
http::Reply method_not_allowed(http::MethodSet allow);
http::Reply not_acceptable();
http::Reply over_quota();
// 422 with a list of {pointer, reason}.
Page unreadable(std::vector<forms::Problem> const& problems);

// reading.cc: the pieces of queries.
Result<size_t> limit_of(Call const& call);
Result<AgreementKey> agreement_of(release::Eyes const& eyes, std::string_view name);
inline std::unexpected<Error> not_there() { return fail(ErrorCode::not_found, ""); }
inline Result<Page> page_of(release::Released<Bytes> body) {
  return Page{200, std::move(body), "application/json", {}};
}
Result<Page> page_of(release::Eyes const& eyes, Result<release::Told> told);

// previews.cc
Result<Page> previews(Call const& call, Making making);

// contribute.cc
Result<void> known_agreement(Call const& call, release::Eyes const& eyes);
void contribute(std::shared_ptr<Call const> call, http::Workers& workers, PageDone done);

// live.cc: the lists of the airspace as they change.
Result<http::Part> notice_events(Call const& call, std::optional<size_t> place);
Result<http::Part> conflict_events(Call const& call, std::optional<size_t> place);
Result<http::Part> watch_events(Call const& call, std::optional<size_t> place);

// commands.cc: one command, as if it came to /commands.
void submit_document(std::shared_ptr<Call const> call, BytesView document, PageDone done);
// The same of a request whose body is that of a command of this kind.
void submit_as(std::shared_ptr<Call const> call, std::string_view kind, PageDone done);

}  // namespace comity::api
