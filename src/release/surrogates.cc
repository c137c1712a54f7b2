#include "release/surrogates.h"

#include <algorithm>
#include <set>

#include "codec/codec.h"
#include "crypto/sha256.h"
#include "state/in_force.h"

namespace comity::release {
namespace {

UtcTime first_of(model::Surrogate const& surrogate) {
  return std::ranges::min(surrogate.boxes, {}, &model::VolumeBox::from).from;
}
UtcTime last_of(model::Surrogate const& surrogate) {
  return std::ranges::max(surrogate.boxes, {}, &model::VolumeBox::until).until;
}

constexpr char centre_manager[] = "centre";

}  // namespace

NamedSurrogate name_of(Eyes const& eyes, model::EntityId own, model::Surrogate const& surrogate) {
  Digest const digest = crypto::prf(eyes.keys.prf, "surrogate", eyes.view.name_of(eyes.office()),
                                    model::text_of(own), codec::encode(surrogate));
  NamedSurrogate name;
  std::copy_n(digest.octets.begin(), name.id.octets.size(), name.id.octets.begin());
  name.id.octets[6] = static_cast<uint8_t>((name.id.octets[6] & 0x0f) | 0x40);  // a UUID of version 4
  name.id.octets[8] = static_cast<uint8_t>((name.id.octets[8] & 0x3f) | 0x80);
  name.ovn.kind = model::Ovn::Kind::minted;
  std::copy_n(digest.octets.begin() + name.id.octets.size(), name.ovn.octets.size(), name.ovn.octets.begin());
  Digest const another = crypto::prf(eyes.keys.prf, "version of a surrogate", digest.view());
  name.version =
      1 + (uint32_t{another.octets[0]} << 16 | uint32_t{another.octets[1]} << 8 | another.octets[2]);
  return name;
}

json::Object surrogate_json(Eyes const& eyes, OwnSystem const& uss, model::EntityId own,
                            model::Surrogate const& surrogate) {
  NamedSurrogate const name = name_of(eyes, own, surrogate);
  Changed const reference{
      .id = name.id,
      .manager = centre_manager,
      .version = name.version,
      .state = surrogate.contingent ? model::IntentState::contingent : model::IntentState::accepted,
      .ovn = name.ovn,
      .from = first_of(surrogate),
      .until = last_of(surrogate),
      .url = uss.base_url,
      .subscription = {}};
  return reference_json(reference, hidden_ovn);
}

std::optional<model::Surrogate> surrogate_of(model::RaisedNotice const& notice) {
  bool const is_one = notice.subject.other.is_none() && notice.content.level == model::Level::warning &&
                      notice.about != model::NoticeAbout::site;
  if (!is_one) return std::nullopt;
  return model::Surrogate{notice.subject.under, notice.content.boxes, notice.content.contingent};
}

void each_surrogate(Eyes const& eyes, model::EntityId own,
                    std::function<void(model::Surrogate const&)> const& look) {
  state::Notices const& notices = eyes.state.airspace.notices;
  for (model::NoticeSubject const& subject :
       notices.open_about({model::ThingName::Kind::intent, eyes.office(), own})) {
    auto const surrogate = surrogate_of(notices.find({eyes.office(), notices.open_on(subject)})->raised);
    if (surrogate && may_be_told(eyes, *surrogate)) look(*surrogate);
  }
}

bool may_be_told(Eyes const& eyes, model::Surrogate const& surrogate) {
  model::ClauseName const under = surrogate.under;
  return !eyes.office().is_none() && eyes.view.reads_text(under.agreement) &&
         state::runs_with_another(eyes.state.law.agreement(under.agreement), under.clause, eyes.view.party());
}

std::optional<FoundSurrogate> find_surrogate(Eyes const& eyes, Tried const& tried, model::EntityId id) {
  std::optional<FoundSurrogate> found;
  auto const& intents = eyes.state.airspace.intents;
  if (eyes.state.airspace.one_namespace || eyes.office().is_none()) return found;
  for (FoundSurrogate const& one : tried)
    if (may_be_told(eyes, one.surrogate) && name_of(eyes, one.own, one.surrogate).id == id) return one;
  std::set<model::EntityId> looked;
  for (auto const& [number, notice] : eyes.state.airspace.notices.of(eyes.office())) {
    model::EntityId const own = notice.raised.subject.own.id;
    if (!notice.is_open() || found || !looked.insert(own).second) continue;
    IntentKey const key = intents.find(eyes.office(), own);
    if (key.is_none()) continue;
    each_surrogate(eyes, own, [&](model::Surrogate const& one) {
      if (name_of(eyes, own, one).id == id) found = FoundSurrogate{own, one};
    });
  }
  return found;
}

}  // namespace comity::release
