#include "release/told_destinations.h"

#include "crypto/base64.h"
#include "crypto/sha256.h"
#include "json/json.h"
#include "release/telling.h"

namespace comity::release {
namespace {

json::Array feeds_at(Eyes const& eyes, uint32_t destination) {
  json::Array all;
  for (model::AttachedFeed const& feed : eyes.state.law.attached) {
    if (feed.destination != destination || feed.office != eyes.office()) continue;
    switch (feed.kind) {
      case model::FeedKind::all: all.push_back("all"); break;
      case model::FeedKind::duties: all.push_back("duties"); break;
      case model::FeedKind::agreement:
        all.push_back(json::Value(eyes.view.name_of(feed.agreement).value_or("unknown")));
    }
  }
  return all;
}

json::Object call_object(LastCall const& call) {
  json::Object out{{"time", to_text(call.time)}, {"outcome", call.outcome}};
  if (call.status != 0) out["status"] = call.status;
  return out;
}

}  // namespace

Digest bell_key(ReleaseKeys const& keys, state::Law const& law, model::Destination const& destination) {
  return crypto::prf(keys.prf, "doorbell", law.party(destination.party).slug, destination.slug,
                     destination.url);
}

Told tell_destinations(Eyes const& eyes, LastCalls const& last_calls) {
  state::Law const& law = eyes.state.law;
  bool const is_admin = (eyes.view.viewer().roles & model::role::admin) != 0;  // the door asks too
  json::Array all;
  for (uint32_t number = 0; number < law.destinations.size(); ++number) {
    model::Destination const& one = law.destinations[number];
    if (!is_admin || !eyes.office() || one.party != eyes.view.party() || one.url.empty()) continue;
    json::Array feeds = feeds_at(eyes, number);
    bool const has_feeds = !feeds.empty();
    json::Object row{
        {"destination", one.slug}, {"url", one.url}, {"allowed", one.allowed}, {"feeds", std::move(feeds)}};
    row["secret"] = "whsec_" + crypto::to_base64(bell_key(eyes.keys, law, one).view());
    // Calls tell when something was released: to the offices whose feeds they are about.
    if (auto const last = last_calls.find({number, eyes.office()}); has_feeds && last != last_calls.end())
      row["last_call"] = call_object(last->second);
    all.push_back(std::move(row));
  }
  return Teller::tell(eyes, std::move(all));
}

}  // namespace comity::release
