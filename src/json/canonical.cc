#include "json/canonical.h"

#include <simdjson.h>

#include <algorithm>
#include <cmath>
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
  Result<void> append(Value const& value, std::string const& pointer) {
    if (auto const* object = value.if_object()) return append_object(*object, pointer);
    if (auto const* array = value.if_array()) return append_array(*array, pointer);
    TRY_VOID(check_scalar(value, pointer));
    append_scalar(text_, value);
    return {};
  }

  std::string take() { return std::move(text_); }

 private:
  Result<void> append_object(Object const& object, std::string const& pointer) {
    TRY_VOID(enter(pointer));
    std::vector<Member const*> members;
    members.reserve(object.size());
    for (auto const& member : object) members.push_back(&member);
    std::ranges::sort(members,
                      [](auto const* a, auto const* b) { return before_in_utf16(a->key(), b->key()); });
    text_ += '{';
    for (auto const* member : members) {
      if (member != members.front()) text_ += ',';
      if (!is_utf8(member->key())) return fail(ErrorCode::bad_input, "a name that is not UTF-8", pointer);
      append_string(text_, member->key());
      text_ += ':';
      TRY_VOID(append(member->value(), pointer_to(pointer, std::string_view(member->key()))));
    }
    text_ += '}';
    --depth_;
    return {};
  }

  Result<void> append_array(Array const& array, std::string const& pointer) {
    TRY_VOID(enter(pointer));
    text_ += '[';
    for (size_t i = 0; i < array.size(); ++i) {
      if (i > 0) text_ += ',';
      TRY_VOID(append(array[i], pointer_to(pointer, i)));
    }
    text_ += ']';
    --depth_;
    return {};
  }

  Result<void> enter(std::string const& pointer) {
    if (++depth_ <= limits::json_depth) return {};
    return fail(ErrorCode::bad_input, "nested too deep for canonical JSON", pointer);
  }

  static Result<void> check_scalar(Value const& value, std::string const& pointer) {
    if (auto const* number = value.if_int64();
        number && (*number > greatest_integer || *number < -greatest_integer)) {
      return fail(ErrorCode::bad_input, "an integer beyond 2^53-1 either way", pointer);
    }
    if (auto const* number = value.if_uint64(); number && *number > uint64_t{greatest_integer}) {
      return fail(ErrorCode::bad_input, "an integer beyond 2^53-1 either way", pointer);
    }
    if (auto const* number = value.if_double(); number && !std::isfinite(*number)) {
      return fail(ErrorCode::bad_input, "a number that is not finite", pointer);
    }
    if (auto const* text = value.if_string(); text && !is_utf8(*text)) {
      return fail(ErrorCode::bad_input, "a string that is not UTF-8", pointer);
    }
    return {};
  }

  std::string text_;
  size_t depth_ = 0;
};

}  // namespace

Result<std::string> canonical(Value const& value) {
  Canonical canonical;
  TRY_VOID(canonical.append(value, ""));
  return canonical.take();
}

Result<std::string> canonical_text(BytesView text, size_t max_bytes, Numbers numbers) {
  return canonical(TRY(parse(text, max_bytes, numbers)));
}

}  // namespace comity::json
