#include "cli/key_file.h"

#include "cli/credentials.h"
#include "crypto/base64.h"

namespace comity::cli {
namespace {

std::string_view one_line(std::string_view text) {
  while (text.starts_with('#')) {
    auto const end = text.find('\n');
    if (end == text.npos) return {};
    text.remove_prefix(end + 1);
  }
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

}  // namespace

Result<crypto::SecretKey> read_key(std::string const& path) {
  auto const secret = crypto::SecretText(TRY(read_private_file(path)));
  auto const seed = crypto::from_base64(one_line(secret.text()));
  auto key = seed ? crypto::SecretKey::from_seed(*seed) : fail(ErrorCode::bad_input, "");
  if (!key) return fail(ErrorCode::bad_input, path + " is no key; `comity key new FILE` makes one");
  return key;
}

Result<crypto::SecretKey> make_key(std::string const& path, Seam seam) {
  if (seam.files.exists(path))
    return fail(ErrorCode::bad_input, path + " is there already, and a key is never overwritten");
  auto key = crypto::SecretKey::generate(seam.entropy);
  std::string const text = "# A private key of Comity, " + crypto::key_id(key.public_key()) +
                           ". Whoever has it can bind its party.\n" + crypto::to_base64(key.seed()) + "\n";
  TRY_VOID(seam.files.write(path, text, 0600));
  return key;
}

std::string public_text(crypto::PublicKey const& key) { return crypto::to_base64(key.view()); }

}  // namespace comity::cli
