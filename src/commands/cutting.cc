#include "commands/cutting.h"

#include <algorithm>

#include "base/mutant.h"
#include "codec/codec.h"
#include "commands/all.h"
#include "commands/countersign_host_act.h"
#include "state/standing.h"

namespace comity::commands {
namespace {

using model::CommandKind;
using state::State;

class Cutting {
 public:
  explicit Cutting(State& state) : state_(state) {}

  void by(model::Effect const& effect) {
    bool const narrows_all =
        effect.kind == model::EffectKind::agreement_state &&
        static_cast<state::AgreementState>(effect.value) != state::AgreementState::in_force;
    if (narrows_all || effect.kind == model::EffectKind::clause_ends) {
      for (OfficeKey office : taking_part(effect.agreement)) cut(office, narrows_all);
    } else if (effect.kind == model::EffectKind::standing &&
               narrows(static_cast<state::Standing>(effect.value))) {
      for (OfficeKey office : taking_part(effect.agreement))
        cut(office, state_.law.party_of(office) == effect.party);
    }
  }

  void by(model::Deletion const& deletion) {
    for (OfficeKey office : deletion.offices) cut(office, false);
  }

  // Of the user, or of whoever may be meant: a reader that is cut comes again.
  void by_user(std::string const& name) {
    if (ClientKey const client = state_.law.find_client(name))
      cut(state_.law.clients[client.value].office, true);
    if (PersonKey const person = state_.law.find_person(name)) by_person(state_.law.people[person.value]);
  }

 private:
  static bool narrows(state::Standing standing) {
    return standing != state::Standing::party && standing != state::Standing::provisional;
  }

  std::vector<OfficeKey> taking_part(AgreementKey agreement) const {
    return state_.law.participating(state_.law.agreement(agreement));
  }

  void by_person(model::Person const& person) {
    PartyKey const party = person.party;
    for (size_t i = 0; i < state_.law.offices.size();
         ++i)  // also those it has lost its roles in by this record
      if (state_.law.offices[i].party == party) cut(OfficeKey(i), true);
  }

  void cut(OfficeKey office, bool session) {
    state::Cut& one = state_.cuts[office];
    ++(session ? one.sessions : one.unsent);
  }

  State& state_;
};

// The user whose rights a command of this kind ends; empty: none.
std::string user_of(CommandKind kind, BytesView body) {
  auto const name = [&]<class Body>(std::string Body::* member) {
    auto const read = codec::decode<Body>(body);
    return read ? (*read).*member : std::string();
  };
  switch (kind) {
    case CommandKind::revoke_client: return name(&RevokeClient::client);
    case CommandKind::revoke_person: return name(&RevokePerson::person);
    case CommandKind::revoke_token: return name(&RevokeToken::user);
    case CommandKind::set_credential: return name(&SetCredential::user);
    case CommandKind::set_roles: return name(&SetRoles::person);
    default: return {};
  }
}

}  // namespace

void cut_sessions(State& state, model::Record const& record) {
  if (mutated(Mutant::sessions_stay_open)) return;
  Cutting cutting(state);
  for (model::Effect const& effect : record.ruling.effects) cutting.by(effect);
  for (model::Deletion const& deletion : record.ruling.deletions) cutting.by(deletion);
  if (std::string const user = user_of(record.command.kind, record.command.body); !user.empty())
    cutting.by_user(user);
}

}  // namespace comity::commands
