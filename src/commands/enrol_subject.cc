#include "commands/enrol_subject.h"

#include <algorithm>

#include "base/limits.h"
#include "commands/airspace.h"
#include "model/names.h"

namespace comity::commands {
namespace {

constexpr size_t slug_letters = 24;

std::string slug_of(state::Law const& law, std::string_view subject) {
  std::string slug;
  for (char c : subject.substr(0, slug_letters)) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    bool const is_letter = c >= 'a' && c <= 'z';
    if (slug.empty() && !is_letter) slug = "uss";
    slug += is_letter || (c >= '0' && c <= '9') ? c : '-';
  }
  while (slug.ends_with('-')) slug.pop_back();
  if (model::is_slug(slug) && !model::is_reserved(slug) && law.find_party(slug).is_none()) return slug;
  return slug + "-" + std::to_string(law.parties.size());
}

}  // namespace

Ruling decide(Sight const& sight, EnrolSubject const& command) {
  State const& state = sight.behind;
  if (!state.airspace.one_namespace || sight.command.actor.kind != model::Actor::Kind::system)
    return refused(ReasonCode::not_permitted);
  if (command.subject.empty() || command.subject.size() > limits::subject_bytes)
    return refused(ReasonCode::malformed);
  if (state.airspace.subjects.contains(command.subject)) return refused(ReasonCode::already_done);
  if (state.airspace.subjects.size() >= limits::subjects) return refused(ReasonCode::quota);
  return model::accepted();
}

void apply(State& state, EnrolSubject const& command, model::Record const& record) {
  model::Party party;
  party.slug = slug_of(state.law, command.subject);
  party.kind = model::PartyKind::company;
  party.name = command.subject;
  party.registered = record.time;
  PartyKey const key(state.law.parties.size());
  OfficeKey const office(state.law.offices.size());
  ClientKey const client(state.law.clients.size());
  state.law.offices.push_back({key, party.slug + "/uss"});
  state.law.clients.push_back({office, party.slug + "/uss/client", model::right::read | model::right::file});
  state.law.clients.back().subject = command.subject;
  state.law.parties.push_back(std::move(party));
  state.airspace.subjects.emplace(command.subject, client);
}

}  // namespace comity::commands
