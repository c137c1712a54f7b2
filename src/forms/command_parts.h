// What the readers of single kinds share. Inside this room only; see forms/command.h.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "codec/codec.h"
#include "forms/command.h"
#include "json/json.h"

namespace comity::forms {

// One command while it is read. `values` are the act's members or the body's, without those that every act has.
struct Reading {
  json::Value values;
  std::string pointer;  // of values: /act or /body
  json::Value body;     // as given; null if there is none
  BytesView body_text;  // the same as written
  bool has_act = false;
  CommandTools const& tools;
  Prepared out = {};
  Problems problems = {};
  std::optional<std::string> password = {};  // to be hashed when everything else is well

  Place place() { return Place(values, pointer, problems); }
};

// The raw text of a member of the body; empty if it is not there.
BytesView text_of_member(Reading const& reading, std::string_view name);

// `password` or `verifier`, where either is given. They stand among the values, but never in an act: beside one they are
// looked for in the body.
void take_secret(Reading& reading, Members& members);

// A set of words as bits; `key` is required.
template <size_t n>
uint32_t take_bits(Members& members, std::string_view key, Word<uint32_t> const (&words)[n]) {
  uint32_t bits = 0;
  if (auto const place = members.required(key))
    for (Place const& element : place->elements(n)) bits |= element.word(words).value_or(0);
  return bits;
}

// A digest in 64 hexadecimal digits, lower case.
void take_digest(Members& members, std::string_view key, Digest& out);

// A public key in base64, which is not one of the centre's own; its id follows from it.
void read_public_key(Reading const& reading, Place const& place, std::string& id,
                     std::array<uint8_t, 32>& octets);
// A list of rights; `key` is required.
uint32_t take_rights(Members& members, std::string_view key);
// A list of roles; none where `key` is absent.
uint32_t take_roles_if_any(Members& members, std::string_view key);

// command_identity.cc
void read_register_party(Reading& reading);
void read_register_office(Reading& reading);
void read_register_client(Reading& reading);
void read_register_person(Reading& reading);
void read_revoke_client(Reading& reading);
void read_revoke_person(Reading& reading);
void read_set_roles(Reading& reading);
void read_set_subject(Reading& reading);
void read_set_credential(Reading& reading);
void read_revoke_token(Reading& reading);

// command_keys.cc
void read_rotate_key(Reading& reading);
void read_revoke_key(Reading& reading);
void read_recover_key(Reading& reading);
void read_object_to_recovery(Reading& reading);
void read_register_issuer(Reading& reading);
void read_allow_issuer(Reading& reading);
void read_revoke_issuer(Reading& reading);

// command_calling.cc
void read_register_destination(Reading& reading);
void read_allow_destination(Reading& reading);
void read_attach_feed(Reading& reading);
void read_detach_feed(Reading& reading);

// command_framework.cc
void read_allow_framework(Reading& reading);
void read_load_framework_object(Reading& reading);

// command_host.cc
void read_propose_host_act(Reading& reading);
void read_countersign_host_act(Reading& reading);
void read_adopt_ruleset(Reading& reading);
void read_set_limits(Reading& reading);
void read_advance_time(Reading& reading);
void read_emergency_suspend(Reading& reading);
void read_open_collection(Reading& reading);  // opening.cc
void read_restored(Reading& reading);
void read_lift_fault_suspension(Reading& reading);

// command_agreement.cc
void read_draft_agreement(Reading& reading);
void read_edit_draft(Reading& reading);
void read_on_text(Reading& reading);
void read_resume(Reading& reading);
void read_end_prohibition(Reading& reading);
void read_confirm_recovery(Reading& reading);

// command_airspace.cc: false for kinds that it does not know.
bool read_of_airspace(model::CommandKind kind, Reading& reading);
// command_watch.cc: the same.
bool read_of_watch(model::CommandKind kind, Reading& reading);

// command_item.cc
void read_contribute(Reading& reading);
void read_delete_item(Reading& reading);
void read_consent_onward(Reading& reading);
void read_claim_independent_source(Reading& reading);

// By kind; false for kinds that doors do not take.
bool read_values(model::CommandKind kind, Reading& reading);

}  // namespace comity::forms
