#include "doors/console/pass.h"

#include "base/limits.h"
#include "codec/codec.h"
#include "crypto/base64.h"
#include "crypto/sealed.h"
#include "model/names.h"

namespace comity::console {
namespace {

// Names, not keys: what is sealed means the same whatever else the centre holds.
struct Sealed {
  std::string person, office, id;
  Index issued_after = 0;
  UtcTime until, at_latest;
  std::string issuer = {};  // `ru/login`; empty: none
  Index issuer_changed = 0;
  auto fields(this auto& self) {
    return std::tie(self.person, self.office, self.id, self.issued_after, self.until, self.at_latest,
                    self.issuer, self.issuer_changed);
  }
};

std::string context_of(sequencer::Centre const& centre, Purpose purpose) {
  std::string const origin =
      centre.glance([](sequencer::Glimpse const& glimpse) { return glimpse.state.centre.origin_now(); });
  return (purpose == Purpose::session ? "console session of " : "one-time link of ") + origin;
}

// Ids of tokens have no space.
std::string new_id(sequencer::Centre const& centre) {
  Bytes octets(12, '\0');
  centre.seam().entropy.fill({reinterpret_cast<uint8_t*>(octets.data()), octets.size()});
  return "console " + crypto::to_base64url(octets);
}

// Of one that is made now, and not by a clock that was ahead and has been set right since.
UtcTime latest_end(Purpose purpose, UtcTime now) {
  return now + (purpose == Purpose::session ? limits::session_life : limits::link_life_in_demo) +
         limits::clock_skew;
}

}  // namespace

Pass pass_of(sequencer::Centre const& centre, auth::Principal const& who, Duration life) {
  UtcTime const now = centre.seam().clock.now();
  Pass pass{.person = PersonKey(who.actor.key),
            .office = who.office,
            .until = now + life,
            .at_latest = now + limits::session_life_on_watch,
            .id = new_id(centre),
            .issuer = who.issuer,
            .issuer_changed = who.issuer_changed};
  pass.issued_after =
      centre.read([](sequencer::Glimpse const& glimpse) { return glimpse.state.next_index - 1; });
  return pass;
}

Pass pass_again(sequencer::Centre const& centre, auth::Principal const& who, OfficeKey office) {
  return {.person = PersonKey(who.actor.key),
          .office = office,
          .issued_after = who.token_issued_after,
          .until = who.until,
          .at_latest = who.at_latest,
          .id = new_id(centre),
          .issuer = who.issuer,
          .issuer_changed = who.issuer_changed};
}

std::optional<Pass> renewed(Pass const& pass, UtcTime now) {
  if (pass.until > now + limits::session_renewal) return std::nullopt;
  Pass next = pass;
  next.until = std::min(now + limits::session_renewed, pass.at_latest);
  return next.until > pass.until ? std::optional(std::move(next)) : std::nullopt;
}

std::string seal(sequencer::Centre const& centre, Purpose purpose, Pass const& pass) {
  Sealed content{"", "", pass.id, pass.issued_after, pass.until, pass.at_latest, "", pass.issuer_changed};
  centre.glance([&](sequencer::Glimpse const& glimpse) {
    content.person = glimpse.state.law.people[pass.person.value].name;
    content.office = glimpse.state.law.office(pass.office).name;
    if (pass.issuer == model::no_issuer) return;
    model::Issuer const& issuer = glimpse.state.law.issuers[pass.issuer];
    content.issuer = glimpse.state.law.party(issuer.party).slug + "/" + issuer.slug;
  });
  return crypto::seal(centre.keys().cursor, {context_of(centre, purpose)}, codec::encode(content));
}

std::optional<Pass> open(sequencer::Centre const& centre, Purpose purpose, std::string_view sealed) {
  auto const bytes = crypto::open(centre.keys().cursor, {context_of(centre, purpose)}, sealed);
  if (!bytes) return std::nullopt;
  auto content = codec::decode<Sealed>(*bytes);
  UtcTime const now = centre.seam().clock.now();
  if (!content || content->until <= now || content->until > latest_end(purpose, now)) return std::nullopt;
  Pass pass;
  pass.issued_after = content->issued_after;
  pass.until = content->until;
  pass.at_latest = content->at_latest;
  pass.id = std::move(content->id);
  pass.issuer_changed = content->issuer_changed;
  bool has_issuer = true;
  centre.glance([&](sequencer::Glimpse const& glimpse) {
    pass.person = glimpse.state.law.find_person(content->person);
    pass.office = glimpse.state.law.find_office(content->office);
    auto const named = model::split_office(content->issuer);  // party / slug
    if (named)
      pass.issuer = glimpse.state.law.find_issuer(glimpse.state.law.find_party(named->first), named->second);
    has_issuer = content->issuer.empty() || pass.issuer != model::no_issuer;
  });
  if (pass.person.is_none() || pass.office.is_none() || !has_issuer) return std::nullopt;
  return pass;
}

auth::Principal principal_of(Pass const& pass) {
  auth::Principal who;
  who.actor = {model::Actor::Kind::person, pass.person.value};
  who.office = pass.office;
  who.token_id = pass.id;
  who.token_issued_after = pass.issued_after;
  who.until = pass.until;
  who.at_latest = pass.at_latest;
  who.issuer = pass.issuer;
  who.issuer_changed = pass.issuer_changed;
  return who;
}

std::string name_of(sequencer::Centre const& centre, PersonKey person) {
  return centre.glance(
      [&](sequencer::Glimpse const& glimpse) { return glimpse.state.law.people[person.value].name; });
}

}  // namespace comity::console
