#include "release/references.h"

#include "release/words.h"

namespace comity::release {
namespace {

using state::Constraint;
using state::Intent;

constexpr char no_subscription[] = "00000000-0000-4000-8000-000000000000";  // I8

// What was filed natively has no URL of its own.
template <class Entity>
Changed common(Eyes const& eyes, OwnSystem const& uss, Entity const& entity) {
  std::string const& url = eyes.state.airspace.urls.text(entity.url);
  return {.id = entity.id,
          .manager = manager_of(eyes, entity.owner),
          .availability = model::Availability::unknown,
          .version = entity.version,
          .state = {},
          .ovn = entity.ovn,
          .from = entity.hull.from,
          .until = entity.hull.until,
          .url = url.empty() ? uss.base_url : url,
          .subscription = {}};
}

}  // namespace

char const* word(model::Availability availability) {
  switch (availability) {
    case model::Availability::unknown: return "Unknown";
    case model::Availability::normal: return "Normal";
    case model::Availability::down: return "Down";
  }
  return "";
}

json::Object time_json(UtcTime time) { return {{"value", to_text(time)}, {"format", "RFC3339"}}; }

json::Object reference_json(Changed const& of, json::Value ovn) {
  json::Object out{
      {"id", model::text_of(of.id)},
      {"manager", of.manager},
      {"uss_availability", word(of.state ? of.availability : model::Availability::unknown)},  // I9
      {"version", of.version},
      {"ovn", std::move(ovn)},
      {"time_start", time_json(of.from)},
      {"time_end", time_json(of.until)},
      {"uss_base_url", of.url}};
  if (!of.state) return out;
  out["state"] = word_of(*of.state);
  out["subscription_id"] = of.subscription ? json::Value(model::text_of(*of.subscription)) : no_subscription;
  return out;
}

Changed changed_of(Eyes const& eyes, OwnSystem const& uss, Intent const& intent) {
  Changed out = common(eyes, uss, intent);
  out.availability = availability_of(eyes, intent.owner.manager);
  out.state = intent.state;
  if (intent.subscription) out.subscription = eyes.state.airspace.subscriptions[intent.subscription].id;
  return out;
}
Changed changed_of(Eyes const& eyes, OwnSystem const& uss, Constraint const& constraint) {
  return common(eyes, uss, constraint);
}

std::string manager_of(Eyes const& eyes, state::Owner const& owner) {
  if (owner.manager) return state::system_name(eyes.state.law.clients[owner.manager.value]);
  return eyes.view.knows(owner.office) ? eyes.view.name_of(owner.office) : "centre";
}

model::Availability availability_of(Eyes const& eyes, ClientKey manager) {
  if (manager.is_none()) return model::Availability::unknown;
  state::Law const& law = eyes.state.law;
  model::Client const& client = law.clients[manager.value];
  auto const& all = eyes.state.airspace.availability;
  auto const found =
      all.find(eyes.state.airspace.one_namespace
                   ? client.subject
                   : state::availability_name(law, law.party_of(client.office), state::system_name(client)));
  return found == all.end() ? model::Availability::unknown : found->second.availability;
}

}  // namespace comity::release
