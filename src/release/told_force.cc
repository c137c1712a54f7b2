#include <algorithm>
#include <set>
#include <tuple>

#include "base/limits.h"
#include "release/telling.h"
#include "release/told_law.h"
#include "release/words.h"
#include "state/grants.h"
#include "state/leaving.h"
#include "state/standing.h"

namespace comity::release {
namespace {

using state::Agreement;

struct Clock {
  UtcTime effective;
  std::string what, subject_kind, subject;
  auto operator<=>(Clock const&) const = default;
};

void add_date(std::vector<Clock>& clocks, Eyes const& eyes, char const* what, std::string const& clause,
              model::Condition const& condition) {
  if (condition.kind == model::Condition::Kind::date && condition.date > eyes.state.last_time)
    clocks.push_back({condition.date, what, "clause", clause});
}

// Where a clause begins or ends by a date alone; with other conditions nobody knows the time.
void add_clauses(std::vector<Clock>& clocks, Eyes const& eyes, Agreement const& agreement) {
  for (size_t i = 0; i < agreement.text->clauses.size(); ++i) {
    model::Clause const& clause = agreement.text->clauses[i];
    if (agreement.clauses[i].applies_since == never)
      add_date(clocks, eyes, "clause_applies", clause.id, clause.applies_from);
    if (clause.applies_until && agreement.clauses[i].applies_until == never)
      add_date(clocks, eyes, "clause_ends", clause.id, *clause.applies_until);
  }
}

void add_joining(std::vector<Clock>& clocks, Eyes const& eyes, AgreementKey key) {
  Agreement const& agreement = eyes.state.law.agreement(key);
  if (!state::is_in_operation(agreement.state())) return;
  for (auto const& [party, spans] : agreement.standing) {
    bool const may_know = party == eyes.view.party() || (eyes.view.knows_acts(key) && eyes.view.knows(party));
    if (may_know && !spans.empty() && spans.back().standing == state::Standing::contracting)
      clocks.push_back({spans.back().since + agreement.text->late_joiner_delay, "joins", "party",
                        eyes.view.name_of(party)});
  }
}

// A notice of suspension or of withdrawal, until it takes effect; and until when the host has suspended a party.
void add_leaving(std::vector<Clock>& clocks, Eyes const& eyes, AgreementKey key) {
  Agreement const& agreement = eyes.state.law.agreement(key);
  UtcTime const now = eyes.state.last_time;
  auto const add = [&](UtcTime time, char const* what, PartyKey party) {
    bool const may_know = party == eyes.view.party() || (eyes.view.knows_acts(key) && eyes.view.knows(party));
    if (may_know && time != never && time > now)
      clocks.push_back({time, what, "party", eyes.view.name_of(party)});
  };
  for (auto const& [party, spans] : agreement.standing) {
    if (!state::belongs(spans.back().standing)) continue;
    add(agreement.part_of(party).suspension.begins, "suspension", party);
    add(agreement.part_of(party).leaves_at, "withdrawal", party);
    for (state::Emergency const& one : eyes.state.law.emergencies)
      if (one.party == party && one.holds(now)) add(one.until, "host_suspension_ends", party);
  }
  for (state::Emergency const& one : eyes.state.law.emergencies)
    if (eyes.view.knows_acts(key) && one.agreement == key && one.holds(now))
      clocks.push_back({one.until, "host_suspension_ends", "", ""});
  if (eyes.view.knows_acts(key) && agreement.suspension.is_declared() && agreement.suspension.begins > now)
    clocks.push_back({agreement.suspension.begins, "suspension", "", ""});
}

// The parties that a clause covers on one side, binds now, and that the viewer may know.
std::set<std::string> bound_parties(Eyes const& eyes, Agreement const& agreement, size_t number,
                                    model::Selector const& selector) {
  std::set<std::string> parties;
  for (OfficeKey office : eyes.state.law.participating(agreement)) {
    PartyKey const party = eyes.state.law.party_of(office);
    if (eyes.view.knows(party) && state::covers(eyes.state.law, agreement, selector, office, {}) &&
        state::in_force(agreement, number, party, party))
      parties.insert(eyes.view.name_of(party));
  }
  return parties;
}

bool runs_between(Eyes const& eyes, Agreement const& agreement, size_t clause, std::string const& giver,
                  std::string const& receiver) {
  return state::in_force(agreement, clause, eyes.view.party(giver), eyes.view.party(receiver));
}

}  // namespace

Result<Told> tell_clocks(Eyes const& eyes, AgreementKey key) {
  if (!eyes.view.knows(key)) return hidden_or_absent();
  Agreement const& agreement = eyes.state.law.agreement(key);
  if (state::left_at(agreement, eyes.view.party())) return Teller::tell(eyes, json::Array{});  // B9
  std::vector<Clock> clocks;
  // Dates of a text that is not in force have no pulse: that they are past would show when anybody's record came (G3).
  if (eyes.view.reads_text(key) && state::is_in_operation(agreement.state())) {
    add_clauses(clocks, eyes, agreement);
    if (agreement.text->term && *agreement.text->term > eyes.state.last_time)
      clocks.push_back({*agreement.text->term, "term", "", ""});
  }
  add_joining(clocks, eyes, key);
  add_leaving(clocks, eyes, key);
  std::ranges::sort(clocks);
  json::Array all;
  for (Clock const& clock : clocks) {
    json::Object one{{"what", clock.what}, {"effective", to_text(clock.effective)}};
    if (!clock.subject_kind.empty()) one[clock.subject_kind] = clock.subject;
    all.push_back(std::move(one));
  }
  return Teller::tell(eyes, std::move(all));
}

Result<Told> tell_matrix(Eyes const& eyes, AgreementKey key) {
  if (!eyes.view.reads_text(key) || !eyes.view.knows_acts(key)) return hidden_or_absent();
  Agreement const& agreement = eyes.state.law.agreement(key);
  json::Array all;
  bool more = false;
  for (size_t i = 0; i < agreement.text->clauses.size(); ++i) {
    model::Clause const& clause = agreement.text->clauses[i];
    if (clause.type == model::ClauseType::text) continue;
    auto const to = bound_parties(eyes, agreement, i, clause.to);
    for (std::string const& giver : bound_parties(eyes, agreement, i, clause.from))
      for (std::string const& receiver : to) {
        if (clause.to.kind == model::Selector::Kind::others && giver == receiver) continue;
        if (!runs_between(eyes, agreement, i, giver, receiver)) continue;
        more |= all.size() == limits::listed;
        if (all.size() == limits::listed) continue;
        all.push_back(json::Object{
            {"from", giver}, {"to", receiver}, {"clause", clause.id}, {"type", word_of(clause.type)}});
      }
  }
  return Teller::tell(eyes, json::Object{{"matrix", std::move(all)}, {"more", more}});
}

}  // namespace comity::release
