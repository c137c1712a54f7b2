#include "doors/auth/authenticator.h"

#include <atomic>
#include <map>

#include "crypto/certificate_pin.h"
#include "crypto/password.h"
#include "doors/auth/authorization.h"
#include "doors/auth/back_off.h"
#include "doors/auth/second_factor.h"
#include "doors/auth/tokens.h"
#include "doors/auth/verified.h"
#include "doors/http/slots.h"
#include "doors/http/workers.h"
#include "sequencer/tokens.h"

namespace comity::auth {
namespace {

std::unexpected<Denial> denied(Denial::Why why, Duration retry_after = {}) {
  return std::unexpected(Denial{why, retry_after});
}

// The numbers of offices in logs, each computed once: an office never changes its name.
class Numbers {
 public:
  uint64_t of(sequencer::Centre const& centre, OfficeKey key, std::string_view name) {
    std::lock_guard const lock(mutex_);
    auto const [place, fresh] = known_.try_emplace(key);
    if (fresh) {
      Digest const digest = crypto::prf(centre.keys().prf, "office in logs", name);
      for (size_t i = 0; i < 8; ++i) place->second = place->second << 8 | digest.octets[i];
    }
    return place->second;
  }

 private:
  std::mutex mutex_;
  std::map<OfficeKey, uint64_t> known_;
};

// Browsers say where a request comes from, and add these themselves.
bool is_of_browser(http::Request const& request) {
  return request.headers.has("Sec-Fetch-Site") || request.headers.has("Origin") ||
         request.headers.has("Cookie");
}

// The office as which a person comes in: the one it names, or the first that it has a role in.
OfficeKey office_of(state::Law const& law, model::Person const& person, std::string_view wanted) {
  for (auto const& [office, roles] : person.roles)
    if (roles != 0 && (wanted.empty() || law.office(office).name == wanted)) return office;
  return {};
}

}  // namespace

class Authenticator::Keeper {
 public:
  explicit Keeper(sequencer::Centre& owner)
      : centre(owner),
        codes(owner.seam().clock.now()),
        verified_(owner.seam().entropy),
        verified_tokens_(verified_.another()),
        users_(limits::failures_free_user),
        names_(limits::failures_free_name),
        addresses_(limits::failures_free_address),
        token_addresses_(limits::failures_free_tokens),
        workers_({static_cast<size_t>(limits::password_checks_at_once), limits::password_checks_waiting}) {}

  void basic(BasicCredential credential, std::string address, std::string wanted, Done done) {
    Digest const name = name_of(credential);
    if (auto known = verified_.find(name, now_us())) {
      Outcome outcome = come_in(*known, wanted);
      if (outcome || outcome.error().why == Denial::Why::wrong_office) return done(std::move(outcome));
      verified_.drop(name);
    }
    Duration const wait = wait_of(credential.user, address);
    if (wait > Duration{}) return done(denied(Denial::Why::backing_off, wait));
    if (!join(name, {std::move(wanted), done})) return;
    auto const job = [this, name, credential, address] { check(name, credential, address); };
    if (!workers_.take(job)) tell(name, denied(Denial::Why::busy));
  }

  // A certificate's key is proven by the handshake; only whose it is has to be asked, and that takes no time worth hiding:
  // a pin is no secret.
  void certificate(http::PeerCertificate certificate, std::string address, std::string wanted, Done done) {
    Digest const name = verified_.name_of(certificate);
    if (auto known = verified_.find(name, now_us())) {
      Outcome outcome = come_in(*known, wanted);
      if (outcome || outcome.error().why == Denial::Why::wrong_office) return done(std::move(outcome));
      verified_.drop(name);
    }
    if (Duration const wait = addresses_.wait(address, now_us()); wait > Duration{})
      return done(denied(Denial::Why::backing_off, wait));
    if (!join(name, {std::move(wanted), done})) return;
    auto const job = [this, name, certificate, address] { check(name, certificate, address); };
    if (!workers_.take(job)) tell(name, denied(Denial::Why::busy));
  }

  // What was kept is believed as long as the law has not changed under it; then the token itself is looked at again.
  // A check runs on the caller's thread, and its cost is that of keys that parties chose, so failures have to wait; not a token that
  // held before, or who shares its network with somebody else would be held up with every look at it.
  Outcome bearer(std::string const& token, std::string const& address, std::string_view wanted) {
    Digest const own = verified_tokens_.name_of_token(token, {});
    Digest const of_office = verified_tokens_.name_of_token(token, wanted);
    for (Digest const& name : {own, of_office}) {
      auto const known = verified_tokens_.find(name, now_us());
      bool const may_be_of_another = known && known->issuer != model::no_issuer && name != of_office;
      if (!known || may_be_of_another) continue;
      Outcome outcome = come_in(*known, wanted);
      if (outcome || outcome.error().why == Denial::Why::wrong_office) return outcome;
      verified_tokens_.drop(name);
    }
    bool const held = verified_tokens_.knew(own) || verified_tokens_.knew(of_office);
    Duration const wait = token_addresses_.wait(address, now_us());
    if (wait > Duration{} && !held) return denied(Denial::Why::backing_off, wait);
    auto read = read_token(centre, token, wanted);
    Outcome outcome = read ? come_in(*read, wanted) : denied(Denial::Why::unauthenticated);
    if (outcome) {
      Digest const& name = read->issuer == model::no_issuer ? own : of_office;
      verified_tokens_.keep(name, *read, outcome->office, now_us());
    } else if (outcome.error().why == Denial::Why::unauthenticated) {
      verified_tokens_.drop(own), verified_tokens_.drop(of_office);
      token_addresses_.failed(address, now_us());
    }
    return outcome;
  }

