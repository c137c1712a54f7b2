// What host acts, identities, signatures and items are refused for.
#include <gtest/gtest.h>

#include "refusals.h"

namespace comity::commands {
namespace {

using model::CommandKind;
using model::ReasonCode;
using tests::Machine;
using tests::Refusals;

// --- host acts ---------------------------------------------------------------------------------------------------------

TEST_F(Refusals, ProposeHostAct) {
  ProposeHostAct body{CommandKind::sign, ""};
  refused(ReasonCode::not_permitted, by_staff(CommandKind::propose_host_act, body));
  auto unsigned_one = machine.signed_by("hosting/operations", CommandKind::propose_host_act, body, "first");
  unsigned_one.act.reset();
  refused(ReasonCode::not_signed, unsigned_one);
  refused(ReasonCode::malformed,
          machine.signed_by("hosting/operations", CommandKind::propose_host_act, body, "first"));
  body.kind = CommandKind::register_party;
  accepted(machine.signed_by("hosting/operations", CommandKind::propose_host_act, body, "first"));
  expect_row(CommandKind::propose_host_act);
}

TEST_F(Refusals, CountersignHostAct) {
  RegisterParty admission;
  admission.slug = "us", admission.name = "us", admission.office = "command", admission.admin = "duty";
  CountersignHostAct body{tests::digest_of("nothing")};
  auto const by = [&](std::string const& officer) {
    return machine.signed_by("hosting/operations", CommandKind::countersign_host_act, body, officer);
  };
  refused(ReasonCode::not_permitted, by_staff(CommandKind::countersign_host_act, body));
  auto unsigned_one = by("first");
  unsigned_one.act.reset();
  refused(ReasonCode::not_signed, unsigned_one);
  refused(ReasonCode::no_such_proposal, by("first"));
  auto const proposal =
      machine.signed_by("hosting/operations", CommandKind::propose_host_act,
                        ProposeHostAct{CommandKind::register_party, codec::encode(admission)}, "first");
  machine.must(proposal);
  body.proposal = proposal.digest;
  refused(ReasonCode::same_person, by("first"));
  expect_row(CommandKind::countersign_host_act);
  machine.now = machine.now + limits::countersign_within;
  refused(ReasonCode::no_such_proposal, by("second"));
}

TEST_F(Refusals, RegisterParty) {
  RegisterParty admission;
  admission.slug = "host", admission.office = "command", admission.admin = "duty";
  auto const proposed = [&] {
    auto const proposal =
        machine.signed_by("hosting/operations", CommandKind::propose_host_act,
                          ProposeHostAct{CommandKind::register_party, codec::encode(admission)}, "first");
    machine.must(proposal);
    return machine.signed_by("hosting/operations", CommandKind::countersign_host_act,
                             CountersignHostAct{proposal.digest}, "second");
  };
  refused(ReasonCode::not_permitted, by_staff(CommandKind::register_party, admission));
  refused(ReasonCode::malformed, proposed());
  admission.name = "A party";
  admission.identity = "identity--7";
  refused(ReasonCode::malformed, proposed());
  admission.identity = tests::Machine::identity_of("us"), admission.listing = model::Listing::unlisted;
  refused(ReasonCode::malformed, proposed());
  admission.listing = model::Listing::listed;
  refused(ReasonCode::reserved_name, proposed());
  admission.slug = "ir";  // though unlisted: the host sees all parties
  refused(ReasonCode::name_taken, proposed());
  admission.slug = "us";
  accepted(proposed());
  expect_row(CommandKind::register_party);
}

// --- a party's own -----------------------------------------------------------------------------------------------------

TEST_F(Refusals, RegisterOffice) {
  RegisterOffice body{"Not a slug"};
  refused(ReasonCode::not_permitted, by_guest(CommandKind::register_office, body));
  refused(ReasonCode::not_signed, by_staff(CommandKind::register_office, body));
  refused(ReasonCode::malformed, signed_by_staff(CommandKind::register_office, body));
  body.slug = "mfa";
  auto const before = state().law.offices;
  for (size_t i = 2; i < limits::offices_per_party; ++i)
    state().law.offices.push_back({ru(), "ru/o" + std::to_string(i)});
  refused(ReasonCode::quota, signed_by_staff(CommandKind::register_office, body));
  state().law.offices = before;
  refused(ReasonCode::name_taken, signed_by_staff(CommandKind::register_office, body));
  body.slug = "health";
  accepted(signed_by_staff(CommandKind::register_office, body));
  expect_row(CommandKind::register_office);
}

TEST_F(Refusals, RegisterClient) {
  RegisterClient body{"iq/defence", "Not a slug", 0};
  auto const by = [&] { return by_staff(CommandKind::register_client, body); };
  refused(ReasonCode::not_permitted, by_guest(CommandKind::register_client, body));
  refused(ReasonCode::unknown_office, by());
  body.office = "ru/staff";
  refused(ReasonCode::malformed, by());
  body.slug = "feed";
  refused(ReasonCode::malformed, by());  // without a right
  body.rights = 16;
  refused(ReasonCode::malformed, by());  // with one that there is not
  body.rights = model::right::read, body.subject = "feed-17";
  refused(ReasonCode::malformed, by());  // of no issuer
  body.subject.clear();
  auto const before = state().law.clients;
  for (size_t i = 2; i < limits::clients_per_party.usual; ++i)
    state().law.clients.push_back({.office = state().law.find_office("ru/staff"), .name = std::to_string(i)});
  refused(ReasonCode::quota, by());
  state().law.clients = before;
  body.issuer = "login", body.subject = "feed-17";
  refused(ReasonCode::unknown_issuer, by());
  state().law.issuers.push_back({.party = ru(),
                                 .slug = "login",
                                 .url = "https://login.example",
                                 .offices = {state().law.find_office("ru/mfa")}});
  refused(ReasonCode::not_for_office, by());
  state().law.issuers[0].offices.clear();
  refused(ReasonCode::name_taken, by());
  body.slug = "another";
  accepted(by());
  body.slug = "a-third";
  refused(ReasonCode::name_taken, by());  // the same subject of the same issuer
  expect_row(CommandKind::register_client);
}

TEST_F(Refusals, RevokeClient) {
  RevokeClient body{"iq/defence/feed"};
  refused(ReasonCode::not_permitted, by_guest(CommandKind::revoke_client, body));
  refused(ReasonCode::unknown_client, by_staff(CommandKind::revoke_client, body));
  body.client = "ru/mfa/feed";
  accepted(by_staff(CommandKind::revoke_client, body));
  refused(ReasonCode::already_done, by_staff(CommandKind::revoke_client, body));
  expect_row(CommandKind::revoke_client);
}

TEST_F(Refusals, RegisterPerson) {
  RegisterPerson body{"Not a slug", "iq/defence", model::role::host};
  auto const by = [&] { return by_staff(CommandKind::register_person, body); };
  refused(ReasonCode::not_permitted, by_guest(CommandKind::register_person, body));
  refused(ReasonCode::unknown_office, by());
  body.office = "ru/staff";
  refused(ReasonCode::malformed, by());
  body.slug = "guest";
  refused(ReasonCode::malformed, by());  // a host officer needs two
  body.roles = model::role::watch;
  auto const before = state().law.people;
  for (size_t i = 2; i < limits::people_per_party.usual; ++i)
    state().law.people.push_back({.party = ru(), .name = std::to_string(i), .roles = {}, .officer_key = {}});
  refused(ReasonCode::quota, by());
  state().law.people = before;
  body.issuer = "login", body.subject = "8f3a61";
  refused(ReasonCode::unknown_issuer, by());
  body.issuer = "", body.subject = "";
  refused(ReasonCode::name_taken, by());
  body.slug = "anna";
  accepted(by());
  expect_row(CommandKind::register_person);
}

TEST_F(Refusals, RevokePerson) {
  RevokePerson body{"duty@iq"};
  refused(ReasonCode::not_permitted, by_guest(CommandKind::revoke_person, body));
  refused(ReasonCode::unknown_person, by_staff(CommandKind::revoke_person, body));
  body.person = "guest@ru";
  accepted(by_staff(CommandKind::revoke_person, body));
  refused(ReasonCode::already_done, by_staff(CommandKind::revoke_person, body));
  expect_row(CommandKind::revoke_person);
}

// One admin of the host party does not end what needs two officers.
TEST_F(Refusals, AnOfficerIsNotRevokedByOne) {
  auto const by_first = [&](CommandKind kind, auto const& body) {
    return machine.make(Machine::Author::person, "hosting/operations", kind, body, "first");
  };
  refused(ReasonCode::not_permitted, by_first(CommandKind::revoke_person, RevokePerson{"second@hosting"}));
}

// Nor do two of them leave fewer than two.
TEST_F(Refusals, TwoOfficersRemain) {
  SetRoles const dismissal{"second@hosting", "hosting/operations", model::role::watch, "", {}};
  auto const proposal =
      machine.signed_by("hosting/operations", CommandKind::propose_host_act,
                        ProposeHostAct{CommandKind::set_roles, codec::encode(dismissal)}, "first");
  accepted(proposal);
  refused(ReasonCode::too_few_officers,
          machine.signed_by("hosting/operations", CommandKind::countersign_host_act,
                            CountersignHostAct{proposal.digest}, "second"));
}

TEST_F(Refusals, SetRoles) {
  SetRoles body{"duty@iq", "iq/defence", 64, "", {}};
  auto const by = [&] { return by_staff(CommandKind::set_roles, body); };
  refused(ReasonCode::not_permitted, by_guest(CommandKind::set_roles, body));
  refused(ReasonCode::unknown_person, by());
  body.person = "guest@ru";
  refused(ReasonCode::unknown_office, by());
  body.office = "ru/staff";
  refused(ReasonCode::malformed, by());
  body.roles = model::role::host;
  refused(ReasonCode::malformed, by());  // without a key
  body.officer_key_id = "key of a third";
  body.was = model::role::audit;  // which another admin has taken from her meanwhile
  refused(ReasonCode::stale_ovn, by());
  body.was.reset();
  refused(ReasonCode::not_permitted, by());
  body.roles = model::role::watch, body.officer_key_id = "";
  body.was = roles_in(state().law, state().law.find_person("guest@ru"), state().law.find_office("ru/staff"));
  accepted(by());
  expect_row(CommandKind::set_roles);
}

// One officer alone takes another's key away by no detour.
TEST_F(Refusals, RolesInAnotherOfficeLeaveAnOfficersKey) {
  state().law.offices.push_back({state().law.host, "hosting/registry"});
  auto command =
      machine.make(Machine::Author::person, "hosting/operations", CommandKind::set_roles,
                   SetRoles{"second@hosting", "hosting/registry", model::role::watch, "", {}}, "first");
  accepted(command);
  PersonKey const second = state().law.find_person("second@hosting");
  EXPECT_EQ(state().law.people[second.value].officer_key.id, Machine::key_of("second"));
}

TEST_F(Refusals, SetCredential) {
  SetCredential body{"iq/defence/feed"};
  auto const by = [&] { return by_staff(CommandKind::set_credential, body); };
  refused(ReasonCode::not_permitted, by_guest(CommandKind::set_credential, body), false);
  refused(ReasonCode::unknown_client, by(), false);
  body.user = "duty@iq";
  refused(ReasonCode::unknown_person, by(), false);
  body.user = "guest@ru";
  refused(ReasonCode::malformed, by(), false);
  accepted(by());
  accepted(by_guest(CommandKind::set_credential, body));  // one's own
  expect_row(CommandKind::set_credential);
}

TEST_F(Refusals, RevokeToken) {
  RevokeToken body{"", "duty@iq"};
  refused(ReasonCode::malformed, by_staff(CommandKind::revoke_token, body));
  body.token_id = "token";
  refused(ReasonCode::not_permitted, by_staff(CommandKind::revoke_token, body));
  body.user = "nobody@ru";
  refused(ReasonCode::not_permitted, by_staff(CommandKind::revoke_token, body));
  body.user = "guest@ru";
  accepted(by_staff(CommandKind::revoke_token, body));
  accepted(by_guest(CommandKind::revoke_token, body));
  body.token_id = all_tokens;
  accepted(by_guest(CommandKind::revoke_token, body));
  body.user = "duty@iq";
  refused(ReasonCode::not_permitted, by_staff(CommandKind::revoke_token, body));
  expect_row(CommandKind::revoke_token);
}

// --- signed acts (G8) ------------------------------------------------------------------------------------------------------

TEST_F(Refusals, AnActInTheOrderOfThePage) {
  auto command =
      signed_by_staff(CommandKind::claim_independent_source, ClaimIndependentSource{"ipv4-addr--1"});
  model::SignedAct const good = *command.act;
  model::Party& party = state().law.parties[ru().value];
  party.keys[0].revoked = 1;
  command.act = model::SignedAct{};
  command.act->not_after = machine.now - seconds(1);
  auto const seq = party.last_seq;
  refused(ReasonCode::act_mismatch, command);
  command.act->kind = good.kind, command.act->office = good.office;
  refused(ReasonCode::wrong_centre, command);
  command.act->centre = good.centre;
  refused(ReasonCode::wrong_party, command);
  command.act->party = good.party;
  refused(ReasonCode::wrong_party, command);  // without its founding key
  command.act->founding_key = good.founding_key;
  refused(ReasonCode::unknown_key, command);
  command.act->key = good.key;
  refused(ReasonCode::revoked_key, command);
  party.keys[0].revoked = 0;
  refused(ReasonCode::bad_signature, command);
  EXPECT_EQ(party.last_seq, seq) << "what is not signed uses no seq";
  command.act->verified = true;
  refused(ReasonCode::act_expired, command);
  command.act->not_after = machine.now + limits::act_life;
  command.act->not_after.us += 1;
  refused(ReasonCode::act_lives_too_long, command);
  command.act->not_after = good.not_after;
  command.act->seq = (1ull << 53) - 1;
  refused(ReasonCode::act_seq_too_high, command);
  EXPECT_EQ(party.last_seq, seq) << "a party is not left without a number";
  command.act->seq = seq;
  refused(ReasonCode::act_repeated, command);
  command.act->seq = good.seq;
  accepted(command);
  command.digest = tests::digest_of("again");
  refused(ReasonCode::act_repeated, command);
  std::vector<std::string> const acts = {
      "act_mismatch",  "wrong_centre", "wrong_party",        "unknown_key",      "revoked_key",
      "bad_signature", "act_expired",  "act_lives_too_long", "act_seq_too_high", "act_repeated"};
  EXPECT_EQ(seen_, acts);
}

// --- items -----------------------------------------------------------------------------------------------------------------

TEST_F(Refusals, Contribute) {
  machine.in_force("ru.joint", {"ru/staff", "iq/defence"}, {tests::grant_to_others()});
  machine.in_force("iq.other", {"iq/defence", "ru/staff"}, {tests::grant_to_others()});
  machine.draft("ru/staff", Machine::text("ru.draft", {"ru/staff", "iq/defence"}, {}));
  machine.must(
      machine.contribution("ru/staff", "ru.joint", {.id = "indicator--1", .words = "ours", .revoked = true}));
  machine.must(machine.contribution("iq/defence", "iq.other", {.id = "indicator--2", .words = "theirs"}));
  auto command = machine.contribution(
      "ru/staff", "ru.joint",
      {.id = "indicator--1", .words = "other words", .references = {tests::reference("indicator--2")}});
  Bytes const sealed = command.sealed;
  auto body = *codec::decode<Contribute>(command.body);
  auto const sent = [&] {
    command.body = codec::encode(body);
    command.digest = tests::digest_of("command " + std::to_string(++count_));
    return command;
  };
  command.sealed = "no facts";
  body.agreement = "ru.none";
  body.to_offices = {"us/command"};
  state().law.clients[command.actor.key].rights = model::right::read;
  refused(ReasonCode::not_permitted, sent());
  state().law.clients[command.actor.key].rights = model::right::contribute;
  refused(ReasonCode::unknown_agreement, sent());
  body.agreement = "ru.draft";
  refused(ReasonCode::not_a_party, sent());
  body.agreement = "ru.joint";
  refused(ReasonCode::unknown_addressee, sent());
  body.to_offices = {"iq/defence"};
  refused(ReasonCode::malformed, sent());
  command.sealed = sealed;
  refused(ReasonCode::other_content, sent());
  body.head.version = "2025-08-01T00:00:00.000Z";
  refused(ReasonCode::object_revoked, sent());
  machine.must(machine.contribution("ru/staff", "ru.joint", {.id = "indicator--9"}));
  state().law.quotas[model::Quota::versions] = 1;
  body.head.id = "indicator--9";
  refused(ReasonCode::quota, sent());
  body.head.id = Machine::identity_of("iq");
  refused(ReasonCode::identity_of_another, sent());
  body.head.id = "indicator--3";
  refused(ReasonCode::third_party_rule, sent());
  command.sealed = codec::encode(model::Facts{});
  accepted(sent());
  expect_row(CommandKind::contribute);
}

TEST_F(Refusals, DeleteItem) {
  machine.in_force("ru.joint", {"ru/staff", "ru/mfa", "iq/defence"}, {tests::grant_to_others()});
  machine.must(machine.contribution("ru/staff", "ru.joint", {.id = "indicator--1"}));
  DeleteItem body{"indicator--2", "", "ru.none"};
  refused(ReasonCode::not_permitted, by_guest(CommandKind::delete_item, body));
  refused(ReasonCode::unknown_agreement, by_staff(CommandKind::delete_item, body));
  body.agreement = "ru.joint";
  refused(ReasonCode::unknown_item, by_staff(CommandKind::delete_item, body));
  body.id = "indicator--1";
  refused(ReasonCode::unknown_item, machine.by("iq/defence", CommandKind::delete_item, body));
  refused(ReasonCode::unknown_item, machine.by("ru/mfa", CommandKind::delete_item, body));
  accepted(by_staff(CommandKind::delete_item, body));
  refused(ReasonCode::unknown_item, by_staff(CommandKind::delete_item, body));
  expect_row(CommandKind::delete_item);
}

TEST_F(Refusals, ConsentOnward) {
  machine.in_force("ru.joint", {"ru/staff", "iq/defence"}, {tests::grant_to_others()});
  tests::Object const object{.id = "indicator--1"};
  machine.must(machine.contribution("ru/staff", "ru.joint", object));
  ConsentOnward body{"indicator--2", object.version, "ir", tests::digest_of("anything")};
  refused(ReasonCode::not_permitted, by_guest(CommandKind::consent_onward, body));
  refused(ReasonCode::not_signed, by_staff(CommandKind::consent_onward, body));
  refused(ReasonCode::unknown_item, signed_by_staff(CommandKind::consent_onward, body));
  body.id = object.id;
  refused(ReasonCode::unknown_party, signed_by_staff(CommandKind::consent_onward, body));  // unlisted
  body.releaser = "iq";
  accepted(signed_by_staff(CommandKind::consent_onward, body));  // whether there is such an agreement or not
  expect_row(CommandKind::consent_onward);
}

TEST_F(Refusals, ClaimIndependentSource) {
  ClaimIndependentSource body{"no id"};
  refused(ReasonCode::not_permitted, by_guest(CommandKind::claim_independent_source, body));
  refused(ReasonCode::not_signed, by_staff(CommandKind::claim_independent_source, body));
  refused(ReasonCode::malformed, signed_by_staff(CommandKind::claim_independent_source, body));
  body.id = "ipv4-addr--1";
  accepted(signed_by_staff(CommandKind::claim_independent_source, body));
  refused(ReasonCode::already_done, signed_by_staff(CommandKind::claim_independent_source, body));
  expect_row(CommandKind::claim_independent_source);
}

// --- the page ----------------------------------------------------------------------------------------------------------------

TEST_F(Refusals, EveryCommandHasARow) {
#define COMMAND(number, name, type) EXPECT_FALSE(row(#name).empty()) << #name;
#include "model/commands.inc"
#undef COMMAND
}

}  // namespace
}  // namespace comity::commands
