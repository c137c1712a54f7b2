#include "cli/acts.h"

#include <algorithm>
#include <charconv>

#include "base/limits.h"
#include "cli/kept_acts.h"
#include "cli/key_file.h"
#include "cli/members.h"
#include "crypto/sha256.h"
#include "forms/act.h"
#include "json/canonical.h"

namespace comity::cli {
namespace {

Result<std::string> member(json::Value const& object, std::string_view name) {
  std::string text = text_at(object, name);
  if (text.empty())
    return fail(ErrorCode::bad_input,
                "the centre does not say its " + std::string(name) + "; sign offline instead");
  return text;
}

Result<json::Value> object_at(json::Value const& object, std::string_view name) {
  auto const* members = object.if_object();
  auto const* value = members ? members->if_contains(name) : nullptr;
  if (!value || !value->is_object())
    return fail(ErrorCode::bad_input,
                "the centre does not say your " + std::string(name) + "; acts are signed as an office");
  return *value;
}

Result<int64_t> parse_seq(std::string const& text) {
  int64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 1)
    return fail(ErrorCode::bad_input, "--seq takes a whole number from 1");
  return value;
}

}  // namespace

Result<json::Object> act_base(json::Value const& me, std::string_view kind, crypto::PublicKey const& key,
                              Duration life) {
  auto const centre = TRY(object_at(me, "centre"));
  auto const party = TRY(object_at(me, "party"));
  auto const* last_seq = party.as_object().if_contains("last_seq");
  if (!last_seq || !last_seq->is_int64())
    return fail(ErrorCode::bad_input, "the centre does not say the party's last sequence number");
  auto const now = parse_time(text_at(me, "time"));
  if (!now) return fail(ErrorCode::bad_input, "the centre does not say what time it has");
  return json::Object{{"kind", kind},
                      {"centre", TRY(member(centre, "origin"))},
                      {"party", TRY(member(party, "party"))},
                      {"founding_key", TRY(member(party, "founding_key"))},
                      {"office", TRY(member(me, "office"))},
                      {"key", crypto::key_id(key)},
                      {"seq", std::max(last_seq->as_int64() + 1, now->us)},
                      {"not_after", to_text(*now + life)}};
}

Result<Digest> text_hash_of(json::Value const& agreement) {
  auto const* members = agreement.if_object();
  if (!members) return fail(ErrorCode::bad_input, "an agreement is a JSON object");
  json::Object text = *members;
  text.erase("status");
  return crypto::sha256(TRY(json::canonical(text)));
}

Result<crypto::SecretKey> key_of(Call const& call, Credential const& credential) {
  std::string const path = call.has("--key") ? call.text("--key") : credential.key_file;
  if (path.empty())
    return fail(ErrorCode::bad_input,
                "signing needs the party's key: --key FILE, or key = \"FILE\" in the credentials file");
  return read_key(path);
}

static Result<http::Response> post_act(Call const& call, Remote& remote, std::string const& kind,
                                       json::Value const& me, json::Object const& members,
                                       json::Value const& body) {
  auto const key = TRY(key_of(call, remote.credential()));
  auto act = TRY(act_base(me, kind, key.public_key()));
  for (auto const& one : members) act[one.key()] = one.value();
  auto document = TRY(forms::sign_act(act, key));
  document.as_object()["kind"] = kind;
  if (!body.is_null()) document.as_object()["body"] = body;
  return post_command(remote, document.as_object());
}

Result<json::Value> signed_document(Remote& remote, UnsignedAct const& unsigned_act,
                                    crypto::SecretKey const& key,
                                    std::vector<crypto::SecretKey> const& others) {
  auto const me = TRY(value_of(remote.get("/api/v1/me")));
  auto act = TRY(act_base(me, unsigned_act.kind, key.public_key(), unsigned_act.life));
  for (auto const& one : unsigned_act.members) act[one.key()] = one.value();
  return forms::sign_act(act, key, others);
}

Result<http::Response> post_signed(Call const& call, Remote& remote, std::string const& kind,
                                   json::Object const& members) {
  return post_act(call, remote, kind, TRY(value_of(remote.get("/api/v1/me"))), members, {});
}

Result<http::Response> post_host_act(Call const& call, Remote& remote, std::string const& kind,
                                     json::Object const& members, json::Value const& body) {
  auto me = TRY(value_of(remote.get("/api/v1/me")));
  auto const host = TRY(value_of(remote.get("/api/v1/host")));
  std::string const standing = text_at(host, "log_stands_still_at");
  if (!standing.empty() && me.is_object()) me.as_object()["time"] = standing;
  return post_act(call, remote, kind, me, members, body);
}

Result<json::Value> sign_offline(OfflineAct const& offline, crypto::SecretKey const& key) {
  json::Value const document = TRY(json::parse(offline.document, limits::act_bytes));
  auto const* members = document.if_object();
  if (!members) return fail(ErrorCode::bad_input, "an act is a JSON object");
  auto const* inner = members->if_contains("act");
  if (inner && members->contains("signatures")) return forms::add_signature(document, key);
  json::Object act = inner && inner->is_object() ? inner->as_object() : *members;
  if (!act.contains("key")) act["key"] = crypto::key_id(key.public_key());
  if (!act.contains("not_after")) act["not_after"] = to_text(offline.now + offline_life);
  if (!offline.seq.empty()) act["seq"] = TRY(parse_seq(offline.seq));
  if (!act.contains("seq"))
    return fail(ErrorCode::bad_input, "the act has no seq; give the party's next number with --seq");
  return forms::sign_act(act, key);
}

}  // namespace comity::cli
