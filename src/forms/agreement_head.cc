#include <algorithm>

#include "forms/agreement_parts.h"
#include "forms/shapes.h"

namespace comity::forms {
namespace {

using namespace model;

constexpr Word<AgreementKind> kind_words[] = {{"memorandum", AgreementKind::memorandum},
                                              {"bilateral", AgreementKind::bilateral},
                                              {"convention", AgreementKind::convention},
                                              {"resolution", AgreementKind::resolution},
                                              {"arrangement", AgreementKind::arrangement}};
constexpr Word<Visible> visible_words[] = {{"public", Visible::to_public},
                                           {"parties", Visible::to_parties},
                                           {"negotiators", Visible::to_negotiators}};
constexpr Word<PartyKind> party_words[] = {{"state", PartyKind::state},
                                           {"organisation", PartyKind::organisation},
                                           {"agency", PartyKind::agency},
                                           {"force", PartyKind::force},
                                           {"company", PartyKind::company}};
constexpr Word<VotingRule> rule_words[] = {{"simple_majority", VotingRule::simple_majority},
                                           {"two_thirds_present", VotingRule::two_thirds_present},
                                           {"absolute_majority", VotingRule::absolute_majority},
                                           {"sc_procedural", VotingRule::sc_procedural},
                                           {"sc_substantive", VotingRule::sc_substantive},
                                           {"unanimity_strict", VotingRule::unanimity_strict},
                                           {"unanimity_lenient", VotingRule::unanimity_lenient},
                                           {"consensus", VotingRule::consensus},
                                           {"silence", VotingRule::silence},
                                           {"weighted", VotingRule::weighted},
                                           {"veto_set", VotingRule::veto_set},
                                           {"class_majorities", VotingRule::class_majorities}};
constexpr Word<Joining> joining_words[] = {{"closed", Joining::closed},
                                           {"list", Joining::list},
                                           {"invitation", Joining::invitation},
                                           {"open", Joining::open},
                                           {"seats", Joining::seats}};
constexpr Word<ConsentBy> consent_words[] = {{"signature", ConsentBy::signature},
                                             {"ratification", ConsentBy::ratification},
                                             {"accession", ConsentBy::accession},
                                             {"ballot", ConsentBy::ballot}};
constexpr Word<Retroactivity> retroactivity_words[] = {{"none", Retroactivity::none},
                                                       {"all", Retroactivity::all}};
constexpr Word<Reservations> reservation_words[] = {
    {"prohibited", Reservations::prohibited}, {"only", Reservations::only}, {"any", Reservations::any}};
constexpr Word<AmendmentEffect> amendment_words[] = {{"consenting_only", AmendmentEffect::consenting_only},
                                                     {"all_when_adopted", AmendmentEffect::all_when_adopted}};
constexpr Word<SuspensionBy> suspension_words[] = {
    {"all", SuspensionBy::all}, {"ballot", SuspensionBy::ballot}, {"unilateral", SuspensionBy::unilateral}};
constexpr Word<ResumeBy> resume_words[] = {{"suspender", ResumeBy::suspender}, {"all", ResumeBy::all}};
constexpr Word<Incoming> incoming_words[] = {{"stops_at_notice", Incoming::stops_at_notice},
                                             {"reciprocal_until_effect", Incoming::reciprocal_until_effect}};
constexpr Word<TooFew> too_few_words[] = {
    {"none", TooFew::none}, {"suspend", TooFew::suspend}, {"terminate", TooFew::terminate}};
enum class Term { none, until };
constexpr Word<Term> term_words[] = {{"none", Term::none}, {"until", Term::until}};

template <class E, size_t n>
std::vector<E> read_words(Place const& place, Word<E> const (&words)[n]) {
  std::vector<E> values;
  for (Place const& element : place.elements(n)) {
    auto const value = element.word(words);
    if (value && std::ranges::find(values, *value) != values.end())
      element.refuse("stands in this list twice");
    if (value) values.push_back(*value);
  }
  auto const* array = place.value().if_array();
  if (array && array->empty()) place.refuse("must name at least one");
  return values;
}

std::vector<std::string> read_clause_ids(Place const& place) {
  return read_strings(place, clause_name, limits::agreement_clauses, Emptiness::allowed);
}

Rule read_rule(Place const& place) {
  Rule rule;
  Members members(place);
  if (auto const word = members.required("rule")) {
    rule.rule = word->word(rule_words).value_or(rule.rule);
    bool const has_weights_or_classes = rule.rule == VotingRule::weighted ||
                                        rule.rule == VotingRule::veto_set ||
                                        rule.rule == VotingRule::class_majorities;
    if (has_weights_or_classes) {
      members.allow_others();
      word->refuse("rules with weights, vetoes or classes come with a later version of this centre");
    }
  }
  if (auto const quorum = members.optional("quorum"))
    rule.quorum = static_cast<uint32_t>(quorum->integer(1, limits::agreement_names).value_or(0));
  return rule;
}

Visibility read_visibility(Place const& place) {
  Visibility visibility;
  Members members(place);
  members.take_word("existence", visibility.existence, visible_words);
  members.take_word("text", visibility.text, visible_words);
  members.take_word("membership", visibility.membership, visible_words);
  members.take_word("acts", visibility.acts, visible_words);
  return visibility;
}

Participant read_participant(Place const& place) {
  Participant participant;
  Members members(place);
  take_shaped(members, "party", party_name, participant.party.name);
  if (auto const key = members.optional("founding_key"))
    participant.founding_key = read_shaped(*key, key_name);
  if (auto const offices = members.optional("offices"))
    participant.offices = read_names(*offices, office_name, Emptiness::refused);
  return participant;
}

std::vector<Participant> read_participants(Place const& place) {
  std::vector<Participant> participants;
  for (Place const& element : place.elements(limits::agreement_names)) {
    Participant participant = read_participant(element);
    bool const known = std::ranges::any_of(participants, [&](Participant const& other) {
      return !participant.party.name.empty() && other.party.name == participant.party.name;
    });
    if (known)
      place.problems().add(element.pointer() + "/party", "is listed already; put its offices into one entry");
    participants.push_back(std::move(participant));
  }
  auto const* array = place.value().if_array();
  if (array && array->empty()) place.refuse("must name at least one participant");
  return participants;
}

Eligible read_eligible(Place const& place) {
  Eligible eligible;
  Members members(place);
  auto const mode = members.required("mode");
  auto const word = mode ? mode->word(joining_words) : std::nullopt;
  if (!word) members.allow_others();
  if (word == Joining::seats) mode->refuse("seats of an organ come with a later version of this centre");
  eligible.mode = word.value_or(Joining::closed);
  if (word == Joining::closed || !word) return eligible;
  if (auto const kinds = members.optional("kinds")) eligible.kinds = read_words(*kinds, party_words);
  if (word == Joining::list)
    if (auto const list = members.required("list"))
      eligible.list = read_names(*list, party_name, Emptiness::refused);
  auto const accept = word == Joining::invitation ? members.required("accept") : members.optional("accept");
  if (accept) eligible.accept = read_rule(*accept);
  return eligible;
}

void read_reservations(Place const& place, Text& text) {
  Members members(place);
  members.take_word("mode", text.reservations, reservation_words);
  if (text.reservations != Reservations::only) return;
  if (auto const clauses = members.required("clauses")) text.reservable = read_clause_ids(*clauses);
}

void read_amendment(Place const& place, Text& text) {
  Members members(place);
  if (auto const rule = members.required("rule")) text.amendment_rule = read_rule(*rule);
  members.take_word("effect", text.amendment_effect, amendment_words);
}

Suspension read_suspension(Place const& place) {
  Suspension suspension;
  Members members(place);
  members.take_word("by", suspension.by, suspension_words);
  members.take_duration("notice", suspension.notice);
  members.take_word("resume", suspension.resume, resume_words);
  if (auto const clauses = members.required("non_suspendable"))
    suspension.non_suspendable = read_clause_ids(*clauses);
  return suspension;
}

Withdrawal read_withdrawal(Place const& place) {
  Withdrawal withdrawal;
  Members members(place);
  members.take_flag("allowed", withdrawal.allowed);
  members.take_duration("notice", withdrawal.notice);
  members.take_word("incoming", withdrawal.incoming, incoming_words);
  return withdrawal;
}

std::optional<UtcTime> read_term(Place const& place) {
  Members members(place);
  Term term = Term::none;
  members.take_word("mode", term, term_words);
  if (term == Term::none) return std::nullopt;
  UtcTime until;
  members.take_time("until", until);
  return until;
}

MinParties read_min_parties(Place const& place) {
  MinParties min_parties;
  Members members(place);
  members.take_number("n", min_parties.n, 1, limits::agreement_names);
  members.take_word("effect", min_parties.effect, too_few_words);
  return min_parties;
}

void read_identity(Members& members, Text& text) {
  enum class Format { first };
  Format format = Format::first;
  static constexpr Word<Format> format_words[] = {{"comity-agreement/1", Format::first}};
  members.take_word("format", format, format_words);
  take_shaped(members, "id", agreement_name, text.id);
  members.take_number("version", text.version);
  if (auto const name = members.optional("template"))
    text.template_name = read_shaped(*name, template_version);
  members.take_word("kind", text.kind, kind_words);
  take_shaped(members, "title", heading, text.title);
  members.take_flag("binding", text.binding);
  if (auto const exercise = members.optional("exercise"))
    text.exercise = exercise->yes_or_no().value_or(false);
  members.take_text("text", text.words);
}

void read_people(Members& members, Text& text) {
  if (auto const visibility = members.required("visibility")) text.visibility = read_visibility(*visibility);
  take_shaped(members, "depositary", party_name, text.depositary);
  if (auto const names = members.required("sponsors"))
    text.sponsors = read_names(*names, party_name, Emptiness::refused);
  if (auto const list = members.required("participants")) text.participants = read_participants(*list);
  if (auto const eligible = members.required("eligible")) text.eligible = read_eligible(*eligible);
}

void read_beginning(Members& members, Text& text) {
  if (auto const rule = members.required("adoption")) text.adoption = read_rule(*rule);
  if (auto const words = members.required("consent_by")) text.consent_by = read_words(*words, consent_words);
  if (auto const when = members.required("entry_into_force")) text.entry_into_force = read_condition(*when);
  members.take_duration("late_joiner_delay", text.late_joiner_delay);
  members.take_flag("provisional_application", text.provisional_application);
  if (auto const mode = members.required("retroactivity")) {
    Members of_mode(*mode);
    of_mode.take_word("mode", text.retroactivity, retroactivity_words);
  }
  if (auto const reservations = members.required("reservations")) read_reservations(*reservations, text);
  members.take_duration("objection_window", text.objection_window);
}

void read_change_and_end(Members& members, Text& text) {
  if (auto const amendment = members.required("amendment")) read_amendment(*amendment, text);
  if (auto const suspension = members.required("suspension")) text.suspension = read_suspension(*suspension);
  if (auto const withdrawal = members.required("withdrawal")) text.withdrawal = read_withdrawal(*withdrawal);
  if (auto const term = members.required("term")) text.term = read_term(*term);
  if (auto const min_parties = members.required("min_parties"))
    text.min_parties = read_min_parties(*min_parties);
  if (auto const survival = members.required("survival")) text.survival = read_clause_ids(*survival);
}

}  // namespace

void read_head(Members& members, Text& text) {
  read_identity(members, text);
  read_people(members, text);
  read_beginning(members, text);
  read_change_and_end(members, text);
}

}  // namespace comity::forms
