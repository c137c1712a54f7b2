// Changes of keys as tests make them, of a machine with the parties ru, iq and ir: signed by whom they have to be, and by the keys that
// they bring (commands/key_change.h). A key is its id; its octets are none, since signatures count as verified here.
//
//     machine.must(rotation({{key("second")}, {own}, 0}));           // signed by ru's key and by the new one
//     EXPECT_EQ(reason_of(office("registry", own)), ReasonCode::revoked_key);
#pragma once

#include "refusals.h"

namespace comity::commands {

using model::CommandKind;
using model::KeyPurpose;
using model::ReasonCode;
using tests::Machine;
using tests::Refusals;

class Keys : public Refusals {
 protected:
  static NewKey key(std::string const& id, std::vector<CommandKind> acts = {}) {
    return {id, {}, KeyPurpose::bind, std::move(acts)};
  }
  static NewKey safe(std::string const& id) { return {id, {}, KeyPurpose::recovery, {}}; }

  // Signed by `first`, by the others, and by the keys that it brings.
  model::Command rotation(RotateKey const& body, std::string const& first = Machine::key_of("ru"),
                          std::vector<std::string> others = {}) {
    auto command = signed_by_staff(CommandKind::rotate_key, body);
    machine.sign(command, first);
    for (NewKey const& one : body.keys) others.push_back(one.id);
    return Machine::also_by(std::move(command), others);
  }
  model::Command revocation(std::string const& id, std::string const& by,
                            std::vector<std::string> const& others = {}) {
    auto command = signed_by_staff(CommandKind::revoke_key, RevokeKey{id});
    machine.sign(command, by);
    return Machine::also_by(std::move(command), others);
  }
  model::Command office(std::string const& slug, std::string const& by) {
    auto command = signed_by_staff(CommandKind::register_office, RegisterOffice{slug});
    machine.sign(command, by);
    return command;
  }
  void with_safes() { machine.must(rotation({{safe("safe 1"), safe("safe 2"), safe("safe 3")}, {}, 2})); }
  ReasonCode reason_of(model::Command const& command) {
    auto const verdict = machine.decide(command);
    return verdict.ruling.accepted() ? ReasonCode::none : verdict.ruling.reasons[0].code;
  }
  // Two officers file a new key for ru.
  model::Command recovery(std::string const& key_id, std::string const& party = "ru") {
    auto const proposal = machine.signed_by(
        "hosting/operations", CommandKind::propose_host_act,
        ProposeHostAct{CommandKind::recover_key, codec::encode(RecoverKey{party, key_id, {}})}, "first");
    machine.must(proposal);
    return machine.signed_by("hosting/operations", CommandKind::countersign_host_act,
                             CountersignHostAct{proposal.digest}, "second");
  }
  model::Command objection(std::string const& new_key, std::string const& by) {
    auto command = signed_by_staff(CommandKind::object_to_recovery, ObjectToRecovery{new_key});
    machine.sign(command, by);
    return command;
  }
  // The centre's own pulse, after so long.
  void pulse(Duration after, Duration outage = {}) {
    machine.now = machine.now + after;
    machine.must(machine.make(Machine::Author::system, "", CommandKind::pulse, Pulse{outage, 0, {}}), false);
  }
  std::string const own = Machine::key_of("ru");
};

class OfficersKeys : public Keys {
 protected:
  model::Command roles(std::string const& person, model::Roles set, std::string const& officer_key,
                       std::array<std::string, 2> const& by) {
    return roles_in("operations", person, set, officer_key, by);
  }
  model::Command roles_in(std::string const& office, std::string const& person, model::Roles set,
                          std::string const& officer_key,
                          std::array<std::string, 2> const& by = {"first", "second"}) {
    SetRoles const body{person + "@hosting", "hosting/" + office, set, officer_key, {}};
    auto const proposal =
        machine.signed_by("hosting/operations", CommandKind::propose_host_act,
                          ProposeHostAct{CommandKind::set_roles, codec::encode(body)}, by[0]);
    machine.must(proposal);
    return machine.signed_by("hosting/operations", CommandKind::countersign_host_act,
                             CountersignHostAct{proposal.digest}, by[1]);
  }
  void a_third() {
    machine.must(machine.make(Machine::Author::person, "hosting/operations", CommandKind::register_person,
                              RegisterPerson{"third", "hosting/operations", model::role::admin}, "first"));
    machine.must(roles("third", model::role::host, Machine::key_of("third"), {"first", "second"}));
  }
  ReasonCode lift(std::string const& person, std::string const& by_key) {
    auto command = machine.signed_by("hosting/operations", CommandKind::lift_fault_suspension,
                                     LiftFaultSuspension{"ru/staff", CommandKind::sign}, person);
    machine.sign(command, by_key);
    return reason_of(command);
  }
};

}  // namespace comity::commands
