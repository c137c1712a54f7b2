#include "state/lines.h"

#include <algorithm>

#include "state/in_force.h"

namespace comity::state {

UtcTime test_due(model::LineTerms const& line, std::vector<CallMade> const& calls, UtcTime joined) {
  UtcTime last = joined;
  for (CallMade const& one : calls)
    if (one.call.purpose == model::CallPurpose::test && one.call.reached) last = std::max(last, one.at);
  return last + line.test_every;
}

UtcTime next_line_overdue(Law const& law, Watches const& watches, UtcTime after) {
  UtcTime next = never;
  for (size_t key = 0; key < law.agreements.size(); ++key) {
    Agreement const& agreement = law.agreements[key];
    if (!agreement.text) continue;
    for (uint32_t number = 0; number < agreement.text->clauses.size(); ++number) {
      auto const& line = agreement.text->clauses[number].line;
      for (auto const& [party, spans] : agreement.standing) {
        UtcTime const joined = line ? standing_since(agreement, party) : never;
        if (joined == never) continue;
        UtcTime const overdue =
            test_due(*line, watches.calls_of({AgreementKey(key), number}), joined) + line->overdue_after;
        if (overdue > after) next = std::min(next, overdue);
      }
    }
  }
  return next;
}

}  // namespace comity::state
