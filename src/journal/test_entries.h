// Records for the tests of the journal, of the shapes that matter to it. Only used by tests.
#pragma once

#include <string>
#include <utility>

#include "journal/journal.h"

namespace comity::journal {

inline UtcTime test_time(Index index) {
  return UtcTime{1'443'600'000'000'000} + seconds(static_cast<int64_t>(index));
}

// Nothing but an envelope, a command and a ruling.
inline Entry pulse(Index index) {
  Entry entry;
  entry.record.index = index;
  entry.record.time = test_time(index);
  entry.record.command.kind = model::CommandKind::pulse;
  return entry;
}

// Facts and bytes as posted, and what two groups of offices are told of it: more than four parts.
inline Entry contribution(Index index, PayloadKey key, Bytes payload) {
  Entry entry = pulse(index);
  entry.record.command.kind = model::CommandKind::contribute;
  entry.record.command.office = OfficeKey(2u);
  entry.record.command.actor = {model::Actor::Kind::client, 5};
  entry.record.command.idempotency_key = "filing-" + std::to_string(index);
  entry.record.command.body = "body " + std::to_string(index);
  entry.record.command.sealed = "facts of " + payload;
  entry.record.payload = key;
  entry.record.ruling.effects.push_back(
      {model::EffectKind::standing, AgreementKey(1u), PartyKey(3u), 0, 2, {}});
  entry.record.ruling.releases.push_back(
      {{OfficeKey(7u), OfficeKey(9u)}, {{ItemKey(1u), AgreementKey(1u), 2, {}, OfficeKey(1u)}}});
  entry.record.ruling.deletions.push_back(
      {ItemKey(3u), AgreementKey(6u), {OfficeKey(4u)}, {{OfficeKey(5u), OfficeKey(1u)}}});
  entry.record.ruling.releases.push_back(
      {{OfficeKey(4u)}, {{ItemKey(1u), AgreementKey(6u), 0, {}, OfficeKey(1u)}}});
  entry.record.told.push_back(
      {test_time(index), {{{}, "share", "report--1", "2026-01-01T00:00:00Z", {}}}, {}, {}});
  entry.record.told.push_back({test_time(index), {{{}, "share-places", {}, {}, {}}}, {}, {}});
  entry.record.told.push_back(
      {test_time(index), {}, {{model::EffectKind::standing, {}, "ru", {}, 2, test_time(index)}}, {}});
  entry.payload = std::move(payload);
  return entry;
}

// Committed to and not kept.
inline Entry refused_contribution(Index index, Bytes payload) {
  Entry entry = pulse(index);
  entry.record.command.kind = model::CommandKind::contribute;
  entry.record.command.office = OfficeKey(2u);
  entry.record.ruling = model::refused(model::ReasonCode::third_party_rule, "indicator--1");
  entry.payload = std::move(payload);
  return entry;
}

inline Result<void> append_one(Journal& journal, Entry entry) { return journal.append({&entry, 1}); }

// Fails the test that asks for the value of an error, with its words.
template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().detail);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace comity::journal
