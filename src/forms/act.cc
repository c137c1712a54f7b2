#include "forms/act.h"

#include <algorithm>

#include "base/contains.h"
#include "crypto/base64.h"
#include "crypto/sha256.h"
#include "forms/reader.h"
#include "forms/shapes.h"
#include "json/canonical.h"
#include "json/pointer.h"

namespace comity::forms {
namespace {

using model::SignedAct;

Error first_of(Problems& problems) {
  Problem problem = problems.take().front();
  return {ErrorCode::bad_input, std::move(problem.reason), std::move(problem.pointer)};
}

// G8: strings and integers only, whatever they are arranged in.
void check_plain(Place const& place) {
  if (auto const* object = place.value().if_object()) {
    for (auto const& member : *object)
      check_plain(Place(member.value(), json::pointer_to(place.pointer(), std::string_view(member.key())),
                        place.problems()));
  } else if (place.value().is_array()) {
    for (Place const& element : place.elements(limits::act_bytes)) check_plain(element);
  } else if (!place.value().is_string() && !place.value().is_int64()) {
    place.refuse("an act holds strings and integers only");
  }
}

void read_common(Place const& place, SignedAct& act) {
  Members members(place);
  members.allow_others();  // those of its kind
  members.take_text("kind", act.kind);
  take_shaped(members, "centre", origin, act.centre);
  take_shaped(members, "party", party_name, act.party);
  take_shaped(members, "founding_key", key_name, act.founding_key);
  take_shaped(members, "office", office_name, act.office);
  take_shaped(members, "key", key_name, act.key);
  if (auto const seq = members.required("seq"))
    act.seq = static_cast<uint64_t>(seq->integer(1, json::greatest_integer).value_or(0));
  members.take_time("not_after", act.not_after);
  if (!act.office.empty() && !act.party.empty() && !act.office.starts_with(act.party + "/"))
    place.problems().add(place.pointer() + "/office", "must be an office of the act's party");
}

void read_signature(Place const& place, SignedAct& act) {
  std::string key, value;
  {
    Members members(place);
    take_shaped(members, "key", key_name, key);
    members.take_text("value", value);
  }
  if (!place.problems().none()) return;
  if (contains(act.signatures, key, &model::ActSignature::key))
    return place.problems().add(place.pointer() + "/key", "this key has signed already");
  auto const octets = crypto::from_base64(value);
  auto const signature = octets ? crypto::Signature::from(*octets) : fail(ErrorCode::bad_input, "");
  if (!signature) return place.problems().add(place.pointer() + "/value", "must be 64 bytes in base64");
  act.signatures.push_back({std::move(key), signature->octets});
}

void read_signatures(Place const& place, SignedAct& act) {
  auto const signatures = place.elements(limits::act_signatures);
  for (Place const& one : signatures) read_signature(one, act);
  if (!place.problems().none()) return;
  if (signatures.empty()) return place.refuse("must have a signature");
  if (!contains(act.signatures, act.key, &model::ActSignature::key))
    place.problems().add(place.pointer() + "/0/key", "must be the key that the act names");
}

Result<SignedAct> read_parts(Place const& act_place, Place const& signatures_place) {
  SignedAct act;
  Problems& problems = act_place.problems();
  read_common(act_place, act);
  check_plain(act_place);
  if (problems.none()) read_signatures(signatures_place, act);
  if (!problems.none()) return std::unexpected(first_of(problems));
  act.text = TRY(json::canonical(act_place.value()));
  if (act.text.size() > limits::act_bytes) return fail(ErrorCode::too_large, "the act is too long", "/act");
  return act;
}

}  // namespace

Result<SignedAct> read_act(json::Value const& act, json::Value const& signatures) {
  Problems problems;
  return read_parts(Place(act, "/act", problems), Place(signatures, "/signatures", problems));
}

Result<SignedAct> read_act(BytesView document) {
  json::Value const value = TRY(json::parse(document, limits::act_bytes));
  Problems problems;
  std::optional<Place> act, signatures;
  {
    Members members(Place(value, "", problems));
    act = members.required("act");
    signatures = members.required("signatures");
  }
  if (!problems.none()) return std::unexpected(first_of(problems));
  return read_parts(*act, *signatures);
}

Bytes signed_bytes(std::string_view canonical_act) { return "comity-act/1\n" + std::string(canonical_act); }

bool verify_signature(SignedAct const& act, model::ActSignature const& signature,
                      crypto::PublicKey const& key) {
  return crypto::verify(key, signed_bytes(act.text), crypto::Signature{signature.value});
}

bool verify_act(SignedAct const& act, crypto::PublicKey const& key) {
  auto const own = std::ranges::find(act.signatures, act.key, &model::ActSignature::key);
  return own != act.signatures.end() && verify_signature(act, *own, key);
}

Digest digest_of_act(SignedAct const& act) {
  Bytes all = signed_bytes(act.text);
  for (model::ActSignature const& one : act.signatures)
    all.append(reinterpret_cast<char const*>(one.value.data()), one.value.size());
  return crypto::sha256(all);
}

Result<json::Value> sign_act(json::Object const& act, crypto::SecretKey const& secret,
                             std::span<crypto::SecretKey const> others) {
  std::string const text = TRY(json::canonical(act));
  json::Array signatures;
  auto const sign = [&](crypto::SecretKey const& key) {
    std::string const value = crypto::to_base64(key.sign(signed_bytes(text)).view());
    signatures.push_back(json::Object{{"key", crypto::key_id(key.public_key())}, {"value", value}});
  };
  sign(secret);
  for (crypto::SecretKey const& other : others) sign(other);
  json::Value document =
      json::Object{{"act", TRY(json::parse(text, limits::act_bytes))}, {"signatures", std::move(signatures)}};
  TRY(read_act(document.at("act"), document.at("signatures")));
  return document;
}

Result<json::Value> add_signature(json::Value document, crypto::SecretKey const& secret) {
  model::SignedAct const act = TRY(read_act(json::write(document)));
  std::string const value = crypto::to_base64(secret.sign(signed_bytes(act.text)).view());
  std::string const id = crypto::key_id(secret.public_key());
  json::Array& all = document.at("signatures").get_array();
  bool const is_there =
      std::ranges::any_of(all, [&](json::Value const& one) { return one.at("key") == json::Value(id); });
  if (!is_there) all.push_back(json::Object{{"key", id}, {"value", value}});
  TRY(read_act(document.at("act"), document.at("signatures")));
  return document;
}

}  // namespace comity::forms
