#include "release/told_doors.h"

#include "base/ensure.h"
#include "crypto/base64.h"
#include "crypto/token_key.h"
#include "release/ids.h"
#include "release/telling.h"

namespace comity::release {

Told tell_centre_name(Eyes const& eyes) { return Teller::tell(eyes, json::Value(eyes.state.centre.name)); }

Result<Told> tell_title(Eyes const& eyes, AgreementKey agreement) {
  if (!eyes.view.reads_text(agreement)) return hidden_or_absent();
  return Teller::tell(eyes, json::Value(eyes.state.law.agreement(agreement).text->title));
}

Result<Told> tell_party_slug(Eyes const& eyes, PartyKey party) {
  if (!eyes.view.knows(party)) return hidden_or_absent();
  return Teller::tell(eyes, json::Value(eyes.state.law.party(party).slug));
}

Result<Told> tell_party_name(Eyes const& eyes, PartyKey party) {
  if (!eyes.view.knows(party)) return hidden_or_absent();
  return Teller::tell(eyes, json::Value(eyes.state.law.party(party).name));
}

Result<Told> tell_collection_id(Eyes const& eyes, AgreementKey agreement, PartyKey from) {
  if (!eyes.view.knows(from)) return hidden_or_absent();
  std::string const name = "from " + eyes.state.law.party(from).slug;
  return Teller::tell(eyes,
                      json::Value(collection_id(eyes.keys, eyes.state.law, eyes.office(), agreement, name)));
}

Told tell_new_token(Eyes const& eyes, OfficeKey owner, std::string_view token, UtcTime expires) {
  ensure(owner == eyes.office());
  return Teller::tell(eyes, json::Object{{"token", token}, {"expires", to_text(expires)}});
}

Result<Told> tell_message(Eyes const& eyes, OfficeKey author, model::Ruling const& ruling) {
  if (author.is_none() || author != eyes.office()) return hidden_or_absent();
  std::string message;
  for (model::Reason const& reason : ruling.reasons) {
    if (!message.empty()) message += " ";
    message += std::string(model::name_of(reason.code)) + ": " + model::advice_of(reason.code);
  }
  return Teller::tell(eyes, json::Value(message));
}

Result<Told> tell_token_keys(std::string_view public_pem) {
  constexpr size_t coordinate = 32;  // octets; the two stand last
  auto const key = TRY(crypto::token_key_of_pem(public_pem));
  if (key.algorithm != crypto::TokenAlgorithm::es256 || key.der.size() < 2 * coordinate)
    return fail(ErrorCode::bad_input, "no key on P-256");
  BytesView const point = BytesView(key.der).substr(key.der.size() - 2 * coordinate);
  json::Object one{{"kty", "EC"},
                   {"crv", "P-256"},
                   {"x", crypto::to_base64url(point.substr(0, coordinate))},
                   {"y", crypto::to_base64url(point.substr(coordinate))},
                   {"alg", "ES256"},
                   {"use", "sig"},
                   {"kid", crypto::token_key_id(key.algorithm, key.der)}};
  return Teller::tell_timeless(json::Object{{"keys", json::Array{std::move(one)}}});
}

}  // namespace comity::release
