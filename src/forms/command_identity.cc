// Parties, offices, clients, people and their credentials.
#include "base/limits.h"
#include "commands/register_client.h"
#include "commands/register_office.h"
#include "commands/register_party.h"
#include "commands/register_person.h"
#include "commands/revoke_client.h"
#include "commands/revoke_person.h"
#include "commands/revoke_token.h"
#include "commands/set_credential.h"
#include "commands/set_roles.h"
#include "commands/set_subject.h"
#include "forms/command_parts.h"
#include "forms/shapes.h"
#include "model/names.h"

namespace comity::forms {
namespace {

constexpr Word<model::PartyKind> party_kinds[] = {{"state", model::PartyKind::state},
                                                  {"organisation", model::PartyKind::organisation},
                                                  {"agency", model::PartyKind::agency},
                                                  {"force", model::PartyKind::force},
                                                  {"company", model::PartyKind::company}};
constexpr Word<model::Listing> listings[] = {{"listed", model::Listing::listed},
                                             {"unlisted", model::Listing::unlisted}};
constexpr Word<uint32_t> role_words[] = {
    {"watch", model::role::watch}, {"releasing", model::role::releasing}, {"signing", model::role::signing},
    {"audit", model::role::audit}, {"admin", model::role::admin},         {"host", model::role::host}};

Shape const slug{model::is_slug, "must be 2 to 32 lower-case letters, digits or hyphens, a letter first"};

// Of a centre of preset `taxii` by a name of its own.
bool is_client(std::string_view text) {
  return model::split_client(text).has_value() || model::is_user_name(text);
}
bool is_user(std::string_view text) { return is_client(text) || model::split_person(text).has_value(); }
bool is_person(std::string_view text) { return model::split_person(text).has_value(); }

Shape const client_name{is_client, "must be a client, like \"ru/general-staff/feed\""};
Shape const person_name{is_person, "must be a person, like \"anna@ru\""};
Shape const user_name{is_user, "must be a client or a person, like \"anna@ru\""};

void take_listing(Members& members, model::Listing& out) {
  if (auto const place = members.optional("listing")) out = place->word(listings).value_or(out);
}

void take_recovery_keys(Reading const& reading, Members& members, commands::RegisterParty& made) {
  if (auto const place = members.optional("recovery_keys"))
    for (Place const& element : place->elements(limits::keys_in_act)) {
      commands::NewKey& key = made.recovery_keys.emplace_back();
      key.purpose = model::KeyPurpose::recovery;
      read_public_key(reading, element, key.id, key.octets);
    }
  if (auto const needed = members.optional("recovery_needed"))
    made.recovery_needed = static_cast<uint32_t>(needed->integer(1, limits::keys_in_act).value_or(0));
}

// By whose issuer, and who it is there: both or neither.
void take_subject(Reading& reading, Members& members, std::string& issuer, std::string& subject) {
  if (auto const place = members.optional("issuer")) issuer = read_shaped(*place, slug);
  if (auto const place = members.optional("subject")) subject = read_shaped(*place, heading);
  if (issuer.empty() != subject.empty())
    reading.problems.add(reading.pointer, "issuer and subject come together");
}

}  // namespace

uint32_t take_roles_if_any(Members& members, std::string_view key) {
  uint32_t bits = 0;
  if (auto const place = members.optional(key))
    for (Place const& element : place->elements(std::size(role_words)))
      bits |= element.word(role_words).value_or(0);
  return bits;
}

void read_register_party(Reading& reading) {
  commands::RegisterParty made;
  Members members(reading.place());
  take_shaped(members, "slug", slug, made.slug);
  take_shaped(members, "name", heading, made.name);
  members.take_word("kind", made.kind, party_kinds);
  take_listing(members, made.listing);
  if (auto const key = members.required("key")) read_public_key(reading, *key, made.key_id, made.key);
  take_shaped(members, "office", slug, made.office);
  take_shaped(members, "admin", slug, made.admin);
  take_recovery_keys(reading, members, made);
  take_secret(reading, members);
  reading.out.command.body = codec::encode(made);
}

void read_register_office(Reading& reading) {
  commands::RegisterOffice made;
  Members members(reading.place());
  take_shaped(members, "slug", slug, made.slug);
  take_listing(members, made.listing);
  reading.out.command.body = codec::encode(made);
}

void read_register_client(Reading& reading) {
  commands::RegisterClient made;
  Members members(reading.place());
  take_shaped(members, "office", office_name, made.office);
  take_shaped(members, "slug", slug, made.slug);
  made.rights = take_rights(members, "rights");
  take_subject(reading, members, made.issuer, made.subject);
  take_secret(reading, members);
  reading.out.command.body = codec::encode(made);
}

void read_register_person(Reading& reading) {
  commands::RegisterPerson made;
  Members members(reading.place());
  take_shaped(members, "slug", slug, made.slug);
  take_shaped(members, "office", office_name, made.office);
  made.roles = take_bits(members, "roles", role_words);
  take_subject(reading, members, made.issuer, made.subject);
  take_secret(reading, members);
  reading.out.command.body = codec::encode(made);
}

void read_revoke_client(Reading& reading) {
  commands::RevokeClient made;
  Members members(reading.place());
  take_shaped(members, "client", client_name, made.client);
  reading.out.command.body = codec::encode(made);
}

void read_revoke_person(Reading& reading) {
  commands::RevokePerson made;
  Members members(reading.place());
  take_shaped(members, "person", person_name, made.person);
  reading.out.command.body = codec::encode(made);
}

void read_set_roles(Reading& reading) {
  commands::SetRoles made;
  Members members(reading.place());
  take_shaped(members, "person", person_name, made.person);
  take_shaped(members, "office", office_name, made.office);
  made.roles = take_bits(members, "roles", role_words);
  if (members.optional("was")) made.was = take_bits(members, "was", role_words);
  if (auto const key = members.optional("officer_key"))
    read_public_key(reading, *key, made.officer_key_id, made.officer_key);
  reading.out.command.body = codec::encode(made);
}

void read_set_subject(Reading& reading) {
  commands::SetSubject made;
  Members members(reading.place());
  take_shaped(members, "person", person_name, made.person);
  take_subject(reading, members, made.issuer, made.subject);
  reading.out.command.body = codec::encode(made);
}

void read_set_credential(Reading& reading) {
  commands::SetCredential made;
  Members members(reading.place());
  take_shaped(members, "user", user_name, made.user);
  take_secret(reading, members);
  if (reading.problems.none() && !reading.password && !reading.out.payload)
    reading.problems.add(reading.pointer, "needs a password or a verifier");
  reading.out.command.body = codec::encode(made);
}

void read_revoke_token(Reading& reading) {
  Members members(reading.place());
  if (reading.values.is_object() && reading.values.get_object().contains("user")) {
    commands::RevokeToken all{commands::all_tokens, ""};
    take_shaped(members, "user", user_name, all.user);
    reading.out.command.body = codec::encode(all);
    return;
  }
  auto const place = members.required("token");
  auto const text = place ? place->text() : std::nullopt;
  if (!text) return;
  auto token = reading.tools.read_token(*text);
  if (!token) return place->refuse("must be a token of this centre that still holds");
  reading.out.command.body =
      codec::encode(commands::RevokeToken{std::move(token->id), std::move(token->user), token->until});
}

}  // namespace comity::forms