  Throttled throttled() {
    Throttled now{users_.waiting(now_us()), addresses_.waiting(now_us()) + token_addresses_.waiting(now_us()),
                  0};
    std::lock_guard const lock(mutex_);
    now.checks = waiting_.size();
    return now;
  }

  // `known` is an actor whose credential was verified; the office is filled in, or compared with the one wanted. Whoever
  // comes in is looked at again by the door; whoever does not is told no by what is durable.
  Outcome come_in(Principal const& known, std::string_view wanted) const {
    Outcome outcome = come_in(known, wanted, sequencer::Seeing::applied);
    return outcome ? outcome : come_in(known, wanted, sequencer::Seeing::durable);
  }

  sequencer::Centre& centre;
  SecondFactors codes;

 private:
  struct Waiter {
    std::string wanted;
    Done done;
  };

  int64_t now_us() const { return centre.seam().clock.monotonic_us(); }
  Duration wait_of(std::string const& user, std::string const& address) const {
    return std::max({users_.wait(from(user, address), now_us()), names_.wait(user, now_us()),
                     addresses_.wait(address, now_us())});
  }
  // What one network is told of a name depends on no success of another: else it would learn who comes in, and when.
  static std::string from(std::string const& user, std::string const& address) {
    return address + "\n" + user;
  }

  // One with a code has a check of its own, since a code counts once.
  Digest name_of(BasicCredential const& credential) {
    if (credential.code.empty()) return verified_.name_of(credential.user, credential.password);
    return verified_.name_of_check(checks_.fetch_add(1));
  }

  // True for the first who waits for this credential: it has the check made.
  bool join(Digest const& name, Waiter waiter) {
    std::lock_guard const lock(mutex_);
    auto& all = waiting_[name];
    all.push_back(std::move(waiter));
    return all.size() == 1;
  }

  Outcome come_in(Principal const& verified, std::string_view wanted, sequencer::Seeing seeing) const {
    return centre.see(seeing, [&](sequencer::Glimpse const& glimpse) -> Outcome {
      Principal known = verified;
      state::Law const& law = glimpse.state.law;
      bool const client = known.actor.kind == model::Actor::Kind::client;
      if (client) known.office = law.clients[known.actor.key].office;
      OfficeKey const first =
          client || known.office ? known.office : office_of(law, law.people[known.actor.key], {});
      OfficeKey const chosen = wanted.empty() || client || known.office
                                   ? first
                                   : office_of(law, law.people[known.actor.key], wanted);
      if (first.is_none()) return denied(Denial::Why::unauthenticated);
      known.office = first;
      if (!viewer_now(glimpse.state, known, centre.seam().clock.now()))
        return denied(Denial::Why::unauthenticated);
      if (chosen.is_none() || (!wanted.empty() && law.office(chosen).name != wanted))
        return denied(Denial::Why::wrong_office);
      known.office = chosen;
      known.withheld = withheld_now(law, known);
      known.office_number = numbers_.of(centre, chosen, law.office(chosen).name);
      return known;
    });
  }

  // On one of the two threads. Nobody of that name, or one who cannot come in by password, costs the same.
  void check(Digest const& name, BasicCredential const& credential, std::string const& address) {
    // Others of the same name may have failed while this one waited for its turn.
    if (Duration const wait = wait_of(credential.user, address); wait > Duration{})
      return tell(name, denied(Denial::Why::backing_off, wait));
    Principal principal;
    auto const stored = verifier_of(credential.user, principal);
    bool const has_password = stored && crypto::is_password_hash(stored->password.text);
    auto held = crypto::verify_password(has_password ? &stored->password : nullptr, credential.password);
    principal.with_code = has_password && stored->totp;
    if (held && principal.with_code &&
        !codes.take(principal.actor.key, *stored->totp, credential.code, centre.seam().clock.now()))
      held = fail(ErrorCode::unauthenticated, "");
    if (held) {
      users_.forget(from(credential.user, address));
      return tell(name, std::move(principal));
    }
    if (held.error().code == ErrorCode::busy) return tell(name, denied(Denial::Why::busy));
    users_.failed(from(credential.user, address), now_us());
    names_.failed(credential.user, now_us());
    addresses_.failed(address, now_us());
    tell(name, denied(Denial::Why::unauthenticated, wait_of(credential.user, address)));
  }

