#include "commands/sight.h"

#include <algorithm>

#include "base/limits.h"
#include "base/mutant.h"
#include "commands/put_back.h"
#include "commands/to_look_at.h"
#include "state/settle.h"

namespace comity::commands {
bool is_identity(std::string_view id) {
  constexpr std::string_view type = "identity--";
  constexpr size_t uuid_length = 36;
  return id.empty() || (id.starts_with(type) && id.size() == type.size() + uuid_length);
}

bool seq_is_too_high(model::SignedAct const& act, UtcTime now) {
  return act.seq > static_cast<uint64_t>((now + limits::act_seq_ahead).us);
}

bool may(Sight const& sight, model::Roles roles, model::Rights rights) {
  if (sight.command.actor.kind == model::Actor::Kind::person) return (sight.view.viewer().roles & roles) != 0;
  if (sight.command.actor.kind == model::Actor::Kind::client)
    return (sight.view.viewer().rights & rights) != 0;
  return false;
}

Ruling following(Ruling ruling, state::Due due) {
  ruling.releases = std::move(due.releases);
  ruling.unfinished.insert(ruling.unfinished.end(), due.unfinished.begin(), due.unfinished.end());
  return ruling;
}

Ruling accepted_with(Sight const& sight, std::function<void(state::Law&)> const& change) {
  state::Law next = sight.behind.law;
  change(next);
  Ruling ruling = model::accepted();
  ruling.effects = state::settle(next, sight.context.time);
  Looked looked = to_look_at(sight.behind, ruling.effects, sight.context.time, By::another);
  ruling.unfinished = std::move(looked.later);
  if (looked.now.empty()) return ruling;
  return following(std::move(ruling),
                   state::releases_due(next, sight.behind.holdings, sight.context.time, looked.now));
}

// What every act must say, whoever's key it is (G8). The order is that of docs/rulings.md.
std::optional<model::Reason> check_act_by(Sight const& sight, model::PublicKeyEntry const* key, Powers powers,
                                          std::optional<model::Reason> of_others) {
  model::SignedAct const& act = *sight.command.act;
  auto const no = [](ReasonCode code, std::string subject = {}) {
    return model::Reason{code, {}, {}, std::move(subject)};
  };
  state::Law const& law = sight.view.law();
  model::Party const& party = law.party(sight.view.party());
  if (act.kind != model::name_of(sight.command.kind)) return no(ReasonCode::act_mismatch, act.kind);
  if (act.office != law.office(sight.view.office()).name) return no(ReasonCode::act_mismatch, act.office);
  if (!mutated(Mutant::act_of_another_centre) && !epoch_of_act(sight.behind, sight.command))
    return no(ReasonCode::wrong_centre, act.centre);
  if (act.party != party.slug || act.founding_key != party.founding_key)
    return no(ReasonCode::wrong_party, act.party);
  if (!key) return no(ReasonCode::unknown_key, act.key);
  bool const is_revoked = key->revoked != 0 && key->revoked <= sight.context.index;
  if (is_revoked && !mutated(Mutant::revoked_key_signs)) return no(ReasonCode::revoked_key, act.key);
  if (of_others) return of_others;
  bool const may_sign = powers == Powers::any || key->may_sign(sight.command.kind);
  if (!may_sign && !mutated(Mutant::any_key_signs_anything)) return no(ReasonCode::key_not_allowed, act.key);
  if (!act.verified) return no(ReasonCode::bad_signature, act.key);
  bool const presented = is_presented(sight.behind, sight.command);
  UtcTime const alive = presented ? sight.behind.restoring->last : sight.context.time;
  if (!mutated(Mutant::act_after_its_time) && act.not_after < alive)
    return no(ReasonCode::act_expired, to_text(act.not_after));
  if (act.not_after > sight.context.time + limits::act_life)
    return no(ReasonCode::act_lives_too_long, to_text(act.not_after));
  if (seq_is_too_high(act, sight.context.time))
    return no(ReasonCode::act_seq_too_high, std::to_string(act.seq));
  if (!mutated(Mutant::act_is_repeated) &&
      is_seq_used(sight.behind, {sight.view.party(), key->purpose, act.seq}))
    return no(ReasonCode::act_repeated, std::to_string(act.seq));
  return std::nullopt;
}

std::optional<model::Reason> check_act(Sight const& sight) {
  if (!sight.command.act) return model::Reason{ReasonCode::not_signed, {}, {}, {}};
  model::PublicKeyEntry const* found = nullptr;
  for (model::PublicKeyEntry const& key : sight.view.law().party(sight.view.party()).keys)
    if (key.id == sight.command.act->key && key.purpose == model::KeyPurpose::bind) found = &key;
  return check_act_by(sight, found);
}

std::optional<model::Reason> check_officer_act(Sight const& sight) {
  if (!sight.command.act) return model::Reason{ReasonCode::not_signed, {}, {}, {}};
  model::Person const& person = sight.view.law().people[sight.command.actor.key];
  return check_act_by(sight, person.officer_key.id == sight.command.act->key ? &person.officer_key : nullptr);
}

}  // namespace comity::commands
