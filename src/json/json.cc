#include "json/json.h"

#include <algorithm>

#include <boost/json/value_stack.hpp>

#include "base/limits.h"
#include "json/checker.h"
#include "json/text.h"

namespace comity::json {

Result<Value> parse(BytesView text, size_t max_bytes, Numbers numbers) {
  if (text.size() > max_bytes) {
    return fail(ErrorCode::too_large, "JSON text of more than " + std::to_string(max_bytes) + " bytes");
  }
  if (text.size() > limits::json_text_uncounted &&
      static_cast<size_t>(std::ranges::count(text, ',')) > limits::json_values)
    return fail(ErrorCode::too_large,
                "JSON text of more than " + std::to_string(limits::json_values) + " values");
  boost::json::basic_parser<Checker<boost::json::value_stack>> parser(checker_options(), numbers);
  auto& stack = parser.handler().sink();
  stack.reset();
  TRY_VOID(check(text, parser));
  return stack.release();
}

std::string write(Value const& value) {
  std::string text;
  append_value(text, value);
  return text;
}

}  // namespace comity::json
