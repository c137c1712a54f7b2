#include "doors/auth/principal.h"

#include "base/mutant.h"
#include "sequencer/foreign_tokens.h"

namespace comity::auth {
namespace {

// What clients and persons have in common: revoked, verifier, and since when tokens count.
template <class Holder>
bool holds(Holder const& holder, Principal const& principal) {
  if (holder.revoked != 0 && !mutated(Mutant::revoked_user_comes_in)) return false;
  if (principal.token_id.empty()) return holder.credential == principal.credential;
  return principal.token_issued_after >= holder.tokens_since;
}

bool may_come_in(state::Law const& law, Principal const& principal) {
  if (principal.actor.kind == model::Actor::Kind::client) {
    model::Client const& client = law.clients[principal.actor.key];
    return holds(client, principal) && client.office == principal.office;
  }
  if (principal.actor.kind != model::Actor::Kind::person) return false;
  model::Person const& person = law.people[principal.actor.key];
  auto const roles = person.roles.find(principal.office);
  bool const of_issuer = principal.issuer == model::no_issuer || principal.issuer == person.issuer;
  return holds(person, principal) && of_issuer && roles != person.roles.end() &&
         (roles->second & ~withheld_now(law, principal)) != 0;
}

}  // namespace

uint32_t withheld_now(state::Law const& law, Principal const& principal) {
  if (principal.actor.kind != model::Actor::Kind::person) return principal.withheld;
  return model::withheld_roles(law.issuers, principal.issuer, principal.office);
}

std::optional<state::Viewer> viewer_now(state::State const& state, Principal const& principal, UtcTime now) {
  bool const revoked = state.revoked_tokens.contains(principal.token_id);
  if (now >= principal.until || (revoked && !mutated(Mutant::token_outlives_revocation))) return std::nullopt;
  if (principal.issuer != model::no_issuer &&
      !sequencer::still_stands(state.law, principal.issuer, principal.issuer_changed))
    return std::nullopt;
  if (!may_come_in(state.law, principal)) return std::nullopt;
  sequencer::Author author = principal.author();
  author.withheld = withheld_now(state.law, principal);
  return sequencer::viewer_of(state.law, author);
}

// The actor's key (2^30 of them), its kind, and the office's key and one.
uint64_t whose(Principal const& principal) {
  uint64_t const user = (uint64_t{principal.actor.key} << 2) | static_cast<uint64_t>(principal.actor.kind);
  return (user << 32) | (uint64_t{principal.office.value} + 1);
}

http::Cuts cuts_of(sequencer::Centre const& centre) {
  return [&centre](uint64_t whose) {
    OfficeKey const office(static_cast<uint32_t>(whose) - 1);
    model::Actor const user{static_cast<model::Actor::Kind>((whose >> 32) & 3),
                            static_cast<uint32_t>(whose >> 34)};
    return centre.glance([&](sequencer::Glimpse const& glimpse) {
      state::Cut const cut = glimpse.state.cuts.of(office, user);
      return http::Cut{cut.sessions, cut.unsent};
    });
  };
}

bool may_read(state::Viewer const& viewer) {
  return viewer.roles != 0 || (viewer.rights & model::right::read) != 0;
}

bool may_contribute(state::Viewer const& viewer) {
  return (viewer.roles & model::role::releasing) != 0 || (viewer.rights & model::right::contribute) != 0;
}

}  // namespace comity::auth
