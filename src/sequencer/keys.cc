#include "sequencer/keys.h"

#include "codec/codec.h"
#include "commands/genesis.h"
#include "release/ids.h"

namespace comity::sequencer {
namespace {

constexpr unsigned private_file = 0600, private_folder = 0700;

Result<crypto::SymmetricKey> load(Seam seam, std::string const& path) {
  crypto::SecretText const octets(TRY(seam.files.read(path)));
  return crypto::SymmetricKey::from(octets.text());
}

}  // namespace

Result<void> make_keys(Seam seam, std::string const& folder) {
  TRY_VOID(seam.files.make_folder(folder, private_folder));
  for (char const* name : {"prf", "cursor", "comparison"}) {
    auto const key = crypto::SymmetricKey::generate(seam.entropy);
    TRY_VOID(seam.files.write(folder + "/" + name, key.view(), private_file));
  }
  TRY_VOID(seam.files.write(folder + "/issuer.pem", crypto::Es256Key::generate().private_pem.text(),
                            private_file));
  return seam.files.write(folder + "/ticket", crypto::SecretKey::generate(seam.entropy).seed(), private_file);
}

Result<void> are_of_this_centre(Keys const& keys, journal::Reader const& reader) {
  model::Record const first = TRY(reader.read(0));
  auto const genesis = codec::decode<commands::Genesis>(first.command.body);
  if (genesis && genesis->identity == release::centre_identity_id(keys.prf, genesis->origin)) return {};
  return fail(ErrorCode::corrupt,
              "the keys in the directory are those of another centre: no id, cursor or password of this one "
              "would hold. Put its own keys there");
}

Result<Keys> load_keys(Seam seam, std::string const& folder) {
  auto prf = TRY(load(seam, folder + "/prf"));
  auto cursor = TRY(load(seam, folder + "/cursor"));
  auto comparison = TRY(load(seam, folder + "/comparison"));
  crypto::SecretText pem(TRY(seam.files.read(folder + "/issuer.pem")));
  auto issuer = TRY(crypto::Es256Key::from(std::move(pem)));
  crypto::SecretText const seed(TRY(seam.files.read(folder + "/ticket")));
  auto ticket = TRY(crypto::SecretKey::from_seed(seed.text()));
  return Keys{std::move(prf), std::move(cursor), std::move(comparison), std::move(issuer), std::move(ticket)};
}

}  // namespace comity::sequencer
