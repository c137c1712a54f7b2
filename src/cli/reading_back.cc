#include "cli/reading_back.h"

#include "base/limits.h"
#include "cli/members.h"
#include "cli/remote.h"
#include "crypto/sha256.h"
#include "json/canonical.h"

namespace comity::cli {

Result<std::optional<Digest>> read_back_of(json::Value const& notice) {
  auto const content = member_of(notice, "content");
  if (!content.is_object()) return std::optional<Digest>();
  Digest const own = crypto::sha256(TRY(json::canonical(content)));
  if (text_at(notice, "read_back") != to_hex(own))
    return fail(ErrorCode::corrupt,
                "the centre's digest of this notice is not that of what it says; nothing is answered. Call "
                "the contact, "
                "and the operator of the centre");
  return std::optional(own);
}

Result<Digest> typed_read_back(Call const& call) {
  if (call.has("--read-back-hash")) {
    Digest digest;
    if (from_hex(call.text("--read-back-hash"), digest)) return digest;
    return fail(ErrorCode::bad_input, "--read-back-hash is 64 hexadecimal digits");
  }
  std::string const text = call.text("--read-back");
  auto const value = json::parse(text, limits::request_body_bytes);
  if (!value || !value->is_object())
    return fail(ErrorCode::bad_input,
                "--read-back is the content of the notice as you have it, in JSON; without the option what "
                "is shown to you "
                "is read back");
  return crypto::sha256(TRY(json::canonical(*value)));
}

}  // namespace comity::cli
