#include <algorithm>

#include "base/limits.h"
#include "release/telling.h"
#include "release/told_law.h"
#include "state/grants.h"
#include "state/leaving.h"
#include "state/standing.h"

namespace comity::release {
namespace {

using state::Agreement;
using state::AgreementState;
using state::Standing;

json::Object emergency_json(state::Emergency const& emergency) {
  return {{"until", to_text(emergency.until)}, {"reason", emergency.reason}};
}

// What officers of the host have suspended, with their reason (25-isolation B15).
void add_emergency(Eyes const& eyes, AgreementKey where, PartyKey party, AgreementKey agreement,
                   json::Object& out) {
  bool const takes_part =
      eyes.office() && state::participates(eyes.state.law, eyes.state.law.agreement(where), eyes.office());
  if (!takes_part) return;  // the reason is for the parties
  for (state::Emergency const& one : eyes.state.law.emergencies)
    if (one.party == party && one.agreement == agreement && one.holds(eyes.state.last_time))
      out["suspended_by_host"] = emergency_json(one);
}

json::Object standing_json(Eyes const& eyes, AgreementKey key, PartyKey party,
                           state::StandingSpan const& span) {
  json::Object out{{"state", state::name_of(span.standing)}, {"since", to_text(span.since)}};
  if (state::is_suspended(span.standing)) add_emergency(eyes, key, party, {}, out);
  return out;
}

// Until when the viewer is told how an agreement stands: until its party left (B9), unless everybody is told.
std::optional<UtcTime> told_until(Eyes const& eyes, Agreement const& agreement, model::Visible aspect) {
  if (aspect == model::Visible::to_public && agreement.state() != AgreementState::draft) return std::nullopt;
  return state::left_at(agreement, eyes.view.party());
}

state::StateSpan const& state_told(Eyes const& eyes, Agreement const& agreement) {
  auto const until = told_until(eyes, agreement, agreement.text->visibility.existence);
  return until ? state::state_before(agreement, *until) : agreement.history.back();
}

Standing standing_told(Eyes const& eyes, Agreement const& agreement, PartyKey party) {
  auto const until = told_until(eyes, agreement, agreement.text->visibility.membership);
  return until ? state::standing_before(agreement, party, *until) : agreement.standing_of(party);
}

json::Object status_json(Eyes const& eyes, AgreementKey key) {
  Agreement const& agreement = eyes.state.law.agreement(key);
  state::StateSpan const& now = state_told(eyes, agreement);
  json::Object status{{"state", state::name_of(now.state)}, {"since", to_text(now.since)}};
  if (now.state == AgreementState::suspended &&
      !told_until(eyes, agreement, agreement.text->visibility.existence))
    add_emergency(eyes, key, {}, key, status);
  bool const acts = eyes.view.knows_acts(key), membership = eyes.view.knows_membership(key);
  std::vector<std::string> members;
  std::vector<std::pair<std::string, json::Object>> standing;
  for (auto const& [party, spans] : agreement.standing) {
    bool const own = party == eyes.view.party();
    if (spans.empty() || !eyes.view.knows(party)) continue;
    if (membership && state::belongs(standing_told(eyes, agreement, party)))
      members.push_back(eyes.view.name_of(party));
    if (own || acts)
      standing.emplace_back(eyes.view.name_of(party), standing_json(eyes, key, party, spans.back()));
  }
  std::ranges::sort(members);
  std::ranges::sort(standing, {}, [](auto const& entry) { return entry.first; });
  if (membership) status["members"] = json::Array(members.begin(), members.end());
  if (standing.empty()) return status;
  json::Object all;
  for (auto& [name, one] : standing) all[name] = std::move(one);
  status["standing"] = std::move(all);
  return status;
}

// What a participant named in a draft knows of it until it is tabled (B13).
void add_invitation(Eyes const& eyes, Agreement const& agreement, json::Object& out) {
  bool const named = eyes.office() && state::participates(eyes.state.law, agreement, eyes.office());
  if (!named || agreement.state() != AgreementState::draft) return;
  out["title"] = agreement.text->title;
  if (agreement.text->exercise) out["exercise"] = true;
  json::Array sponsors;
  for (model::Who const& who : agreement.text->sponsors)
    if (eyes.view.knows(who.party)) sponsors.emplace_back(who.name);
  out["sponsors"] = std::move(sponsors);
}

json::Object row(Eyes const& eyes, AgreementKey key) {
  Agreement const& agreement = eyes.state.law.agreement(key);
  json::Object out{{"id", *eyes.view.name_of(key)}};
  if (eyes.view.reads_text(key)) {
    out["title"] = agreement.text->title;
    if (agreement.text->exercise) out["exercise"] = true;
    out["version"] = agreement.version;
    out["text_hash"] = to_hex(agreement.text_hash);
  } else {
    add_invitation(eyes, agreement, out);
  }
  out["status"] = status_json(eyes, key);
  return out;
}

bool matches(Eyes const& eyes, AgreementKey key, AgreementFilter const& filter) {
  Agreement const& agreement = eyes.state.law.agreement(key);
  if (filter.state && state_told(eyes, agreement).state != *filter.state) return false;
  if (filter.kind && (!eyes.view.reads_text(key) || agreement.text->kind != *filter.kind)) return false;
  if (filter.party.is_none()) return true;
  if (filter.party == eyes.view.party()) return agreement.standing.contains(filter.party);
  return eyes.view.knows_membership(key) && eyes.view.knows(filter.party) &&
         standing_told(eyes, agreement, filter.party) != Standing::none;
}

Result<json::Object> drafted(Agreement const& agreement, Payload source) {
  if (source.key != agreement.source)
    return fail(ErrorCode::corrupt, "other bytes than those of the agreement");
  json::Value value = TRY(json::parse(source.bytes, limits::agreement_bytes));
  if (!value.is_object()) return fail(ErrorCode::corrupt, "an agreement that is no object");
  return std::move(value.get_object());
}

enum class Side : uint8_t { from, to };

bool covers_party(Eyes const& eyes, Agreement const& agreement, model::Clause const& clause, Side side) {
  model::Selector const& selector = side == Side::from ? clause.from : clause.to;
  for (OfficeKey office : eyes.state.law.participating(agreement))
    if (eyes.state.law.party_of(office) == eyes.view.party() &&
        state::covers(eyes.state.law, agreement, selector, office, {}))
      return true;
  return false;
}

}  // namespace

Told tell_agreements(Eyes const& eyes, AgreementFilter const& filter) {
  json::Array all;
  bool more = false;
  for (AgreementKey key : eyes.view.agreements()) {
    if (*eyes.view.name_of(key) <= filter.after || !matches(eyes, key, filter)) continue;
    more = all.size() == limits::listed;
    if (more) break;
    all.push_back(row(eyes, key));
  }
  return Teller::tell(eyes, json::Object{{"agreements", std::move(all)}, {"more", more}});
}

Result<Told> tell_agreement(Eyes const& eyes, AgreementKey key, Payload source) {
  if (!eyes.view.knows(key)) return hidden_or_absent();
  if (!eyes.view.reads_text(key)) return Teller::tell(eyes, row(eyes, key));
  json::Object out = TRY(drafted(eyes.state.law.agreement(key), source));
  out["id"] = *eyes.view.name_of(key);
  out["status"] = status_json(eyes, key);
  return Teller::tell(eyes, std::move(out));
}

Result<Told> tell_words(Eyes const& eyes, AgreementKey key) {
  if (!eyes.view.reads_text(key)) return hidden_or_absent();
  return Teller::tell(eyes, json::Value(eyes.state.law.agreement(key).text->words));
}

Result<Told> tell_grants(Eyes const& eyes, AgreementKey key, Payload source) {
  if (!eyes.view.reads_text(key)) return hidden_or_absent();
  Agreement const& agreement = eyes.state.law.agreement(key);
  json::Object object = TRY(drafted(agreement, source));
  json::Value* const clauses = object.if_contains("clauses");
  json::Array* const list = clauses ? clauses->if_array() : nullptr;
  if (!list || list->size() != agreement.text->clauses.size())
    return fail(ErrorCode::corrupt, "other clauses than those of the agreement");
  json::Array gives, gains, prohibits, others;
  for (size_t i = 0; i < list->size(); ++i) {
    model::Clause const& clause = agreement.text->clauses[i];
    if (clause.type == model::ClauseType::text) continue;
    bool const from = covers_party(eyes, agreement, clause, Side::from);
    bool const to = covers_party(eyes, agreement, clause, Side::to);
    if (clause.type == model::ClauseType::prohibit) {
      if (from || to) prohibits.push_back((*list)[i]);
      continue;
    }
    if (clause.type != model::ClauseType::grant) {  // nothing is given by them, but they bind
      if (from || to) others.push_back((*list)[i]);
      continue;
    }
    if (from) gives.push_back((*list)[i]);
    if (to) gains.push_back((*list)[i]);
  }
  json::Object out{
      {"gives", std::move(gives)}, {"gains", std::move(gains)}, {"prohibits", std::move(prohibits)}};
  if (!others.empty()) out["others"] = std::move(others);
  return Teller::tell(eyes, std::move(out));
}

Result<Told> tell_name(Eyes const& eyes, AgreementKey key) {
  auto name = eyes.view.name_of(key);
  if (!name) return hidden_or_absent();
  return Teller::tell(eyes, json::Value(*name));
}

}  // namespace comity::release
