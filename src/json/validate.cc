#include "json/validate.h"

#include <simdjson.h>

#include <string_view>
#include <vector>

#include "base/limits.h"
#include "json/checker.h"
#include "json/names.h"

namespace comity::json {
namespace {

namespace dom = simdjson::dom;

// Walks a document that simdjson found well-formed. False means "look closer", not "no".
class Walk {
 public:
  explicit Walk(Numbers numbers) : numbers_(numbers) {}

  bool sound(dom::element const& element) {
    switch (element.type()) {
      case dom::element_type::OBJECT: return sound_object(dom::object(element.get_object().value_unsafe()));
      case dom::element_type::ARRAY: return sound_array(dom::array(element.get_array().value_unsafe()));
      case dom::element_type::STRING: return !has_noncharacter(element.get_string().value_unsafe());
      case dom::element_type::INT64: {
        int64_t const number = element.get_int64().value_unsafe();
        return number >= -greatest_integer && number <= greatest_integer;
      }
      case dom::element_type::UINT64: return false;  // beyond int64
      case dom::element_type::DOUBLE:
        return numbers_ == Numbers::any && element.get_double().value_unsafe() != 0;
      case dom::element_type::BOOL:
      case dom::element_type::NULL_VALUE: return true;
    }
    return false;
  }

 private:
  bool sound_object(dom::object const& object) {
    if (++depth_ > limits::json_depth) return false;
    names_.clear();
    for (auto const member : object) names_.push_back(member.key);
    if (repeated_name(names_)) return false;
    for (auto const member : object) {
      if (has_noncharacter(member.key) || !sound(member.value)) return false;
    }
    --depth_;
    return true;
  }

  bool sound_array(dom::array const& array) {
    if (++depth_ > limits::json_depth) return false;
    for (auto const element : array) {
      if (!sound(element)) return false;
    }
    --depth_;
    return true;
  }

  Numbers const numbers_;
  size_t depth_ = 0;
  std::vector<std::string_view> names_;
};

// A parser keeps the memory of the largest body it has seen, about fourteen times its size.
constexpr size_t small = 256u << 10;

bool quickly_sound(BytesView text, dom::parser& parser, Numbers numbers) {
  dom::element root;
  if (parser.allocate(std::max(text.size(), small), limits::json_depth + 2) != simdjson::SUCCESS)
    return false;
  if (parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS) return false;
  return Walk(numbers).sound(root);
}

bool quickly_sound(BytesView text, Numbers numbers) {
  if (text.size() <= small) {
    static thread_local dom::parser kept;
    return quickly_sound(text, kept, numbers);
  }
  dom::parser once;
  return quickly_sound(text, once, numbers);
}

}  // namespace

Result<void> validate_ijson(BytesView text, Numbers numbers) {
  if (text.size() > limits::request_body_bytes) {
    return fail(ErrorCode::too_large,
                "JSON text of more than " + std::to_string(limits::request_body_bytes) + " bytes");
  }
  if (!text.empty() && quickly_sound(text, numbers)) return {};
  boost::json::basic_parser<Checker<NoSink>> parser(checker_options(), numbers);
  return check(text, parser);
}

}  // namespace comity::json
