#include "release/cursor.h"

#include <tuple>

#include "codec/codec.h"
#include "crypto/sealed.h"

namespace comity::release {
namespace {

// Names that stay, not keys: a token means the same whatever else the centre holds.
struct Bound {
  std::string office, drafter, agreement, from;
  uint8_t source = 0;
  int64_t added_after = 0;
  bool from_start = true;
  std::vector<std::string> ids, types, spec_versions;
  bool first = false, last = false, all = false;
  std::vector<int64_t> exact;
  auto fields(this auto& self) {
    return std::tie(self.office, self.drafter, self.agreement, self.from, self.source, self.added_after,
                    self.from_start, self.ids, self.types, self.spec_versions, self.first, self.last,
                    self.all, self.exact);
  }
};

// After a restore the same place is another one (25-isolation G15): what a token of the lost log had passed was never released
// here.
std::string of_epoch(Eyes const& eyes) {
  uint32_t const epoch = eyes.state.centre.epoch;
  return epoch == 0 ? "" : " of epoch " + std::to_string(epoch);
}

std::string context_of(Eyes const& eyes, FeedQuery const& query) {
  state::Law const& law = eyes.state.law;
  Bound bound;
  bound.office = law.office(eyes.office()).name;
  if (query.agreement) {
    bound.drafter = law.office(law.agreement(query.agreement).drafter).name;
    bound.agreement = law.agreement(query.agreement).id;
  }
  if (query.from) bound.from = law.party(query.from).slug;
  bound.source = static_cast<uint8_t>(query.source);
  bound.from_start = !query.added_after;
  if (query.added_after) bound.added_after = query.added_after->us;
  bound.ids = query.match.ids, bound.types = query.match.types,
  bound.spec_versions = query.match.spec_versions;
  bound.first = query.match.versions.first, bound.last = query.match.versions.last;
  bound.all = query.match.versions.all;
  for (UtcTime time : query.match.versions.exact) bound.exact.push_back(time.us);
  bool const is_backward = query.order == Order::newest_first;
  return (is_backward ? "feed cursor back " : "feed cursor ") + codec::encode(bound) + of_epoch(eyes);
}

struct Place {
  uint64_t place = 0;
  auto fields(this auto& self) { return std::tie(self.place); }
};

}  // namespace

class TokenMaker {
 public:
  static Token make(std::string text) { return Token(std::move(text)); }
};

Token token_after(Eyes const& eyes, FeedQuery const& query, size_t place) {
  return TokenMaker::make(
      crypto::seal(eyes.keys.cursor, {context_of(eyes, query)}, codec::encode(Place{place})));
}

Result<size_t> place_in(Eyes const& eyes, FeedQuery const& query, std::string_view token) {
  Bytes const content = TRY(crypto::open(eyes.keys.cursor, {context_of(eyes, query)}, token));
  auto const place = codec::decode<Place>(content);
  if (!place) return fail(ErrorCode::bad_input, "not a token of this centre");
  return static_cast<size_t>(place->place);
}

static std::string counted_context(Eyes const& eyes, FixedText purpose) {
  return "count of " + std::string(purpose.text()) + " " + eyes.state.law.office(eyes.office()).name +
         of_epoch(eyes);
}

CountTokens::CountTokens(Eyes const& eyes, FixedText purpose)
    : key_(eyes.keys.cursor), context_(counted_context(eyes, purpose)) {}

Token CountTokens::of(uint64_t count) const {
  return TokenMaker::make(crypto::seal(key_, {context_}, codec::encode(Place{count})));
}

Token token_of_count(Eyes const& eyes, FixedText purpose, uint64_t count) {
  return CountTokens(eyes, purpose).of(count);
}

Result<uint64_t> count_in(Eyes const& eyes, FixedText purpose, std::string_view token) {
  Bytes const content = TRY(crypto::open(eyes.keys.cursor, {counted_context(eyes, purpose)}, token));
  return TRY(codec::decode<Place>(content)).place;
}

}  // namespace comity::release
