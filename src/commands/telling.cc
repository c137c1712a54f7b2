#include "commands/telling.h"

namespace comity::commands {
namespace {

model::ToldItem told_item(state::State const& state, model::ReleasedItem const& released) {
  state::Agreement const& agreement = state.law.agreement(released.agreement);
  model::ToldItem told{agreement.text_hash, agreement.text->clauses[released.clause].id, {}, {}, {}};
  if (!released.form.is_whole()) return told;
  state::Item const& item = state.holdings.item(released.item);
  told.id = item.head.id;
  told.version = item.head.version;
  told.commitment = item.commitment;
  return told;
}

model::ToldEffect told_effect(state::Law const& law, model::Effect const& effect) {
  using Kind = model::EffectKind;
  state::Agreement const& agreement = law.agreement(effect.agreement);
  model::ToldEffect told{effect.kind, agreement.text_hash, {}, {}, effect.value, effect.at};
  if (effect.party) told.party = law.party(effect.party).slug;
  if (effect.kind == Kind::prohibition_ended)
    told.party += " " + law.party(PartyKey(effect.value)).slug, told.value = 0;  // no key of the machine (E2)
  if (effect.kind == Kind::clause_applies || effect.kind == Kind::clause_ends ||
      effect.kind == Kind::prohibition_ended)
    told.clause = agreement.text->clauses[effect.clause].id;
  return told;
}

model::ToldNotice told_notice(state::State const& after, state::NoticeNumber const& number) {
  model::RaisedNotice const& raised = after.airspace.notices.find(number)->raised;
  model::NoticeSubject const& subject = raised.subject;
  state::Agreement const& agreement = after.law.agreement(subject.under.agreement);
  model::ToldNotice told;
  told.text_hash = agreement.text_hash, told.clause = agreement.text->clauses[subject.under.clause].id;
  told.office = after.law.office(number.office).name, told.number = number.number;
  told.intent = subject.own.id;
  if (subject.other.kind == model::ThingName::Kind::intent)
    told.other_office = after.law.office(subject.other.office).name, told.other = subject.other.id;
  told.about = raised.about, told.content = raised.content;
  told.answer_by = raised.answer_by, told.exercise = raised.exercise;
  return told;
}

void add_notices(state::State const& after, model::Record const& record, std::vector<model::Telling>& all) {
  if (!record.ruling.airspace || !record.ruling.accepted()) return;
  state::Notices const& notices = after.airspace.notices;
  auto const add = [&](state::NoticeNumber const& number, model::NoticeEnd end) {
    if (!notices.find(number)) return;  // of so many, forgotten at once
    model::ToldNotice told = told_notice(after, number);
    told.end = end;
    all.push_back({record.time, {}, {}, {std::move(told)}});
  };
  for (model::ClosedNotice const& one : record.ruling.airspace->closed)
    add({one.office, one.number}, one.end);
  for (model::RaisedNotice const& one : record.ruling.airspace->raised)
    add({one.subject.own.office, notices.open_on(one.subject)}, model::NoticeEnd::open);
}

}  // namespace

std::vector<model::Telling> tellings(state::State const& after, model::Record const& record) {
  std::vector<model::Telling> all;
  for (model::Release const& release : record.ruling.releases) {
    model::Telling telling{record.time, {}, {}, {}};
    for (model::ReleasedItem const& item : release.items) telling.items.push_back(told_item(after, item));
    all.push_back(std::move(telling));
  }
  for (model::Effect const& effect : record.ruling.effects)
    all.push_back({record.time, {}, {told_effect(after.law, effect)}, {}});
  add_notices(after, record, all);
  return all;
}

}  // namespace comity::commands
