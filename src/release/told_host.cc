#include "release/told_host.h"

#include <map>

#include "base/limits.h"
#include "release/telling.h"
#include "release/told_issuers.h"

namespace comity::release {
namespace {

json::Array limits_of(state::Law const& law) {
  json::Array all;
  for (model::Quota const quota : model::all_quotas) {
    limits::Quota const range = model::range_of(quota);
    all.push_back(json::Object{{"limit", model::name_of(quota)},
                               {"value", law.quota(quota)},
                               {"least", range.least},
                               {"usual", range.usual},
                               {"most", range.most},
                               {"what", model::meaning_of(quota)}});
  }
  return all;
}

json::Array proposals_of(state::State const& state, UtcTime now,
                         std::vector<model::Record> const& proposing) {
  std::map<Index, json::Value> rows;
  for (auto const& [digest, proposal] : state.proposals) {
    UtcTime const until = proposal.at + limits::countersign_within;
    if (until <= now) continue;
    json::Object row{{"digest", to_hex(digest)},
                     {"kind", model::name_of(proposal.kind)},
                     {"by", state.law.people[proposal.by.value].name},
                     {"at", to_text(proposal.at)},
                     {"until", to_text(until)}};
    for (model::Record const& record : proposing)
      if (record.index == proposal.index && record.command.act)
        row["document"] = document_of(*record.command.act);
    rows[proposal.index] = std::move(row);
  }
  json::Array all;
  for (auto& [index, row] : rows) all.push_back(std::move(row));
  return all;
}

json::Array suspensions_of(state::State const& state) {
  json::Array all;
  for (auto const& [name, faults] : state.faults)
    if (faults.suspended)
      all.push_back(json::Object{{"office", state.law.office(name.first).name},
                                 {"kind", model::name_of(name.second)},
                                 {"since", to_text(faults.last)}});
  return all;
}

// What officers have suspended, as far as it holds. An agreement by the name that the reader knows it by.
json::Array emergencies_of(Eyes const& eyes, UtcTime now) {
  json::Array all;
  for (state::Emergency const& one : eyes.state.law.emergencies) {
    if (!one.holds(now)) continue;
    auto const agreement = one.agreement ? eyes.view.name_of(one.agreement) : std::nullopt;
    if (!one.party && !agreement) continue;
    all.push_back(json::Object{
        {one.party ? "party" : "agreement", one.party ? eyes.state.law.party(one.party).slug : *agreement},
        {"since", to_text(one.since)},
        {"until", to_text(one.until)},
        {"reason", one.reason}});
  }
  return all;
}

json::Array destinations_of(state::Law const& law) {
  json::Array all;
  for (model::Destination const& one : law.destinations) {
    if (one.url.empty()) continue;
    json::Array addresses;
    for (std::string const& address : one.addresses) addresses.push_back(json::Value(address));
    all.push_back(json::Object{{"destination", law.party(one.party).slug + "/" + one.slug},
                               {"url", one.url},
                               {"allowed", one.allowed},
                               {"addresses", std::move(addresses)}});
  }
  return all;
}

json::Array issuers_of(Eyes const& eyes) {
  json::Array all;
  for (model::Issuer const& one : eyes.state.law.issuers) {
    if (one.revoked != 0) continue;
    json::Object row = issuer_object(eyes.state.law, one);
    row["issuer"] = eyes.state.law.party(one.party).slug + "/" + one.slug;
    all.push_back(std::move(row));
  }
  return all;
}

json::Value users_of(state::Law const& law, model::Users const& users) {
  if (users.everyone) return json::Value("everyone");
  json::Array names;
  for (ClientKey const key : users.listed) names.push_back(json::Value(law.clients[key.value].name));
  return names;
}

json::Array collections_of(state::Law const& law) {
  json::Array all;
  for (model::OpenCollection const& one : law.arrangement->collections)
    all.push_back(json::Object{{"root", law.arrangement->roots[one.root].path},
                               {"id", one.id},
                               {"title", one.title},
                               {"description", one.description},
                               {"alias", one.alias},
                               {"readers", users_of(law, one.readers)},
                               {"writers", users_of(law, one.writers)}});
  return all;
}

char const* name_of(state::Restoring::Cause cause) {
  using Cause = state::Restoring::Cause;
  switch (cause) {
    case Cause::shorter: return "shorter";
    case Cause::another: return "another";
    case Cause::no_head: return "no_head";
    case Cause::copied: return "copied";
    case Cause::restored: return "restored";
  }
  return "";
}

json::Object put_back_of(state::Restoring const& found) {
  json::Object out{{"cause", name_of(found.cause)},
                   {"from", found.size},
                   {"last", to_text(found.last)},
                   {"since", to_text(found.since)},
                   {"epoch", found.epoch + 1}};
  if (found.known != 0) out["known"] = found.known;
  return out;
}

}  // namespace

Result<Told> tell_host(Eyes const& eyes, HostTimes times, std::vector<model::Record> const& proposing) {
  if ((eyes.view.viewer().roles & model::role::host) == 0) return hidden_or_absent();
  UtcTime const now = times.stands_still_at.value_or(times.clock);
  json::Object out{{"ruleset", eyes.state.ruleset}, {"time", to_text(times.clock)}};
  if (times.stands_still_at) out["log_stands_still_at"] = to_text(*times.stands_still_at);
  if (eyes.state.restoring) out["put_back"] = put_back_of(*eyes.state.restoring);
  out["limits"] = limits_of(eyes.state.law);
  out["proposals"] = proposals_of(eyes.state, now, proposing);
  out["suspended"] = suspensions_of(eyes.state);
  out["emergencies"] = emergencies_of(eyes, now);
  out["destinations"] = destinations_of(eyes.state.law);
  out["issuers"] = issuers_of(eyes);
  if (eyes.state.law.arrangement) out["collections"] = collections_of(eyes.state.law);
  return Teller::tell(eyes, std::move(out));
}

}  // namespace comity::release
