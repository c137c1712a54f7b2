#include "release/told_watch.h"

#include <algorithm>

#include "base/limits.h"
#include "release/telling.h"
#include "state/grants.h"
#include "state/in_force.h"
#include "state/lines.h"

namespace comity::release {
namespace {

using state::Agreement;

constexpr size_t calls_told = 20;  // of a line, the latest

std::string name_of(Eyes const& eyes, PersonKey person) { return eyes.state.law.people[person.value].name; }

json::Array contacts_json(Eyes const& eyes, std::vector<model::Contact> const& contacts,
                          LastPages const& pages) {
  json::Array all;
  for (model::Contact const& one : contacts) {
    json::Object entry{{"by", one.by == model::Contact::By::mail ? "mail" : "gateway"},
                       {"address", one.address}};
    if (auto const last = pages.find({eyes.office(), one.address}); last != pages.end())
      entry["last_page"] =
          json::Object{{"time", to_text(last->second.time)}, {"outcome", last->second.outcome}};
    all.push_back(std::move(entry));
  }
  return all;
}

json::Array on_watch_json(Eyes const& eyes, state::Watch const& watch, LastPages const& pages) {
  json::Array all;
  for (state::OnWatch const& one : watch.on) {
    if (!state::may_watch(eyes.state.law, eyes.office(), one.person)) continue;
    json::Object entry{{"person", name_of(eyes, one.person)},
                       {"since", to_text(one.since)},
                       {"contacts", contacts_json(eyes, one.contacts, pages)}};
    auto const offered = std::ranges::find(watch.offered, one.person, &state::HandOver::from);
    if (offered != watch.offered.end()) {
      entry["offered_to"] = name_of(eyes, offered->to);
      if (!offered->note.empty()) entry["offered_note"] = offered->note;
    }
    if (one.taken)
      entry["note"] = json::Object{{"from", name_of(eyes, one.taken->from)},
                                   {"at", to_text(one.taken->at)},
                                   {"text", one.taken->note}};
    all.push_back(std::move(entry));
  }
  return all;
}

bool somebody_watches(Eyes const& eyes, OfficeKey office) {
  return std::ranges::any_of(eyes.state.airspace.watches.of(office).on, [&](state::OnWatch const& one) {
    return state::may_watch(eyes.state.law, office, one.person);
  });
}

json::Object call_json(Eyes const& eyes, state::CallMade const& made) {
  bool const own = made.office == eyes.office();
  json::Object one{{"by", own ? "own" : "other"},
                   {"purpose", made.call.purpose == model::CallPurpose::test ? "test" : "talk"},
                   {"at", to_text(made.at)},
                   {"reached", made.call.reached},
                   {"language", made.call.language},
                   {"minutes", made.call.minutes}};
  if (!own) return one;
  one["person"] = name_of(eyes, made.person);
  if (made.call.notice != 0) one["notice"] = made.call.notice;
  if (made.call.read_back) one["read_back"] = to_hex(*made.call.read_back);
  if (!made.call.words.empty()) one["words"] = made.call.words;
  return one;
}

// The line runs between the reader's party and that of the office, either way.
bool runs_with(Eyes const& eyes, Agreement const& agreement, uint32_t number, OfficeKey office) {
  PartyKey const own = eyes.view.party(), theirs = eyes.state.law.party_of(office);
  return own == theirs || state::in_force(agreement, number, own, theirs) ||
         state::in_force(agreement, number, theirs, own);
}

// The offices of an end that the reader is not at, and whether somebody watches there.
json::Array other_end_json(Eyes const& eyes, Agreement const& agreement, uint32_t number,
                           model::Selector const& end) {
  json::Array all;
  for (OfficeKey const office : eyes.state.law.participating(agreement)) {
    bool const other = office != eyes.office() && state::covers(eyes.state.law, agreement, end, office, {});
    if (other && eyes.view.knows(office) && runs_with(eyes, agreement, number, office))
      all.push_back(
          json::Object{{"office", eyes.view.name_of(office)}, {"watched", somebody_watches(eyes, office)}});
  }
  return all;
}

json::Object line_json(Eyes const& eyes, AgreementKey key, uint32_t number) {
  Agreement const& agreement = eyes.state.law.agreement(key);
  model::Clause const& clause = agreement.text->clauses[number];
  bool const at_from = state::covers(eyes.state.law, agreement, clause.from, eyes.office(), {});
  auto const& calls = eyes.state.airspace.watches.calls_of({key, number});
  UtcTime const joined = state::standing_since(agreement, eyes.view.party());
  UtcTime const due = state::test_due(*clause.line, calls, joined);
  json::Array languages, latest;
  for (std::string const& language : clause.line->languages) languages.push_back(json::Value(language));
  for (size_t i = calls.size(); i > 0 && latest.size() < calls_told; --i)
    if (runs_with(eyes, agreement, number, calls[i - 1].office))
      latest.push_back(call_json(eyes, calls[i - 1]));
  return {{"agreement", *eyes.view.name_of(key)},
          {"clause", clause.id},
          {"languages", std::move(languages)},
          {"other_end", other_end_json(eyes, agreement, number, at_from ? clause.to : clause.from)},
          {"test_due", to_text(due)},
          {"test_overdue", due + clause.line->overdue_after <= eyes.state.last_time},
          {"calls", std::move(latest)}};
}

bool is_at_end(Eyes const& eyes, Agreement const& agreement, model::Clause const& clause) {
  state::Law const& law = eyes.state.law;
  return state::covers(law, agreement, clause.from, eyes.office(), {}) ||
         state::covers(law, agreement, clause.to, eyes.office(), {});
}

json::Array lines_json(Eyes const& eyes) {
  json::Array all;
  for (AgreementKey const key : eyes.view.agreements()) {
    Agreement const& agreement = eyes.state.law.agreement(key);
    if (!agreement.text || !eyes.view.reads_text(key)) continue;
    for (uint32_t i = 0; i < agreement.text->clauses.size() && all.size() < limits::listed; ++i) {
      model::Clause const& clause = agreement.text->clauses[i];
      bool const own = clause.line && is_at_end(eyes, agreement, clause);
      if (own && state::runs_with_another(agreement, i, eyes.view.party()))
        all.push_back(line_json(eyes, key, i));
    }
  }
  return all;
}

}  // namespace

Told tell_watch(Eyes const& eyes, LastPages const& last_pages) {
  state::Watch const& watch = eyes.state.airspace.watches.of(eyes.office());
  return Teller::tell(
      eyes, json::Object{{"on_watch", on_watch_json(eyes, watch, last_pages)}, {"lines", lines_json(eyes)}});
}

}  // namespace comity::release
