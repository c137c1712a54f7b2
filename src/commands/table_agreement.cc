#include "commands/table_agreement.h"

#include <algorithm>

#include "base/contains.h"
#include "model/text_walk.h"

namespace comity::commands {
namespace {

bool sponsored_as_named(state::Agreement const& agreement) {
  return std::ranges::all_of(agreement.text->sponsors,
                             [&](model::Who const& who) { return agreement.sponsored.contains(who.party); });
}

// Whether all that the one entry covers takes part in the other agreement too, as far as the two texts say. What offices a
// party has is not looked at: the author may not know them.
bool is_covered(model::Participant const& entry, model::Text const& other) {
  return std::ranges::any_of(other.participants, [&](model::Participant const& theirs) {
    if (theirs.party.party != entry.party.party) return false;
    if (theirs.offices.empty()) return true;
    return !entry.offices.empty() && std::ranges::all_of(entry.offices, [&](model::Who const& office) {
      return std::ranges::any_of(theirs.offices,
                                 [&](model::Who const& one) { return one.office == office.office; });
    });
  });
}

// G8: a slug may be given anew at another centre, a key may not; so whoever signs knows by key who is meant.
std::vector<model::Reason> without_founding_key(model::Text const& text) {
  std::vector<model::Reason> missing;
  for (model::Participant const& one : text.participants)
    if (one.founding_key.empty()) missing.push_back({ReasonCode::no_founding_key, {}, {}, one.party.name});
  return missing;
}

// B3: every office that takes part must be able to know every agreement the text names.
std::optional<std::string> hidden_from_a_participant(state::Law const& law,
                                                     state::Agreement const& agreement) {
  std::optional<std::string> hidden;
  model::for_each_agreement_name(*agreement.text, [&](model::Condition const& condition, std::string const&) {
    state::Agreement const& named = law.agreement(condition.agreement_key);
    bool const is_public = named.text->visibility.existence == model::Visible::to_public &&
                           named.state() != state::AgreementState::draft;
    bool const all_take_part =
        std::ranges::all_of(agreement.text->participants,
                            [&](model::Participant const& entry) { return is_covered(entry, *named.text); });
    if (!is_public && !all_take_part) hidden = condition.agreement;
  });
  return hidden;
}

}  // namespace

Ruling decide(Sight const& sight, TableAgreement const& command) {
  Found const found = find_text(sight, command);
  if (found.refusal) return *found.refusal;
  state::Law const& law = sight.view.law();
  state::Agreement const& agreement = law.agreement(found.key);
  if (agreement.state() != state::AgreementState::draft)
    return refused(ReasonCode::wrong_state, command.agreement);
  if (auto missing = without_founding_key(*agreement.text); !missing.empty()) {
    Ruling ruling;
    ruling.outcome = model::Outcome::refused;
    ruling.reasons = std::move(missing);
    return ruling;
  }
  if (!sponsored_as_named(agreement) || agreement.sponsored.empty())
    return refused(ReasonCode::not_sponsored, command.agreement);
  if (!contains(agreement.text->consent_by, model::ConsentBy::signature))
    return refused(ReasonCode::no_consent_by_signature, "/consent_by");
  if (agreement.text->adoption.rule != model::VotingRule::unanimity_strict)
    return refused(ReasonCode::rule_not_supported, "/adoption/rule");
  if (agreement.text->consent_by.size() != 1) return refused(ReasonCode::rule_not_supported, "/consent_by");
  if (agreement.text->provisional_application)
    return refused(ReasonCode::rule_not_supported, "/provisional_application");
  if (agreement.text->suspension.by == model::SuspensionBy::ballot)  // nobody could suspend it
    return refused(ReasonCode::rule_not_supported, "/suspension/by");
  if (auto const hidden = hidden_from_a_participant(law, agreement))
    return refused(ReasonCode::hidden_agreement_named, *hidden);
  return model::accepted();
}

void apply(State& state, TableAgreement const& command, model::Record const& record) {
  state::Agreement& agreement = state.law.agreement(find_applied(state, command, record));
  agreement.history.push_back({state::AgreementState::tabled, record.time});
  agreement.acts.push_back(record.index);
  if (agreement.text->visibility.existence == model::Visible::to_public)
    agreement.known.everybody = record.index;
}

}  // namespace comity::commands
