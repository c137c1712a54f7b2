// The rules of I-JSON (see json.h) as a handler of Boost.JSON's event parser. Inside this room only.
//
// Sink receives what was found to be sound: boost::json::value_stack builds a Value of it, NoSink forgets it. A rule
// that is broken stops the parser; refusal() then says which, and where.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "json/json.h"
#include "json/names.h"
#include "json/pointer.h"

namespace comity::json {

// The part of boost::json::value_stack that a Checker calls.
struct NoSink {
  void push_object(size_t) {}
  void push_array(size_t) {}
  void push_chars(std::string_view) {}
  void push_key(std::string_view) {}
  void push_string(std::string_view) {}
  void push_int64(int64_t) {}
  void push_double(double) {}
  void push_bool(bool) {}
  void push_null() {}
};

template <class Sink>
class Checker {
 public:
  using Code = boost::json::error_code;
  using Text = boost::json::string_view;
  static constexpr size_t max_object_size = boost::json::object::max_size();
  static constexpr size_t max_array_size = boost::json::array::max_size();
  static constexpr size_t max_key_size = boost::json::string::max_size();
  static constexpr size_t max_string_size = boost::json::string::max_size();

  explicit Checker(Numbers numbers) : numbers_(numbers) {
    levels_.reserve(8), names_.reserve(32), name_bytes_.reserve(512), views_.reserve(32);
  }

  Sink& sink() { return sink_; }
  std::optional<Error> const& refusal() const { return refusal_; }

  // The pointer of the value at which the parser stands, or of its container between two members.
  std::string pointer() const {
    std::string pointer;
    for (size_t i = 0; i < levels_.size(); ++i) {
      size_t const names_end = i + 1 < levels_.size() ? levels_[i + 1].first_name : names_.size();
      if (levels_[i].kind == Kind::array) {
        pointer = pointer_to(pointer, levels_[i].count);
      } else if (names_end > levels_[i].first_name) {
        pointer = pointer_to(pointer, name(names_end - 1));
      }
    }
    return pointer;
  }

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }

  bool on_object_begin(Code& code) { return open(Kind::object, code); }
  bool on_object_end(size_t count, Code& code) {
    size_t const first = levels_.back().first_name;
    views_.clear();
    for (size_t i = first; i < names_.size(); ++i) views_.push_back(name(i));
    if (auto const twice = repeated_name(views_)) {
      std::string const member(*twice);
      names_.resize(first);
      return refuse(code, "two members of one name", pointer_to(pointer(), member));
    }
    if (first < names_.size()) name_bytes_.resize(names_[first].begin);
    names_.resize(first);
    levels_.pop_back();
    sink_.push_object(count);
    return value_done();
  }
  bool on_array_begin(Code& code) { return open(Kind::array, code); }
  bool on_array_end(size_t count, Code&) {
    levels_.pop_back();
    sink_.push_array(count);
    return value_done();
  }

  bool on_key_part(Text part, size_t, Code&) {
    name_bytes_.append(part.data(), part.size());
    sink_.push_chars(part);
    return true;
  }
  bool on_key(Text part, size_t size, Code& code) {
    name_bytes_.append(part.data(), part.size());
    names_.push_back({name_bytes_.size() - size, size});
    sink_.push_key(part);
    return has_noncharacter(name(names_.size() - 1)) ? refuse(code, "a noncharacter in a name") : true;
  }
  bool on_string_part(Text part, size_t, Code& code) {
    sink_.push_chars(part);
    return check_characters(part, code);
  }
  bool on_string(Text part, size_t, Code& code) {
    if (!check_characters(part, code)) return false;
    string_tail_.clear();
    sink_.push_string(part);
    return value_done();
  }

