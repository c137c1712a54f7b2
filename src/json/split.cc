#include "json/split.h"

#include <simdjson.h>

#include "base/ensure.h"
#include "json/pointer.h"

namespace comity::json {
namespace {

namespace ondemand = simdjson::ondemand;

std::unexpected<Error> broken(simdjson::error_code code, std::string pointer = {}) {
  return fail(ErrorCode::bad_input, std::string("not JSON: ") + simdjson::error_message(code),
              std::move(pointer));
}

std::string_view without_trailing_space(std::string_view text) {
  while (!text.empty() && std::string_view(" \t\r\n").contains(text.back())) text.remove_suffix(1);
  return text;
}

// The text of a value as it stands in the copy.
Result<std::string_view> raw(ondemand::value value) {
  std::string_view text;
  ondemand::json_type type;
  simdjson::error_code code = value.type().get(type);
  if (code != simdjson::SUCCESS) return broken(code);
  if (type == ondemand::json_type::object) {
    ondemand::object object;
    code = value.get_object().get(object);
    if (code == simdjson::SUCCESS) code = object.raw_json().get(text);
  } else if (type == ondemand::json_type::array) {
    ondemand::array array;
    code = value.get_array().get(array);
    if (code == simdjson::SUCCESS) code = array.raw_json().get(text);
  } else {
    text = value.raw_json_token();
  }
  if (code != simdjson::SUCCESS) return broken(code);
  return without_trailing_space(text);
}

class Splitter {
 public:
  Splitter(BytesView body, SplitBy const& by) : body_(body), by_(by), copy_(body) {}

  Result<Split> run() {
    ondemand::parser parser;
    ondemand::document document;
    ondemand::object object;
    if (auto const code = parser.iterate(copy_).get(document)) return broken(code);
    if (document.get_object().get(object)) return fail(ErrorCode::bad_input, "not a JSON object");
    for (auto found : object) {
      ondemand::field field;
      if (auto const code = std::move(found).get(field)) return broken(code);
      TRY_VOID(take(field));
    }
    return std::move(split_);
  }

 private:
  Result<void> take(ondemand::field& field) {
    std::string_view name;
    if (auto const code = field.unescaped_key().get(name)) return broken(code);
    if (name == by_.member) return take_elements(field.value());
    split_.others.push_back({std::string(name), TRY(in_body(field.value()))});
    return {};
  }

  Result<void> take_elements(ondemand::value value) {
    ondemand::array array;
    if (value.get_array().get(array)) {
      return fail(ErrorCode::bad_input, "not an array", pointer_to("", by_.member));
    }
    split_.found = true;
    for (auto found : array) {
      ondemand::value element;
      if (auto const code = std::move(found).get(element)) return broken(code, pointer_to("", by_.member));
      if (split_.elements.size() >= by_.max_elements) {
        return fail(ErrorCode::too_large, "more than " + std::to_string(by_.max_elements) + " elements",
                    pointer_to("", by_.member));
      }
      split_.elements.push_back(TRY(in_body(element)));
    }
    return {};
  }

  // The same span in the caller's bytes.
  Result<BytesView> in_body(ondemand::value value) {
    std::string_view const text = TRY(raw(value));
    size_t const from = static_cast<size_t>(text.data() - copy_.data());
    if (from > body_.size() || text.size() > body_.size() - from) {
      return fail(ErrorCode::bad_input, "not JSON: a value that does not end");
    }
    return body_.substr(from, text.size());
  }

  BytesView const body_;
  SplitBy const& by_;
  simdjson::padded_string const copy_;
  Split split_;
};

}  // namespace

BytesView Split::other(std::string_view name) const {
  for (auto const& member : others) {
    if (member.name == name) return member.value;
  }
  return {};
}

Result<Split> split(BytesView body, SplitBy by) { return Splitter(body, by).run(); }

}  // namespace comity::json
