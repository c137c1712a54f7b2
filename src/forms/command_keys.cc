// Keys of a party, and issuers of tokens with theirs (25-isolation B5, C5, G8).
#include <algorithm>

#include "base/contains.h"
#include "base/limits.h"
#include "commands/allow_issuer.h"
#include "commands/object_to_recovery.h"
#include "commands/recover_key.h"
#include "commands/register_issuer.h"
#include "commands/revoke_issuer.h"
#include "commands/revoke_key.h"
#include "commands/rotate_key.h"
#include "crypto/base64.h"
#include "crypto/ed25519.h"
#include "crypto/token_key.h"
#include "forms/command_parts.h"
#include "forms/shapes.h"
#include "model/names.h"

namespace comity::forms {
namespace {

constexpr Word<model::KeyPurpose> purposes[] = {{"bind", model::KeyPurpose::bind},
                                                {"recovery", model::KeyPurpose::recovery}};
constexpr Word<model::TokenAlgorithm> algorithms[] = {{"RS256", model::TokenAlgorithm::rs256},
                                                      {"ES256", model::TokenAlgorithm::es256},
                                                      {"EdDSA", model::TokenAlgorithm::eddsa}};
constexpr Word<bool> answers[] = {{"yes", true}, {"no", false}};
constexpr Word<uint32_t> right_words[] = {{"read", model::right::read},
                                          {"contribute", model::right::contribute},
                                          {"file", model::right::file},
                                          {"acknowledge", model::right::acknowledge}};

Shape const issuer_slug{model::is_slug,
                        "must be 2 to 32 lower-case letters, digits or hyphens, a letter first"};
Shape const issuer_url{model::is_issuer_url, "must be what its tokens say as `iss`: visible ASCII"};
bool is_issuer(std::string_view text) { return model::split_office(text).has_value(); }
Shape const issuer_name{is_issuer, "must be a party and its name for it, like \"ru/login\""};

// Kinds of acts that a party signs, each once.
std::vector<model::CommandKind> read_acts(Place const& place) {
  std::vector<model::CommandKind> acts;
  for (Place const& element : place.elements(limits::acts_of_key)) {
    auto const word = element.text();
    auto const kind = word ? model::command_kind(*word) : std::nullopt;
    bool const signs = kind && is_signed(*kind) && !is_signed_by_officer(*kind);
    if (word && !signs) element.refuse("must be a kind of act that a party signs");
    if (signs && contains(acts, *kind)) element.refuse("is there already");
    if (signs) acts.push_back(*kind);
  }
  if (acts.empty()) place.refuse("must name an act; without it the key may sign all");
  std::ranges::sort(acts);
  return acts;
}

commands::NewKey read_new_key(Reading const& reading, Place const& place) {
  commands::NewKey made;
  Members members(place);
  if (auto const key = members.required("key")) read_public_key(reading, *key, made.id, made.octets);
  members.take_word("purpose", made.purpose, purposes);
  auto const acts = members.optional("acts");
  if (acts && made.purpose == model::KeyPurpose::recovery)
    acts->refuse("a recovery key changes keys, and signs nothing else");
  else if (acts)
    made.acts = read_acts(*acts);
  return made;
}

model::TokenKey read_token_key(Reading const& reading, Place const& place) {
  model::TokenKey made;
  Members members(place);
  if (auto const name = members.optional("name")) made.name = read_shaped(*name, heading);
  members.take_word("algorithm", made.algorithm, algorithms);
  auto const key = members.required("key");
  auto const text = key ? key->text() : std::nullopt;
  if (!text) return made;
  auto const algorithm = static_cast<crypto::TokenAlgorithm>(made.algorithm);
  auto const der = crypto::from_base64(*text);
  auto const read = der ? crypto::read_token_key(algorithm, *der) : fail(ErrorCode::bad_input, "");
  if (!read)
    key->refuse("must be a public key of this algorithm: SubjectPublicKeyInfo in base64");
  else
    made.octets = *read, made.id = crypto::token_key_id(algorithm, *read);
  if (read && reading.tools.is_key_of_centre(made.id)) key->refuse("this key is one of the centre's own");
  return made;
}

}  // namespace

void read_public_key(Reading const& reading, Place const& place, std::string& id,
                     std::array<uint8_t, 32>& octets) {
  auto const text = place.text();
  auto const bytes = text ? crypto::from_base64(*text) : fail(ErrorCode::bad_input, "");
  auto const key = bytes ? crypto::PublicKey::from(*bytes) : fail(ErrorCode::bad_input, "");
  if (!key) return place.refuse("must be an Ed25519 public key: 32 bytes in base64");
  octets = key->octets;
  id = crypto::key_id(*key);
  if (reading.tools.is_key_of_centre(id)) place.refuse("this key is one of the centre's own");
}

uint32_t take_rights(Members& members, std::string_view key) { return take_bits(members, key, right_words); }

void read_rotate_key(Reading& reading) {
  commands::RotateKey made;
  Members members(reading.place());
  if (auto const keys = members.required("keys"))
    for (Place const& element : keys->elements(limits::keys_in_act))
      made.keys.push_back(read_new_key(reading, element));
  if (auto const ends = members.optional("ends"))
    made.ends = read_strings(*ends, key_name, limits::keys_in_act, Emptiness::refused);
  if (auto const needed = members.optional("recovery_needed"))
    made.recovery_needed = static_cast<uint32_t>(needed->integer(1, limits::keys_in_act).value_or(0));
  reading.out.command.body = codec::encode(made);
}

void read_revoke_key(Reading& reading) {
  commands::RevokeKey made;
  Members members(reading.place());
  take_shaped(members, "ends", key_name, made.key);
  reading.out.command.body = codec::encode(made);
}

void read_recover_key(Reading& reading) {
  commands::RecoverKey made;
  Members members(reading.place());
  take_shaped(members, "party", party_name, made.party);
  if (auto const key = members.required("key")) read_public_key(reading, *key, made.key_id, made.key);
  reading.out.command.body = codec::encode(made);
}

void read_object_to_recovery(Reading& reading) {
  commands::ObjectToRecovery made;
  Members members(reading.place());
  take_shaped(members, "new_key", key_name, made.new_key);
  reading.out.command.body = codec::encode(made);
}

void read_register_issuer(Reading& reading) {
  commands::RegisterIssuer made;
  Members members(reading.place());
  take_shaped(members, "issuer", issuer_slug, made.issuer);
  take_shaped(members, "url", issuer_url, made.url);
  if (auto const offices = members.optional("offices"))
    made.offices = read_strings(*offices, office_name, limits::offices_per_party, Emptiness::refused);
  made.rights = take_rights(members, "rights");
  made.roles = take_roles_if_any(members, "roles");
  if (auto const keys = members.required("keys"))
    for (Place const& element : keys->elements(limits::issuer_keys))
      made.keys.push_back(read_token_key(reading, element));
  reading.out.command.body = codec::encode(made);
}

void read_allow_issuer(Reading& reading) {
  commands::AllowIssuer made;
  Members members(reading.place());
  take_shaped(members, "issuer", issuer_name, made.issuer);
  take_shaped(members, "url", issuer_url, made.url);
  if (auto const allowed = members.optional("allowed")) made.allowed = allowed->word(answers).value_or(true);
  reading.out.command.body = codec::encode(made);
}

void read_revoke_issuer(Reading& reading) {
  commands::RevokeIssuer made;
  Members members(reading.place());
  take_shaped(members, "issuer", issuer_name, made.issuer);
  reading.out.command.body = codec::encode(made);
}

}  // namespace comity::forms
