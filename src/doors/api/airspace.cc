// The asker's own airspace: intents, sites, notices, conflicts, its watch (40-deconfliction). What changes them goes by /commands.
#include <charconv>

#include "doors/api/endpoint.h"
#include "release/told_conflicts.h"
#include "release/told_watch.h"

namespace comity::api {
namespace {

Result<Page> intents(Call const& call, Making) {
  return call.look([](release::Eyes const& eyes) { return page_of(eyes, release::tell_intents(eyes)); });
}

Result<Page> sites(Call const& call, Making) {
  return call.look([](release::Eyes const& eyes) { return page_of(eyes, release::tell_sites(eyes)); });
}

Result<Page> conflicts(Call const& call, Making) {
  return call.look([](release::Eyes const& eyes) { return page_of(eyes, release::tell_conflicts(eyes)); });
}

// `after` is the number of the last notice that is known.
Result<Page> notices(Call const& call, Making) {
  size_t const limit = TRY(limit_of(call));
  uint64_t after = 0;
  std::string_view const text = call.query("after");
  auto const read = std::from_chars(text.data(), text.data() + text.size(), after);
  if (!text.empty() && (read.ec != std::errc() || read.ptr != text.data() + text.size()))
    return fail(ErrorCode::bad_input, "after is the number of a notice");
  uint64_t given = 0;
  auto page = call.look([&](release::Eyes const& eyes) {
    given = release::last_given_now(eyes, after + limit);
    return page_of(eyes, release::tell_notices(eyes, after, limit));
  });
  if (page && given > after) note_given(call, given);
  return page;
}

Result<Page> watch(Call const& call, Making) {
  release::LastPages const pages = call.room.pages();
  return call.look(
      [&](release::Eyes const& eyes) { return page_of(eyes, release::tell_watch(eyes, pages)); });
}

constexpr Endpoint own(std::string_view pattern, Serve serve, MakePart part = nullptr) {
  return {http::Method::get, pattern,   Right::none,     nullptr, Kind::read, json_media, {}, serve,
          nullptr,           Cost::any, Served::in_time, part};
}
constexpr Endpoint endpoints[] = {own("/api/v1/intents", intents), own("/api/v1/sites", sites),
                                  own("/api/v1/conflicts", conflicts, conflict_events),
                                  own("/api/v1/notices", notices, notice_events),
                                  own("/api/v1/watch", watch, watch_events)};

}  // namespace

std::span<Endpoint const> airspace_endpoints() { return endpoints; }

}  // namespace comity::api
