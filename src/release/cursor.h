// The `next` token of a feed (R31, R32): where the reader stands, sealed.
//
// A token is bound to its office, to the feed, to every filter of the query but `limit`, to its order, and to the centre's epoch (G15: after a
// restore a place is another one); another office's, another query's, one of before a restore or a changed one opens to bad_input, with one message for all reasons. It holds a place in that one feed and
// no right: what is behind it is disclosed again when it is used. Equal places give equal tokens, and no count can be
// read from one (25-isolation G3). Nothing is kept at the centre. Thread-safe: no state.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "release/egress.h"
#include "release/feed.h"

namespace comity::release {

class Token {
 public:
  std::string const& text() const { return text_; }

 private:
  friend class TokenMaker;
  explicit Token(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

Token token_after(Eyes const& eyes, FeedQuery const& query, size_t place);

// The place after which to go on: for FeedQuery::after.
Result<size_t> place_in(Eyes const& eyes, FeedQuery const& query, std::string_view token);

// The same for what is no feed: how many of its own the viewer has seen of what `purpose` names.
Token token_of_count(Eyes const& eyes, FixedText purpose, uint64_t count);
// For a count that is known later: bound to the viewer now, so that nothing has to be looked at then.
class CountTokens {
 public:
  CountTokens(Eyes const& eyes, FixedText purpose);
  Token of(uint64_t count) const;

 private:
  crypto::SymmetricKey const& key_;
  std::string context_;
};
Result<uint64_t> count_in(Eyes const& eyes, FixedText purpose, std::string_view token);

}  // namespace comity::release
