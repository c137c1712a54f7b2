#include "commands/load_framework_object.h"

#include <algorithm>
#include <set>

#include "base/limits.h"
#include "codec/codec.h"
#include "model/tlp.h"

namespace comity::commands {
namespace {

// Under each agreement, what refers to the id. Without an item that has the id nothing was left out for want of it; but a
// marking that nobody had let nothing pass.
std::vector<model::Unfinished> referrers(state::Holdings const& holdings, std::string const& id) {
  if (holdings.with_id(id).empty() && !id.starts_with("marking-definition--")) return {};
  std::set<AgreementKey> agreements;
  for (ItemKey key : holdings.referring_to(id))
    for (state::Contribution const& one : holdings.item(key).contributions)
      if (!one.deleted) agreements.insert(one.agreement);
  auto const number = static_cast<uint32_t>(holdings.frameworks.objects.size());  // that it will have
  std::vector<model::Unfinished> all;
  for (AgreementKey agreement : agreements)
    all.push_back({agreement, model::published, number, limits::backlog_hops});
  return all;
}

// The last date of the set before the next object.
UtcTime last_date(State const& state) {
  state::Frameworks const& frameworks = state.holdings.frameworks;
  UtcTime last = state.centre.founded + microseconds(limits::fixed_references);
  size_t party = 0;
  if (!frameworks.is_empty()) {
    last = frameworks.objects.back().date_added;
    party = frameworks.objects.back().parties;
  }
  for (; party < state.law.parties.size(); ++party)
    last = state::reference_date(last, state.law.parties[party]);
  return last;
}

}  // namespace

Ruling decide(Sight const& sight, LoadFrameworkObject const& command) {
  if (!may(sight, model::role::host)) return refused(ReasonCode::not_permitted);
  state::Frameworks const& frameworks = sight.behind.holdings.frameworks;
  auto const number = frameworks.find(command.framework);
  if (!number) return refused(ReasonCode::unknown_framework, command.framework);
  state::Framework const& framework = frameworks.all[*number];
  bool const is_allowed = sight.command.compare.has_value() && command.root == framework.root &&
                          command.objects == framework.objects;
  if (!is_allowed) return refused(ReasonCode::not_in_framework, command.id);
  if (model::fixed_tlp(command.id) || sight.behind.law.is_minted(command.id) ||
      frameworks.has_version(*number, command.id, command.version))
    return refused(ReasonCode::already_done, command.id);
  if (frameworks.objects.size() >= limits::framework_objects_in_all) return refused(ReasonCode::quota);
  Ruling ruling = model::accepted();
  ruling.unfinished = referrers(sight.behind.holdings, command.id);
  return ruling;
}

void apply(State& state, LoadFrameworkObject const& command, model::Record const& record) {
  state::Frameworks& frameworks = state.holdings.frameworks;
  state::FrameworkObject made;
  made.framework = *frameworks.find(command.framework);
  made.type = command.type, made.id = command.id, made.version = command.version;
  made.version_time = parse_stix_time(command.version).value_or(record.time);
  made.compare = *record.command.compare;
  made.marking_kind = command.marking_kind;
  made.payload = record.payload, made.size = command.size;
  made.index = record.index;
  made.parties = static_cast<uint32_t>(state.law.parties.size());
  made.date_added = std::max(record.time, last_date(state) + microseconds(1));
  if (auto judged = codec::decode<Judgement>(record.command.sealed))
    made.permissive = judged->permissive, made.spec_version = std::move(judged->spec_version);
  frameworks.load(std::move(made));
  // What a marking means to those who had it of somebody else may be stricter now (G6). Nothing else that is loaded narrows.
  if (command.marking_kind != model::MarkingKind::not_a_marking) ++state.epoch;
}

}  // namespace comity::commands