  void check(Digest const& name, http::PeerCertificate const& certificate, std::string const& address) {
    Principal principal;
    auto const pinned = verifier_of(certificate.common_name, principal);
    bool const client = principal.actor.kind == model::Actor::Kind::client;
    if (pinned && client && pinned->password.text == crypto::certificate_pin(certificate.key))
      return tell(name, std::move(principal));
    addresses_.failed(address, now_us());
    tell(name, denied(Denial::Why::unauthenticated, addresses_.wait(address, now_us())));
  }

  std::optional<crypto::Verifier> verifier_of(std::string const& user, Principal& principal) const {
    PayloadKey const key = centre.read([&](sequencer::Glimpse const& glimpse) -> PayloadKey {
      state::Law const& law = glimpse.state.law;
      auto const actor = sequencer::actor_named(law, user);
      if (!actor) return 0;
      principal.actor = *actor;
      if (actor->kind == model::Actor::Kind::client)
        return law.clients[actor->key].revoked == 0 ? law.clients[actor->key].credential : 0;
      return law.people[actor->key].revoked == 0 ? law.people[actor->key].credential : 0;
    });
    principal.credential = key;
    if (key == 0) return std::nullopt;
    auto bytes = centre.payload(key);
    if (!bytes) return std::nullopt;
    return crypto::read_verifier(*bytes);
  }

  // Kept is who comes in, or would as another office than the one it named: the next time it costs nothing.
  Outcome come_in_and_keep(Digest const& name, Principal const& checked, std::string_view wanted) {
    Outcome outcome = come_in(checked, wanted);
    if (checked.with_code) return outcome;
    if (outcome || outcome.error().why == Denial::Why::wrong_office)
      verified_.keep(name, checked, outcome ? outcome->office : OfficeKey(), now_us());
    return outcome;
  }

  void tell(Digest const& name, Outcome const& checked) {
    std::vector<Waiter> all;
    {
      std::lock_guard const lock(mutex_);
      all.swap(waiting_[name]);
      waiting_.erase(name);
    }
    for (Waiter& one : all)
      one.done(checked ? come_in_and_keep(name, *checked, one.wanted) : Outcome(checked));
  }

  Verified verified_, verified_tokens_;
  BackOff users_, names_, addresses_;  // a name from one network, from all, a network
  BackOff token_addresses_;            // a network, of tokens
  mutable Numbers numbers_;
  std::atomic<uint64_t> checks_ = 0;  // of credentials with a code, since the start
  std::mutex mutex_;
  std::map<Digest, std::vector<Waiter>> waiting_;
  http::Workers workers_;  // last: its threads end before what they use goes
};

Authenticator::Authenticator(sequencer::Centre& centre) : keeper_(std::make_unique<Keeper>(centre)) {}
Authenticator::~Authenticator() = default;
sequencer::Centre& Authenticator::centre() const { return keeper_->centre; }
Throttled Authenticator::throttled() const { return keeper_->throttled(); }

void Authenticator::authenticate(http::Request const& request, Done done) {
  auto const field = request.headers.find("Authorization");
  auto credential = field ? parse_authorization(*field) : std::nullopt;
  std::string wanted(request.headers.find("Comity-Office").value_or(""));
  if (!field && request.certificate && !is_of_browser(request))
    return keeper_->certificate(*request.certificate, http::network_of(request.peer), std::move(wanted),
                                std::move(done));
  if (!credential) return done(denied(Denial::Why::unauthenticated));
  if (auto* basic = std::get_if<BasicCredential>(&*credential)) {
    basic->code = request.headers.find("Comity-Code").value_or("");
    return keeper_->basic(std::move(*basic), http::network_of(request.peer), std::move(wanted),
                          std::move(done));
  }
  done(
      keeper_->bearer(std::get<BearerCredential>(*credential).token, http::network_of(request.peer), wanted));
}

void Authenticator::sign_in(SignIn typed, http::Request const& request, Done done) {
  auto const persons_only = [done = std::move(done)](Outcome&& outcome) {
    if (outcome && outcome->actor.kind != model::Actor::Kind::person)
      return done(denied(Denial::Why::unauthenticated));
    done(std::move(outcome));
  };
  keeper_->basic({std::move(typed.person), std::move(typed.password), std::move(typed.code)},
                 http::network_of(request.peer), std::move(typed.office), persons_only);
}

Outcome Authenticator::come_in(Principal const& known) const { return keeper_->come_in(known, ""); }

bool Authenticator::takes_code(uint32_t person, crypto::TotpSecret const& secret, std::string_view code) {
  return keeper_->codes.take(person, secret, code, keeper_->centre.seam().clock.now());
}

}  // namespace comity::auth
