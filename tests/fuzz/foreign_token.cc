// Tokens of other issuers, from strangers: refused with a reason, or read; what was read is for this audience, within its time,
// and its signed text is where the signature begins. Whatever is read, the issuer that is asked is the one that was read.
#include "forms/foreign_token.h"

#include "base/ensure.h"
#include "base/limits.h"

using namespace comity;

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  constexpr UtcTime now{1'767'225'600'000'000};  // 2026-01-01
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const token = forms::read_foreign_token(text, "centre.example", now);
  if (!token) {
    ensure(token.error().code == ErrorCode::unauthenticated && !token.error().detail.empty());
    return 0;
  }
  ensure(token->expires > now && token->issued <= now + limits::token_clock_step);
  ensure(!token->issuer.empty() && !token->subject.empty() && !token->id.empty());
  ensure(text.starts_with(token->signed_text) && text[token->signed_text.size()] == '.');
  ensure(forms::issuer_said(text) == token->issuer);
  return 0;
}
