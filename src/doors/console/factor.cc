// A second factor: shown, confirmed by its first code, removed by a code. Whoever confirms one ends all other sessions and
// tokens of hers, as a new password does; the verifier is set anew with the secret beside it (commands/set_credential.h).
#include "codec/codec.h"
#include "commands/set_credential.h"
#include "crypto/totp.h"
#include "doors/console/room.h"
#include "release/told_console.h"

namespace comity::console {
namespace {

using http::Method;

http::Reply wrong_code() { return constant(422, "{\"title\":\"Wrong code\",\"status\":422}\n"); }

// Of the person as it is now; none: she has no password.
std::optional<crypto::Verifier> verifier_of(Room const& room, auth::Principal const& who) {
  PayloadKey const key = room.centre.read(
      [&](sequencer::Glimpse const& glimpse) { return glimpse.state.law.people[who.actor.key].credential; });
  if (key == 0) return std::nullopt;
  auto const bytes = room.centre.payload(key);
  if (!bytes) return std::nullopt;
  return crypto::read_verifier(*bytes);
}

void set_verifier(Room& room, VisitPtr visit, crypto::Verifier const& verifier) {
  Act act{model::CommandKind::set_credential,
          codec::encode(commands::SetCredential{name_of(room.centre, PersonKey(visit->who.actor.key))}),
          crypto::write_verifier(verifier)};
  submit(room, visit, visit->who, std::move(act), [&room, visit] {
    Pass pass = pass_of(room.centre, visit->who, limits::session_life);
    pass.until = visit->who.until;
    pass.at_latest = visit->who.at_latest;
    begin(room, *visit, pass);
  });
}

bool take_code(Room& room, Visit const& visit, crypto::TotpSecret const& secret, std::string const& code) {
  uint32_t const person = visit.who.actor.key;
  std::string const name = std::to_string(person);
  int64_t const now_us = room.centre.seam().clock.monotonic_us();
  Duration const wait = room.codes.wait(name, now_us);
  if (wait > Duration{})
    return answer(room, visit, auth::reply_of({auth::Denial::Why::backing_off, wait})), false;
  if (room.authenticator.takes_code(person, secret, code)) return true;
  room.codes.failed(name, now_us);
  return answer(room, visit, wrong_code()), false;
}

std::optional<std::string> code_in(Room const& room, Visit const& visit) {
  std::string code;
  bool const read = read_body(room, visit, [&](forms::Members& members) { members.take_text("code", code); });
  return read ? std::optional(code) : std::nullopt;
}

void enrol(Room& room, VisitPtr visit) {
  auto const verifier = verifier_of(room, visit->who);
  if (!verifier || verifier->totp)
    return answer(room, *visit,
                  constant(409, "{\"title\":\"There is one, or no password\",\"status\":409}\n"));
  crypto::TotpSecret const secret = crypto::new_totp_secret(room.centre.seam().entropy);
  uint32_t const person = visit->who.actor.key;
  if (!room.enrolments.begin(person, secret, room.centre.seam().clock.now()))
    return answer(room, *visit, http::fixed_reply(503));
  answer(room, *visit,
         told(room, visit->who, [person, text = crypto::base32_of(secret)](release::Eyes const& eyes) {
           return release::tell_enrolment(eyes, PersonKey(person), text);
         }));
}

void confirm(Room& room, VisitPtr visit) {
  auto const code = code_in(room, *visit);
  if (!code) return;
  uint32_t const person = visit->who.actor.key;
  auto const secret = room.enrolments.of(person, room.centre.seam().clock.now());
  auto verifier = verifier_of(room, visit->who);
  if (!secret || !verifier || verifier->totp)
    return answer(room, *visit, constant(409, "{\"title\":\"None is being enrolled\",\"status\":409}\n"));
  if (!take_code(room, *visit, *secret, *code)) return;
  room.enrolments.end(person);
  verifier->totp = secret;
  set_verifier(room, visit, *verifier);
}

void remove(Room& room, VisitPtr visit) {
  auto const code = code_in(room, *visit);
  if (!code) return;
  auto verifier = verifier_of(room, visit->who);
  if (!verifier || !verifier->totp)
    return answer(room, *visit, constant(409, "{\"title\":\"There is none\",\"status\":409}\n"));
  if (!take_code(room, *visit, *verifier->totp, *code)) return;
  verifier->totp.reset();
  set_verifier(room, visit, *verifier);
}

// A verifier is read from the disk: not on an event loop. Whom an issuer let in sets no factor: hers is the provider's.
template <void (*serve)(Room&, VisitPtr)>
void worked(Room& room, VisitPtr visit) {
  if (visit->who.issuer != model::no_issuer)
    return answer(room, *visit, constant(403, "{\"title\":\"Forbidden\",\"status\":403}\n"));
  auto const work = [&room, visit] { serve(room, visit); };
  if (!room.workers.take(work, visit->who.office.value)) answer(room, *visit, http::fixed_reply(503));
}

constexpr Endpoint endpoints[] = {
    {Method::post, "/console/totp", Needs::session, worked<enrol>},
    {Method::put, "/console/totp", Needs::session, worked<confirm>},
    {Method::delete_, "/console/totp", Needs::session, worked<remove>},
};

}  // namespace

bool Enrolments::begin(uint32_t person, crypto::TotpSecret secret, UtcTime now) {
  std::lock_guard const lock(mutex_);
  std::erase_if(waiting_, [now](auto const& one) { return one.second.until <= now; });
  if (waiting_.size() >= limits::enrolments && !waiting_.contains(person)) return false;
  waiting_.insert_or_assign(person, Waiting{std::move(secret), now + limits::enrolment_life});
  return true;
}

std::optional<crypto::TotpSecret> Enrolments::of(uint32_t person, UtcTime now) const {
  std::lock_guard const lock(mutex_);
  auto const found = waiting_.find(person);
  if (found == waiting_.end() || found->second.until <= now) return std::nullopt;
  return found->second.secret;
}

void Enrolments::end(uint32_t person) {
  std::lock_guard const lock(mutex_);
  waiting_.erase(person);
}

std::span<Endpoint const> factor_endpoints() { return endpoints; }

}  // namespace comity::console
