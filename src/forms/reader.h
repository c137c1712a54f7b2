// Reading a JSON form whole: what is wrong with it, all of it, and where.
//
// A form is read by asking for its members. Whatever is missing, of the wrong type, out of range or not asked for at all
// becomes a Problem with the JSON pointer of the value it speaks of (of the member that should be there, where one is
// missing); reading goes on with a default, so that a drafter is told everything at once. What was read means something
// only if there are no problems at the end. A reason says what would be right here and quotes nothing.
//
//     Members members(place);                       // a problem if this is no object
//     members.take_duration("notice", out.notice);  // a problem unless it is there and right
//     if (auto const by = members.optional("until")) …
//                                                   // at the end of the block: a problem for each member not asked for
//
// Place and Members borrow the document and the Problems. Thread-safe: no state of its own.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/time.h"
#include "json/json.h"

namespace comity::forms {

struct Problem {
  std::string pointer, reason;
  bool operator==(Problem const&) const = default;
};

// What is wrong, in the order in which it was found; at most limits::agreement_problems are kept.
class Problems {
 public:
  void add(std::string pointer, std::string reason);
  bool none() const { return all_.empty(); }
  std::vector<Problem> take() { return std::move(all_); }

 private:
  std::vector<Problem> all_;
};

// A word of a closed list and what it stands for.
template <class E>
struct Word {
  std::string_view text;
  E value;
};

// A value of the document and where it stands. Each reader below gives nothing, and a problem, for a value that is not
// what it reads.
class Place {
 public:
  Place(json::Value const& value, std::string pointer, Problems& problems)
      : value_(&value), pointer_(std::move(pointer)), problems_(&problems) {}

  json::Value const& value() const { return *value_; }
  std::string const& pointer() const { return pointer_; }
  Problems& problems() const { return *problems_; }
  void refuse(std::string reason) const { problems_->add(pointer_, std::move(reason)); }

  std::optional<std::string_view> text() const;
  std::optional<int64_t> integer(int64_t least, int64_t most) const;
  std::optional<bool> yes_or_no() const;
  std::optional<UtcTime> time() const;
  std::optional<Duration> duration() const;
  std::vector<Place> elements(size_t most) const;

  template <class E, size_t n>
  std::optional<E> word(Word<E> const (&words)[n]) const {
    auto const given = value_->if_string();
    std::string known;
    for (auto const& word : words) {
      if (given && std::string_view(*given) == word.text) return word.value;
      known.append(known.empty() ? "" : ", ").append(word.text);
    }
    refuse((n == 1 ? "unknown word; the only one here: " : "unknown word; one of: ") + known);
    return std::nullopt;
  }

 private:
  json::Value const* value_;
  std::string pointer_;
  Problems* problems_;
};

class Members {
 public:
  explicit Members(Place const& place);
  ~Members();  // reports the members nobody asked for
  Members(Members const&) = delete;
  Members& operator=(Members const&) = delete;

  bool is_object() const { return object_ != nullptr; }
  std::optional<Place> optional(std::string_view key);
  std::optional<Place> required(std::string_view key);
  // Nothing is reported of members that nobody asked for: of a form that is not known well enough to say so.
  void allow_others() { others_allowed_ = true; }

  // Required members of one type; `out` stays as it is where there is a problem.
  void take_text(std::string_view key, std::string& out);
  void take_flag(std::string_view key, bool& out);
  void take_duration(std::string_view key, Duration& out);
  void take_time(std::string_view key, UtcTime& out);
  void take_number(std::string_view key, uint32_t& out, uint32_t least = 1,
                   uint32_t most = std::numeric_limits<uint32_t>::max());
  template <class E, size_t n>
  void take_word(std::string_view key, E& out, Word<E> const (&words)[n]) {
    if (auto const place = required(key)) out = place->word(words).value_or(out);
  }

 private:
  Place const place_;
  json::Object const* object_;
  std::vector<std::string_view> asked_;
  bool others_allowed_ = false;
};

}  // namespace comity::forms
