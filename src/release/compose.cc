#include "release/compose.h"

#include "base/ensure.h"
#include "json/json.h"

namespace comity::release {
namespace {

std::string quoted(std::string_view text) { return json::write(json::Value(text)); }

std::string_view string_in(Told const& told) {
  ensure(told.value().is_string());
  auto const& text = told.value().get_string();
  return {text.data(), text.size()};
}

}  // namespace

void Composer::before_value() {
  if (levels_.empty()) {
    ensure(body_.empty());
    return;
  }
  Level& level = levels_.back();
  if (level.bracket == '{') {
    ensure(level.named);
    level.named = false;
  } else if (level.members++ != 0) {
    body_ += ',';
  }
}

Composer& Composer::raw(std::string_view json) {
  before_value();
  body_ += json;
  return *this;
}

Composer& Composer::begin(char bracket) {
  before_value();
  body_ += bracket;
  levels_.push_back({bracket});
  return *this;
}

Composer& Composer::end(char bracket) {
  ensure(!levels_.empty() && !levels_.back().named);
  ensure((levels_.back().bracket == '{') == (bracket == '}'));
  levels_.pop_back();
  body_ += bracket;
  return *this;
}

Composer& Composer::name(FixedText text) {
  ensure(!levels_.empty() && levels_.back().bracket == '{' && !levels_.back().named);
  if (levels_.back().members++ != 0) body_ += ',';
  levels_.back().named = true;
  body_ += quoted(text.text()) + ":";
  return *this;
}

Composer& Composer::text(FixedText text) { return raw(quoted(text.text())); }

Composer& Composer::joined(std::initializer_list<Piece> pieces) {
  std::string all;
  for (Piece const& piece : pieces) {
    if (auto const* fixed = std::get_if<FixedText>(&piece)) {
      all += fixed->text();
    } else {
      Told const& told = *std::get<Told const*>(piece);
      all += string_in(told);
      depend_on(told.epoch());
    }
  }
  return raw(quoted(all));
}

Composer& Composer::number(int64_t value) { return raw(std::to_string(value)); }
Composer& Composer::truth(Truth value) { return raw(value == Truth::yes ? "true" : "false"); }

Composer& Composer::told(Told const& told) {
  depend_on(told.epoch());
  return raw(json::write(told.value()));
}

Composer& Composer::token(Token const& token) { return raw(quoted(token.text())); }

Composer& Composer::part(Released<Bytes> const& part) {
  depend_on(part.epoch());
  return raw(part.value());
}

Composer& Composer::shown_text(Shown const& shown, std::string_view text) {
  depend_on(shown.epoch());
  return raw(quoted(text));
}

Released<Bytes> Composer::finish() {
  ensure(levels_.empty() && !body_.empty());
  return Egress::disclosed(std::move(body_), epoch_);
}

Released<Bytes> Composer::plain(Told const& told) {
  return Egress::disclosed(Bytes(string_in(told)), told.epoch());
}

}  // namespace comity::release
