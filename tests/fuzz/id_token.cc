// ID tokens, and what token endpoints answer, from strangers: refused with a reason, or read; what was read is of this login, within its
// time, and its signed text is where the signature begins.
#include "forms/id_token.h"

#include "base/ensure.h"
#include "base/limits.h"

using namespace comity;

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  constexpr UtcTime now{1'767'225'600'000'000};  // 2026-01-01
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const answered = forms::id_token_in(text);
  ensure(!answered || (!answered->empty() && answered->size() <= limits::id_token_bytes));
  auto const token = forms::read_id_token(text, {"https://login.example/ru", "comity", "n-1", now, now});
  if (!token) {
    ensure(token.error().code == ErrorCode::unauthenticated && !token.error().detail.empty());
    return 0;
  }
  ensure(!token->subject.empty() && token->issued <= now + limits::token_clock_step);
  ensure(text.starts_with(token->signed_text) && text[token->signed_text.size()] == '.');
  return 0;
}
