#include "commands/lead.h"

#include <algorithm>

#include "geometry/floor_division.h"
#include "state/grants.h"
#include "state/in_force.h"
#include "state/standing.h"

namespace comity::commands {
namespace {

using model::ClauseType;
using model::NoticeAbout;
using state::Law;

// In whole minutes, of which one that has begun counts: nobody is told to the second when somebody else filed.
Duration lacks(Duration lead_time, Filed const& intent) {
  if (intent.state == model::IntentState::contingent) return {};
  Duration const ahead = std::max(intent.from - intent.moved_at, Duration{});
  int64_t const lacking_us = std::max<int64_t>(lead_time.us - ahead.us, 0);
  return minutes(geometry::ceiling_division(lacking_us, minutes(1).us));
}

bool announces(model::Clause const& clause) {
  return clause.type == ClauseType::notify && clause.notice->about == NoticeAbout::intent;
}

}  // namespace

std::vector<model::ShortNotice> short_notices(Law const& law, Filed const& intent) {
  OfficeKey const office = intent.name.office;
  PartyKey const party = law.party_of(office);
  std::vector<model::ShortNotice> found;
  auto const add = [&](model::ClauseName under, Duration lead_time) {
    Duration const by = lacks(lead_time, intent);
    bool const is_new = std::ranges::find(found, under, &model::ShortNotice::under) == found.end();
    if (by > Duration{} && is_new &&
        state::runs_with_another(law.agreement(under.agreement), under.clause, party))
      found.push_back({under, by});
  };
  for (ConflictRule const& rule : rules_for(law, office)) {
    if (rule.about != NoticeAbout::intent || !is_meant_by(rule, intent)) continue;
    state::Agreement const& agreement = law.agreement(rule.under.agreement);
    auto const& clauses = agreement.text->clauses;
    add(rule.under, clauses[rule.under.clause].lead_time);
    for (uint32_t i = 0; i < clauses.size(); ++i)
      if (announces(clauses[i]) && state::covers(law, agreement, clauses[i].from, office, {}))
        add({rule.under.agreement, i}, clauses[i].notice->lead_time);
  }
  std::ranges::sort(found, {}, &model::ShortNotice::under);
  return found;
}

Duration short_by(Law const& law, ConflictRule const& rule, Filed const& intent, OfficeKey told) {
  state::Agreement const& agreement = law.agreement(rule.under.agreement);
  auto const& clauses = agreement.text->clauses;
  Duration asked = clauses[rule.under.clause].lead_time;
  PartyKey const giver = law.party_of(intent.name.office), receiver = law.party_of(told);
  for (uint32_t i = 0; i < clauses.size(); ++i)
    if (announces(clauses[i]) && state::covers(law, agreement, clauses[i].from, intent.name.office, {}) &&
        state::covers(law, agreement, clauses[i].to, told, giver) &&
        state::in_force(agreement, i, giver, receiver))
      asked = std::max(asked, clauses[i].notice->lead_time);
  return lacks(asked, intent);
}

}  // namespace comity::commands
