#include "commands/cutting.h"

#include <algorithm>

#include "base/mutant.h"
#include "codec/codec.h"
#include "commands/all.h"
#include "state/standing.h"

namespace comity::commands {
namespace {

using model::CommandKind;
using model::EffectKind;
using state::State;

enum class Loses : uint8_t { what_waits, sessions };

class Cutting {
 public:
  explicit Cutting(State& state) : state_(state) {}

  void by(model::Effect const& effect) {
    bool const ends = effect.kind == EffectKind::agreement_state &&
                      static_cast<state::AgreementState>(effect.value) != state::AgreementState::in_force;
    bool const leaves =
        effect.kind == EffectKind::standing && narrows(static_cast<state::Standing>(effect.value));
    bool const prohibits = has_prohibitions(effect.agreement);  // which may begin to bind others
    if (!ends && !leaves && !prohibits && effect.kind != EffectKind::clause_ends) return;
    for (OfficeKey office : state_.law.participating(state_.law.agreement(effect.agreement))) {
      bool const own = leaves && state_.law.party_of(office) == effect.party;
      cut(office, ends || own ? Loses::sessions : Loses::what_waits);
    }
  }

  void by(model::Deletion const& deletion) {
    for (OfficeKey office : deletion.offices) cut(office, Loses::what_waits);
  }

  void by_user(std::string const& name) {
    if (ClientKey const client = state_.law.find_client(name))
      ++state_.cuts.users[{model::Actor::Kind::client, client.value}];
    if (PersonKey const person = state_.law.find_person(name))
      ++state_.cuts.users[{model::Actor::Kind::person, person.value}];
  }

  // All users of an open arrangement are of one office; who may read what has changed.
  void by_arrangement() {
    if (state_.law.arrangement) cut(state_.law.arrangement->office, Loses::what_waits);
  }

  // Whoever came in by this issuer.
  void by_issuer(model::Issuer const* issuer) {
    if (!issuer) return;
    auto const number = static_cast<uint32_t>(issuer - state_.law.issuers.data());
    for (uint32_t client = 0; client < state_.law.clients.size(); ++client)
      if (state_.law.clients[client].issuer == number)
        ++state_.cuts.users[{model::Actor::Kind::client, client}];
    for (uint32_t person = 0; person < state_.law.people.size(); ++person)
      if (state_.law.people[person].issuer == number)
        ++state_.cuts.users[{model::Actor::Kind::person, person}];
  }

 private:
  static bool narrows(state::Standing standing) {
    return standing != state::Standing::party && standing != state::Standing::provisional;
  }

  bool has_prohibitions(AgreementKey key) const {
    return std::ranges::any_of(state_.law.agreement(key).text->clauses, [](model::Clause const& clause) {
      return clause.type == model::ClauseType::prohibit;
    });
  }

  void cut(OfficeKey office, Loses what) {
    state::Cut& one = state_.cuts.offices[office];
    ++(what == Loses::sessions ? one.sessions : one.unsent);
  }

  State& state_;
};

// The user whose rights a command of this kind ends; empty: none.
std::string user_of(CarriedOut const& act) {
  auto const name = [&]<class Body>(std::string Body::* member) {
    auto const read = codec::decode<Body>(act.body);
    return read ? (*read).*member : std::string();
  };
  switch (act.kind) {
    case CommandKind::revoke_client: return name(&RevokeClient::client);
    case CommandKind::revoke_person: return name(&RevokePerson::person);
    case CommandKind::revoke_token: return name(&RevokeToken::user);
    case CommandKind::set_credential: return name(&SetCredential::user);
    case CommandKind::set_roles: return name(&SetRoles::person);
    case CommandKind::set_subject: return name(&SetSubject::person);
    default: return {};
  }
}

// The issuer that a command of this kind changed, once it is applied; null: none.
model::Issuer const* issuer_of(State const& state, model::Record const& record) {
  auto const named = [&]<class Body>(std::string const& before, Body const*) {
    auto const read = codec::decode<Body>(record.command.body);
    return read ? issuer_named(state.law, before + read->issuer) : nullptr;
  };
  switch (record.command.kind) {
    case CommandKind::register_issuer: {  // says its own name for it
      PartyKey const party = state.law.party_of(record.command.office);
      return named(state.law.party(party).slug + "/", static_cast<RegisterIssuer const*>(nullptr));
    }
    case CommandKind::allow_issuer: return named("", static_cast<AllowIssuer const*>(nullptr));
    case CommandKind::revoke_issuer: return named("", static_cast<RevokeIssuer const*>(nullptr));
    default: return nullptr;
  }
}

}  // namespace

CarriedOut carried_out(State const& state, model::Record const& record) {
  if (record.command.kind != CommandKind::countersign_host_act)
    return {record.command.kind, record.command.body};
  auto const body = codec::decode<CountersignHostAct>(record.command.body);
  auto const found = body ? state.proposals.find(body->proposal) : state.proposals.end();
  return found == state.proposals.end() ? CarriedOut{} : CarriedOut{found->second.kind, found->second.body};
}

void cut_sessions(State& state, model::Record const& record, CarriedOut const& act) {
  if (mutated(Mutant::sessions_stay_open)) return;
  Cutting cutting(state);
  for (model::Effect const& effect : record.ruling.effects) cutting.by(effect);
  for (model::Deletion const& deletion : record.ruling.deletions) cutting.by(deletion);
  if (std::string const user = user_of(act); !user.empty()) cutting.by_user(user);
  if (act.kind == CommandKind::open_collection) cutting.by_arrangement();
  cutting.by_issuer(issuer_of(state, record));
}

}  // namespace comity::commands
