// Items: given, taken back, and what may be passed on.
#include "commands/claim_independent_source.h"
#include "commands/consent_onward.h"
#include "commands/delete_item.h"
#include "forms/command_parts.h"
#include "forms/shapes.h"

namespace comity::forms {
namespace {

bool is_version(std::string_view text) {
  return text.empty() || (text.size() <= limits::name_bytes && parse_stix_time(text).has_value());
}
Shape const item_version{is_version, "must be the `modified` of a version as posted, or empty"};

}  // namespace

void read_contribute(Reading& reading) {
  Audience audience;
  Members members(reading.place());
  take_shaped(members, "agreement", agreement_name, audience.agreement);
  if (auto const offices = members.optional("to_offices"))
    audience.to_offices = read_strings(*offices, office_name, limits::to_offices, Emptiness::allowed);
  auto const place = members.required("object");
  if (!place) return;
  auto made = contribution(text_of_member(reading, "object"), audience, reading.tools.comparison_key());
  if (made) {
    reading.out = std::move(made->prepared);
    return;
  }
  for (stix::Finding& finding : made.error())
    reading.problems.add(place->pointer() + finding.pointer,
                         std::string(finding.code) + ": " + std::move(finding.detail));
}

void read_delete_item(Reading& reading) {
  commands::DeleteItem made;
  Members members(reading.place());
  take_shaped(members, "id", stix_id, made.id);
  if (auto const version = members.optional("version")) made.version = read_shaped(*version, item_version);
  if (auto const agreement = members.optional("agreement"))
    made.agreement = read_shaped(*agreement, agreement_name);
  reading.out.command.body = codec::encode(made);
}

void read_consent_onward(Reading& reading) {
  commands::ConsentOnward made;
  Members members(reading.place());
  take_shaped(members, "item", stix_id, made.id);
  take_shaped(members, "item_version", item_version, made.version);
  take_shaped(members, "releaser", party_name, made.releaser);
  take_digest(members, "text_hash", made.text_hash);
  reading.out.command.body = codec::encode(made);
}

void read_claim_independent_source(Reading& reading) {
  commands::ClaimIndependentSource made;
  Members members(reading.place());
  take_shaped(members, "item", stix_id, made.id);
  reading.out.command.body = codec::encode(made);
}

}  // namespace comity::forms