  bool on_number_part(Text part, Code&) {
    number_.append(part.data(), part.size());
    return true;
  }
  bool on_int64(int64_t number, Text, Code& code) {
    number_.clear();
    if (number < -greatest_integer || number > greatest_integer) return refuse_integer(code);
    sink_.push_int64(number);
    return value_done();
  }
  bool on_uint64(uint64_t, Text, Code& code) { return refuse_integer(code); }
  bool on_double(double nearly, Text last_part, Code& code) {
    number_.append(last_part.data(), last_part.size());
    if (number_.find_first_of(".eE") == std::string::npos) return refuse_integer(code);
    if (numbers_ == Numbers::integers_only) {
      return refuse(code, "a point or an exponent, where only integers are taken");
    }
    double exactly = 0;
    auto const [end, status] = std::from_chars(number_.data(), number_.data() + number_.size(), exactly);
    if (status == std::errc::result_out_of_range) {
      if (std::fabs(nearly) > 1) return refuse(code, "a number beyond the range of a double");
      exactly = std::copysign(0.0, nearly);
    }
    if (std::isinf(exactly)) return refuse(code, "a number beyond the range of a double");
    number_.clear();
    sink_.push_double(exactly);
    return value_done();
  }

  bool on_bool(bool value, Code&) {
    sink_.push_bool(value);
    return value_done();
  }
  bool on_null(Code&) {
    sink_.push_null();
    return value_done();
  }
  bool on_comment_part(Text, Code&) { return true; }
  bool on_comment(Text, Code&) { return true; }

 private:
  enum class Kind { object, array };
  struct Level {
    Kind kind;
    size_t first_name;  // in names_, of an object
    size_t count;       // finished elements, of an array
  };
  struct Name {
    size_t begin, size;
  };

  std::string_view name(size_t i) const {
    return std::string_view(name_bytes_).substr(names_[i].begin, names_[i].size);
  }

  bool open(Kind kind, Code& code) {
    if (levels_.size() >= limits::json_depth) {
      return refuse(code, "nested more than " + std::to_string(limits::json_depth) + " deep");
    }
    levels_.push_back({kind, names_.size(), 0});
    return true;
  }

  bool value_done() {
    if (!levels_.empty()) ++levels_.back().count;
    return true;
  }

  // A character may be cut in two between parts of one string.
  bool check_characters(Text part, Code& code) {
    std::string_view checked(part.data(), part.size());
    if (!string_tail_.empty()) checked = string_tail_.append(checked);
    if (has_noncharacter(checked)) return refuse(code, "a noncharacter in a string");
    string_tail_ = std::string(checked.substr(checked.size() - std::min<size_t>(checked.size(), 3)));
    return true;
  }

  bool refuse_integer(Code& code) { return refuse(code, "an integer beyond 2^53-1 either way"); }
  bool refuse(Code& code, std::string detail) { return refuse(code, std::move(detail), pointer()); }
  bool refuse(Code& code, std::string detail, std::string pointer) {
    refusal_ = Error{ErrorCode::bad_input, "not I-JSON: " + std::move(detail), std::move(pointer)};
    code = boost::json::error::syntax;
    return false;
  }

  Numbers const numbers_;
  Sink sink_;
  std::vector<Level> levels_;
  std::vector<Name> names_;
  std::string name_bytes_;
  std::vector<std::string_view> views_;
  std::string string_tail_;
  std::string number_;
  std::optional<Error> refusal_;
};

// Runs the whole of `text` past the rules. On success the sink of `parser` holds the value.
template <class Sink>
Result<void> check(BytesView text, boost::json::basic_parser<Checker<Sink>>& parser) {
  if (text.empty()) return fail(ErrorCode::bad_input, "not JSON: nothing there");
  boost::json::error_code code;
  size_t const used = parser.write_some(false, text.data(), text.size(), code);
  if (parser.handler().refusal()) return std::unexpected(*parser.handler().refusal());
  if (!code && used < text.size()) code = boost::json::error::extra_data;
  if (!code) return {};
  return fail(ErrorCode::bad_input, "not JSON: " + code.message() + " at byte " + std::to_string(used),
              parser.handler().pointer());
}

inline boost::json::parse_options checker_options() {
  boost::json::parse_options options;
  options.max_depth = limits::json_depth + 1;  // so that the Checker's own limit is the one that is met
  return options;
}

}  // namespace comity::json
