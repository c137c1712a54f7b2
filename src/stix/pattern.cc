#include "stix/pattern.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/limits.h"
#include "base/result.h"
#include "base/time.h"
#include "stix/ids.h"
#include "stix/pattern_tokens.h"

namespace comity::stix {
namespace {

using Fault = std::unexpected<PatternFault>;
using Done = std::expected<void, PatternFault>;
// The object types that all of a comparison expression is about: of an AND of different ones, none.
struct Types {
  std::string_view only;  // empty: more than one, as an OR may have
};
using Compared = std::expected<Types, PatternFault>;

bool is_first_property(std::string_view name) {
  if (name == "id") return true;
  return name.size() >= 3 && name.size() <= 250 && std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

// The inside of a quoted literal with a letter before it.
std::string_view body_of(std::string_view literal) {
  auto const quote = literal.find('\'');
  return literal.substr(quote + 1, literal.size() - quote - 2);
}

bool is_zero(std::string_view number) { return number.find_first_of("123456789") == std::string_view::npos; }

class Parser {
 public:
  explicit Parser(std::string_view text) : words_(text) {}

  // pattern: observationExpressions EOF
  std::expected<Pattern, PatternFault> pattern() {
    TRY_VOID(observation_expressions());
    if (!at(Token::end)) return expected("the end of the pattern, or AND, OR, FOLLOWEDBY or a qualifier");
    return Pattern{never_matches_};
  }

 private:
  bool at(Token token) const { return words_.now().token == token; }

  bool take(Token token) {
    if (!at(token)) return false;
    words_.next();
    return true;
  }

  Fault expected(std::string_view what) const {
    auto const& word = words_.now();
    if (word.token == Token::bad) return Fault({word.at, std::string(word.fault)});
    return Fault({word.at, fmt::format("expected {}", what)});
  }

  Done need(Token token, std::string_view what) {
    if (!take(token)) return expected(what);
    return {};
  }

  // One more level of parentheses.
  struct Deeper {
    explicit Deeper(size_t& depth) : depth_(depth) { ++depth_; }
    ~Deeper() { --depth_; }
    Deeper(Deeper const&) = delete;
    Deeper& operator=(Deeper const&) = delete;
    size_t& depth_;
  };

  Done not_too_deep() const {
    if (depth_ <= limits::pattern_depth) return {};
    return Fault({words_.now().at, "too many parentheses inside one another"});
  }

  // FOLLOWEDBY binds least, then OR, then AND.
  Done observation_expressions() {
    do TRY_VOID(observation_expression_or());
    while (take(Token::followedby));
    return {};
  }

  Done observation_expression_or() {
    do TRY_VOID(observation_expression_and());
    while (take(Token::or_word));
    return {};
  }

  Done observation_expression_and() {
    do TRY_VOID(observation_expression());
    while (take(Token::and_word));
    return {};
  }

  Done observation_expression() {
    if (take(Token::left_bracket)) {
      TRY_VOID(comparison_expression());
      TRY_VOID(need(Token::right_bracket, "AND, OR or `]`"));
    } else if (take(Token::left_parenthesis)) {
      Deeper const deeper(depth_);
      TRY_VOID(not_too_deep());
      TRY_VOID(observation_expressions());
      TRY_VOID(need(Token::right_parenthesis, "`)`"));
    } else {
      return expected("`[` or `(`");
    }
    for (;;) {
      if (take(Token::start))
        TRY_VOID(start_stop_qualifier());
      else if (take(Token::within))
        TRY_VOID(within_qualifier());
      else if (take(Token::repeats))
        TRY_VOID(repeated_qualifier());
      else
        return {};
    }
  }

  Done start_stop_qualifier() {
    auto const start = words_.now();
    TRY_VOID(need(Token::timestamp, "a time, as t'2016-06-01T00:00:00Z'"));
    TRY_VOID(need(Token::stop, "STOP"));
    auto const stop = words_.now();
    TRY_VOID(need(Token::timestamp, "a time, as t'2016-06-01T00:00:00Z'"));
    if (*parse_stix_time(body_of(stop.text)) <= *parse_stix_time(body_of(start.text)))
      return Fault({stop.at, "STOP is after START"});
    return {};
  }

  Done within_qualifier() {
    auto const number = words_.now();
    if (!take(Token::integer) && !take(Token::fraction)) return expected("a number of seconds");
    if (is_zero(number.text)) return Fault({number.at, "a window is longer than nothing"});
    return need(Token::seconds, "SECONDS");
  }

  Done repeated_qualifier() {
    auto const number = words_.now();
    TRY_VOID(need(Token::integer, "how often"));
    if (is_zero(number.text)) return Fault({number.at, "a repetition happens at least once"});
    return need(Token::times, "TIMES");
  }

  Compared comparison_expression() {
    auto types = TRY(comparison_expression_and());
    while (take(Token::or_word)) {
      auto const more = TRY(comparison_expression_and());
      if (more.only != types.only) types.only = {};
    }
    return types;
  }

  Compared comparison_expression_and() {
    auto types = TRY(prop_test());
    while (take(Token::and_word)) {
      auto const more = TRY(prop_test());
      if (!types.only.empty() && !more.only.empty() && more.only != types.only) never_matches_ = true;
      if (types.only.empty()) types = more;
    }
    return types;
  }

  Compared prop_test() {
    if (take(Token::left_parenthesis)) {
      Deeper const deeper(depth_);
      TRY_VOID(not_too_deep());
      auto const types = TRY(comparison_expression());
      TRY_VOID(need(Token::right_parenthesis, "`)`"));
      return types;
    }
    bool const negated = take(Token::not_word);
    if (take(Token::exists)) return object_path();
    if (negated) return expected("EXISTS");
    auto const types = TRY(object_path());
    take(Token::not_word);
    TRY_VOID(comparison());
    return types;
  }

  Done comparison() {
    if (take(Token::equal) || take(Token::not_equal)) return primitive_literal();
    if (take(Token::greater) || take(Token::less) || take(Token::greater_equal) || take(Token::less_equal))
      return orderable_literal();
    if (take(Token::in)) return set_literal();
    if (take(Token::like) || take(Token::matches) || take(Token::issubset) || take(Token::issuperset))
      return need(Token::text, "a text in single quotes");
    return expected("a comparison operator");
  }

  Done set_literal() {
    TRY_VOID(need(Token::left_parenthesis, "`(`"));
    if (take(Token::right_parenthesis)) return {};
    do TRY_VOID(primitive_literal());
    while (take(Token::comma));
    return need(Token::right_parenthesis, "`,` or `)`");
  }

  Done primitive_literal() {
    if (take(Token::boolean)) return {};
    return orderable_literal();
  }

  Done orderable_literal() {
    for (auto const literal :
         {Token::integer, Token::negative_integer, Token::fraction, Token::negative_fraction, Token::text,
          Token::binary, Token::hex, Token::timestamp})
      if (take(literal)) return {};
    return expected("a value; texts stand in single quotes");
  }

  // objectPath: objectType COLON firstPathComponent objectPathComponent?
  Compared object_path() {
    auto const type = words_.now();
    if (!take(Token::name) && !take(Token::hyphened_name)) return expected("a type of objects, or EXISTS");
    if (!is_type_name(type.text))
      return Fault({type.at, "a type of objects has 3 to 250 of a-z, 0-9 and single hyphens"});
    TRY_VOID(need(Token::colon, "`:`"));
    auto const first = words_.now();
    if (!take(Token::text)) {
      TRY_VOID(need(Token::name, "a property; a name with a hyphen stands in single quotes"));
      if (!is_first_property(first.text))
        return Fault({first.at, "a property's name is 3 to 250 of a-z, 0-9 and _"});
    }
    TRY_VOID(object_path_components());
    return Types{type.text};
  }

  Done object_path_components() {
    for (;;) {
      if (take(Token::point)) {
        if (!take(Token::name) && !take(Token::text))
          return expected("a property; a name with a hyphen stands in single quotes");
      } else if (take(Token::left_bracket)) {
        if (!take(Token::integer) && !take(Token::negative_integer) && !take(Token::asterisk))
          return expected("an index or `*`");
        TRY_VOID(need(Token::right_bracket, "`]`"));
      } else {
        return {};
      }
    }
  }

  PatternWords words_;
  size_t depth_ = 0;
  bool never_matches_ = false;
};

}  // namespace

std::expected<Pattern, PatternFault> read_pattern(std::string_view text) { return Parser(text).pattern(); }

}  // namespace comity::stix
