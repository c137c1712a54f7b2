#include "commands/telling_systems.h"

#include "commands/airspace.h"

namespace comity::commands {

void tell_in_place(State& state, model::Record const& record, model::ToTell::Of of, model::EntityId entity) {
  for (model::Notified const& there : record.ruling.airspace->by_centre)
    for (model::NotifiedSubscription const& one : there.subscriptions)
      state.airspace.outbox.add({one.office, one.id, of, record.command.office, entity});
}

// `ended`: the number of the notice; 0: it began.
static void tell(State& state, model::RaisedNotice const& notice, UtcTime now, uint64_t ended) {
  bool const is_surrogate = notice.subject.other.is_none() && notice.content.level == model::Level::warning &&
                            notice.about != model::NoticeAbout::site;
  state::Airspace& airspace = state.airspace;
  OfficeKey const office = notice.subject.own.office;
  if (!is_surrogate || airspace.subscriptions.count_of(office) == 0) return;
  IntentKey const own = airspace.intents.find(airspace.scope_of(office), notice.subject.own.id);
  if (own.is_none()) return;
  model::Hull where = airspace.intents[own].hull;
  where.low_mm = model::lowest_mm, where.high_mm = model::highest_mm;  // G9
  std::vector<SubscriptionKey> told;
  airspace.subscriptions.each_in(where, [&](SubscriptionKey key) {
    state::Subscription const& one = airspace.subscriptions[key];
    if (one.owner.office == office && one.for_intents) told.push_back(key);
  });
  for (SubscriptionKey const key : told) {
    airspace.subscriptions.amend(
        key, [&](state::Subscription& one) { one.notification_index = index_by_clock(state, now); });
    airspace.outbox.add({office, airspace.subscriptions[key].id, model::ToTell::Of::surrogates, office,
                         notice.subject.own.id},
                        ended);
  }
}

void tell_of_surrogate(State& state, model::RaisedNotice const& notice, UtcTime now) {
  tell(state, notice, now, 0);
}

void tell_of_ended_surrogates(State& state, model::Record const& record) {
  if (!record.ruling.airspace) return;
  for (model::ClosedNotice const& one : record.ruling.airspace->closed)
    tell(state, state.airspace.notices.find({one.office, one.number})->raised, record.time, one.number);
}

}  // namespace comity::commands
