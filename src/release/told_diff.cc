// What a change of law would let appear and disappear: terms of clauses, between whom, and nobody's items (G5, B4, B14).
#include <algorithm>
#include <map>
#include <set>

#include "base/limits.h"
#include "release/telling.h"
#include "release/told_law.h"
#include "state/grants.h"

namespace comity::release {
namespace {

using state::Agreement;
using state::Law;

// Between whom each clause of an agreement runs: by clause, from which party to which.
using Pair = std::pair<PartyKey, PartyKey>;
using Running = std::map<size_t, std::set<Pair>>;

std::set<PartyKey> covered(Law const& law, Agreement const& agreement, model::Selector const& selector) {
  std::set<PartyKey> parties;
  for (OfficeKey office : law.participating(agreement))
    if (state::covers(law, agreement, selector, office, {})) parties.insert(law.party_of(office));
  return parties;
}

Running running(Law const& law, AgreementKey key) {
  Running all;
  if (key.value >= law.agreements.size()) return all;
  Agreement const& agreement = law.agreement(key);
  for (size_t i = 0; i < agreement.text->clauses.size(); ++i) {
    model::Clause const& clause = agreement.text->clauses[i];
    if (clause.type == model::ClauseType::text) continue;
    auto const to = covered(law, agreement, clause.to);
    for (PartyKey const giver : covered(law, agreement, clause.from))
      for (PartyKey const receiver : to) {
        bool const meant = clause.to.kind != model::Selector::Kind::others || giver != receiver;
        if (meant && state::in_force(agreement, i, giver, receiver)) all[i].emplace(giver, receiver);
      }
  }
  return all;
}

std::set<Pair> without(Running const& of, size_t clause, Running const& other) {
  std::set<Pair> pairs;
  if (!of.contains(clause)) return pairs;
  pairs = of.at(clause);
  if (other.contains(clause))
    for (Pair const& pair : other.at(clause)) pairs.erase(pair);
  return pairs;
}

// A clause as it was drafted, but for its words and between whom it is.
json::Object terms_of(json::Value const& clause) {
  json::Object terms = clause.as_object();
  for (char const* name : {"id", "text", "from", "to", "between", "ends"}) terms.stable_erase(name);
  return terms;
}

class Telling {
 public:
  explicit Telling(Eyes const& known) : known_(known) {}

  // Nothing if no pair of it may be told.
  std::optional<json::Object> row(model::Clause const& clause, json::Value const& drafted,
                                  std::set<Pair> const& pairs) {
    std::map<std::string, std::set<std::string>> by_giver;
    for (auto const& [giver, receiver] : pairs) {
      if (!known_.view.knows(giver) || !known_.view.knows(receiver)) continue;
      more_ |= told_ == limits::listed;
      if (told_ == limits::listed) continue;
      ++told_;
      by_giver[known_.view.name_of(giver)].insert(known_.view.name_of(receiver));
    }
    if (by_giver.empty()) return std::nullopt;
    json::Array between;
    for (auto const& [giver, receivers] : by_giver)
      between.push_back(
          json::Object{{"from", giver}, {"to", json::Array(receivers.begin(), receivers.end())}});
    json::Object out{{"clause", clause.id}, {"between", std::move(between)}};
    for (auto& member : terms_of(drafted)) out[member.key()] = std::move(member.value());
    return out;
  }
  bool more() const { return more_; }

 private:
  Eyes const& known_;
  size_t told_ = 0;
  bool more_ = false;
};

Result<json::Array> drafted_clauses(Agreement const& agreement, Payload source) {
  if (source.key != agreement.source)
    return fail(ErrorCode::corrupt, "other bytes than those of the agreement");
  json::Value value = TRY(json::parse(source.bytes, limits::agreement_bytes));
  json::Object* const object = value.if_object();
  json::Value* const clauses = object ? object->if_contains("clauses") : nullptr;
  if (!clauses || !clauses->is_array() || clauses->get_array().size() != agreement.text->clauses.size())
    return fail(ErrorCode::corrupt, "other clauses than those of the agreement");
  return std::move(clauses->get_array());
}

}  // namespace

std::vector<AgreementKey> changed_agreements(Eyes const& known, LawChange const& change) {
  std::vector<AgreementKey> all;
  for (size_t i = 0; i < change.then.agreements.size(); ++i) {
    AgreementKey const key(i);
    bool const assumed = key == change.assumed;
    if (!known.view.reads_text(key) || (!assumed && !known.view.knows_acts(key))) continue;
    if (assumed || running(change.before, key) != running(change.then, key)) all.push_back(key);
  }
  return all;
}

Result<Told> tell_grant_diff(Eyes const& known, LawChange const& change, AgreementKey key, Payload source) {
  auto const name = known.view.name_of(key);
  if (!name || !known.view.reads_text(key)) return hidden_or_absent();
  Agreement const& agreement = change.then.agreement(key);
  json::Array const drafted = TRY(drafted_clauses(agreement, source));
  Running const before = running(change.before, key), then = running(change.then, key);
  Telling telling(known);
  json::Array appear, disappear;
  for (size_t i = 0; i < agreement.text->clauses.size(); ++i) {
    model::Clause const& clause = agreement.text->clauses[i];
    if (auto row = telling.row(clause, drafted[i], without(then, i, before)))
      appear.push_back(std::move(*row));
    if (auto row = telling.row(clause, drafted[i], without(before, i, then)))
      disappear.push_back(std::move(*row));
  }
  json::Object out{{"agreement", *name}};
  if (key == change.assumed)
    out["assuming"] = "in force between all its participants, with all its clauses begun";
  out["appear"] = std::move(appear);
  out["disappear"] = std::move(disappear);
  out["others"] = "not counted";
  out["more"] = telling.more();
  return Teller::tell(known, std::move(out));
}

}  // namespace comity::release
