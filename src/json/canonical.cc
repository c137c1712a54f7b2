#include "json/canonical.h"

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "json/pointer.h"
#include "json/text.h"

namespace comity::json {
namespace {

using Member = boost::json::key_value_pair;

// The order of UTF-16 code units, read off UTF-8: it is the order of the octets, except that a character outside the
// basic plane (first octet F0..F4) is a pair of surrogates, which sort before U+E000..U+FFFF (first octet EE, EF).
bool before_in_utf16(std::string_view a, std::string_view b) {
  auto const [at_a, at_b] = std::ranges::mismatch(a, b);
  if (at_b == b.end()) return false;
  if (at_a == a.end()) return true;
  auto const octet_a = static_cast<uint8_t>(*at_a), octet_b = static_cast<uint8_t>(*at_b);
  if (octet_a >= 0xf0 && (octet_b == 0xee || octet_b == 0xef)) return true;
  if (octet_b >= 0xf0 && (octet_a == 0xee || octet_a == 0xef)) return false;
  return octet_a < octet_b;
}

bool is_utf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

class Canonical {
 public:
  Result<void> append(Value const& value) {
    if (auto const* object = value.if_object()) return append_object(*object);
    if (auto const* array = value.if_array()) return append_array(*array);
    TRY_VOID(check_scalar(value));
    append_scalar(text_, value);
    return {};
  }

  // The members of `object`, each as its name and value, to `visit` one after another.
  template <class Visit>
  Result<void> each_member(Object const& object, Visit visit) {
    TRY_VOID(enter());
    std::vector<Member const*> members;
    members.reserve(object.size());
    for (auto const& member : object) members.push_back(&member);
    std::ranges::sort(members,
                      [](auto const* a, auto const* b) { return before_in_utf16(a->key(), b->key()); });
    for (auto const* member : members) {
      std::string_view const name = member->key();
      if (!is_utf8(name)) return refuse("a name that is not UTF-8");
      visit(name);
      append_string(text_, name);
      text_ += ':';
      steps_.push_back({name});
      TRY_VOID(append(member->value()));
      steps_.pop_back();
    }
    leave();
    return {};
  }

  std::string const& text() const { return text_; }
  std::string take() { return std::move(text_); }

 private:
  // From a container to what is in it: by name, or of a list by number.
  struct Step {
    std::string_view name;
    std::optional<size_t> index = {};
  };

  Result<void> append_object(Object const& object) {
    text_ += '{';
    bool first = true;
    TRY_VOID(each_member(object, [&](std::string_view) {
      if (!std::exchange(first, false)) text_ += ',';
    }));
    text_ += '}';
    return {};
  }

  Result<void> append_array(Array const& array) {
    TRY_VOID(enter());
    text_ += '[';
    for (size_t i = 0; i < array.size(); ++i) {
      if (i > 0) text_ += ',';
      steps_.push_back({{}, i});
      TRY_VOID(append(array[i]));
      steps_.pop_back();
    }
    text_ += ']';
    leave();
    return {};
  }

  Result<void> enter() {
    if (++depth_ <= limits::json_depth) return {};
    return refuse("nested too deep for canonical JSON");
  }
  void leave() { --depth_; }

  Result<void> check_scalar(Value const& value) const {
    if (auto const* number = value.if_int64();
        number && (*number > greatest_integer || *number < -greatest_integer))
      return refuse("an integer beyond 2^53-1 either way");
    if (auto const* number = value.if_uint64(); number && *number > uint64_t{greatest_integer})
      return refuse("an integer beyond 2^53-1 either way");
    if (auto const* number = value.if_double(); number && !std::isfinite(*number))
      return refuse("a number that is not finite");
    if (auto const* text = value.if_string(); text && !is_utf8(*text))
      return refuse("a string that is not UTF-8");
    return {};
  }

  std::unexpected<Error> refuse(char const* why) const {
    std::string pointer;
    for (Step const& step : steps_)
      pointer = step.index ? pointer_to(pointer, *step.index) : pointer_to(pointer, step.name);
    return fail(ErrorCode::bad_input, why, std::move(pointer));
  }

  std::string text_;
  std::vector<Step> steps_;  // to where it stands
  size_t depth_ = 0;
};

}  // namespace

Result<std::string> canonical(Value const& value) {
  Canonical canonical;
  TRY_VOID(canonical.append(value));
  return canonical.take();
}

Result<CanonicalPair> canonical_without(Object const& object, std::span<std::string_view const> names) {
  Canonical canonical;
  CanonicalPair made{"{", "{"};
  size_t from = 0;  // of the member that is being written
  bool omitted = true;
  auto const finish_member = [&] {
    std::string_view const member = std::string_view(canonical.text()).substr(from);
    from = canonical.text().size();
    if (member.empty()) return;
    made.whole.append(made.whole.size() > 1 ? "," : "").append(member);
    if (!omitted) made.rest.append(made.rest.size() > 1 ? "," : "").append(member);
  };
  TRY_VOID(canonical.each_member(object, [&](std::string_view name) {
    finish_member();
    omitted = std::ranges::find(names, name) != names.end();
  }));
  finish_member();
  made.whole += '}', made.rest += '}';
  return made;
}

Result<std::string> canonical_text(BytesView text, size_t max_bytes, Numbers numbers) {
  return canonical(TRY(parse(text, max_bytes, numbers)));
}

}  // namespace comity::json
