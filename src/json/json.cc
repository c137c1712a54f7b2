#include "json/json.h"

#include <boost/json/value_stack.hpp>

#include "json/checker.h"
#include "json/text.h"

namespace comity::json {

Result<Value> parse(BytesView text, size_t max_bytes, Numbers numbers) {
  if (text.size() > max_bytes) {
    return fail(ErrorCode::too_large, "JSON text of more than " + std::to_string(max_bytes) + " bytes");
  }
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
