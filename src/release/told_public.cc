#include "release/told_public.h"

#include "json/json.h"
#include "release/telling.h"
#include "release/told_law.h"

namespace comity::release {
namespace {

// One that is told as a row of a list, without what is between its parties.
json::Object public_row(json::Object const& row) {
  json::Object out;
  for (char const* name : {"id", "title"})
    if (auto const* value = row.if_contains(name)) out[name] = *value;
  for (char const* name : {"state", "since", "members"})
    if (auto const* value = row.at("status").as_object().if_contains(name)) out[name] = *value;
  return out;
}

json::Object most_json(VisitCounts::Most const& most) {
  return {{"count", most.count}, {"at", to_text(most.at)}};
}

enum class For : uint8_t { everybody, moderators };

json::Object replies_json(std::vector<VisitorReply> const& replies, For whom) {
  json::Array all;
  for (VisitorReply const& one : replies) {
    json::Object row{{"id", one.id}, {"at", to_text(one.at)}, {"name", one.name}, {"text", one.text}};
    if (whom == For::moderators) {
      row["state"] = one.shown ? "shown" : "waiting";
      row["email"] = one.email;
    }
    all.push_back(std::move(row));
  }
  return {{"replies", std::move(all)}};
}

}  // namespace

Told tell_centre(Eyes const& eyes, PublicPage const& page) {
  json::Array agreements;
  Told const listed = tell_agreements(eyes, {});
  for (json::Value const& row : listed.value().at("agreements").as_array())
    agreements.push_back(public_row(row.as_object()));
  return Teller::tell(eyes, json::Object{{"name", eyes.state.centre.name},
                                         {"origin", eyes.state.centre.origin_now()},
                                         {"demo", eyes.state.centre.demo},
                                         {"agreements", std::move(agreements)},
                                         {"visits", page.visits},
                                         {"replies", page.replies}});
}

Told tell_sign_in_ways(std::vector<SignInWay> const& ways) {
  json::Array all;
  for (SignInWay const& one : ways) all.push_back(json::Object{{"label", one.label}, {"path", one.path}});
  return Teller::tell_timeless(json::Object{{"openid", std::move(all)}});
}

Told tell_visits(VisitCounts const& counts) {
  return Teller::tell_timeless(json::Object{
      {"now", json::Object{{"guests", counts.guests}, {"bots", counts.bots}, {"members", counts.members}}},
      {"most", json::Object{{"today", most_json(counts.today)},
                            {"month", most_json(counts.month)},
                            {"year", most_json(counts.year)},
                            {"ever", most_json(counts.ever)}}}});
}

Told tell_replies(std::vector<VisitorReply> const& replies) {
  return Teller::tell_timeless(replies_json(replies, For::everybody));
}

Told tell_maps(std::vector<std::string> const& names) {
  return Teller::tell_timeless(json::Object{{"maps", json::Array(names.begin(), names.end())}});
}

Result<Told> tell_all_replies(Eyes const& eyes, std::vector<VisitorReply> const& replies) {
  if ((eyes.view.viewer().roles & model::role::host) == 0) return hidden_or_absent();
  return Teller::tell(eyes, replies_json(replies, For::moderators));
}

}  // namespace comity::release
