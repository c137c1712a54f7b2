#include "forms/command.h"

#include <algorithm>

#include "crypto/certificate_pin.h"
#include "crypto/password.h"
#include "forms/act.h"
#include "forms/command_parts.h"
#include "json/pointer.h"
#include "json/split.h"
#include "json/validate.h"

namespace comity::forms {
namespace {

using model::CommandKind;

// Members of every act (G8); the others are values of its kind.
constexpr std::string_view common_members[] = {"kind", "centre", "party",     "founding_key", "office",
                                               "key",  "seq",    "not_after", "basis"};

bool is_secret(std::string_view name) { return name == "password" || name == "verifier"; }

std::unexpected<Unreadable> unreadable(Error error) {
  return std::unexpected(Unreadable{error.code, {{std::move(error.pointer), std::move(error.detail)}}});
}

// What a body beside an act says must be what was signed; a secret is in no act.
void check_agrees(json::Value const& said, json::Value const* is_signed_value, std::string const& pointer,
                  Problems& problems) {
  auto const* object = said.if_object();
  auto const* signed_object = is_signed_value ? is_signed_value->if_object() : nullptr;
  if (!object || !signed_object) {
    if (!is_signed_value || said != *is_signed_value) problems.add(pointer, "is not what was signed");
    return;
  }
  for (auto const& member : *object)
    if (!is_secret(member.key()))
      check_agrees(member.value(), signed_object->if_contains(member.key()),
                   json::pointer_to(pointer, std::string_view(member.key())), problems);
}

// Keys that are new sign too, and recovery keys together.
bool takes_several(CommandKind kind) {
  return kind == CommandKind::rotate_key || kind == CommandKind::revoke_key;
}

// The parts of a command's document.
struct Document {
  CommandKind kind = CommandKind::pulse;
  std::string key;
  std::optional<model::SignedAct> act;
  json::Value act_value;
  json::Value body;
  BytesView body_text;
};

std::expected<Document, Unreadable> read_document(BytesView text, std::string_view key) {
  auto const value = json::parse(text, limits::request_body_bytes, json::Numbers::any);
  if (!value) return unreadable(value.error());
  Document document;
  Problems problems;
  std::optional<Place> kind, act, signatures;
  {
    Members members(Place(*value, "", problems));
    kind = members.required("kind");
    act = members.optional("act");
    signatures = members.optional("signatures");
    if (auto const body = members.optional("body")) document.body = body->value();
    document.key = key;
    if (auto const own = members.optional("idempotency_key")) {
      document.key = own->text().value_or("");
      if (!is_idempotency_key(document.key)) own->refuse("must have 1 to 128 bytes, none of them a control");
    }
    auto const word = kind ? kind->text() : std::nullopt;
    auto const known = word ? model::command_kind(*word) : std::nullopt;
    if (word && !(known && is_for_doors(*known))) kind->refuse("no such kind of command");
    document.kind = known.value_or(CommandKind::pulse);
    if (act && known && !is_signed(*known)) act->refuse("this kind of command is not signed");
    if (act.has_value() != signatures.has_value())
      problems.add("", "an act and its signatures come together");
  }
  if (!problems.none()) return std::unexpected(Unreadable{ErrorCode::bad_input, problems.take()});
  if (act) {
    auto read = read_act(act->value(), signatures->value());
    if (!read) return unreadable(read.error());
    if (read->signatures.size() != 1 && !takes_several(document.kind))
      return std::unexpected(
          Unreadable{ErrorCode::bad_input, {{"/signatures", "must have exactly one signature"}}});
    document.act = std::move(*read);
    document.act_value = act->value();
  }
  if (auto const parts = json::split(text)) document.body_text = parts->other("body");
  return document;
}

// Where the values stand: the act's own members, or the body.
Reading reading_of(Document const& document, CommandTools const& tools) {
  Reading reading{.values = document.body,
                  .pointer = "/body",
                  .body = document.body,
                  .body_text = document.body_text,
                  .has_act = document.act.has_value(),
                  .tools = tools};
  if (!reading.has_act) return reading;
  reading.pointer = "/act";
  reading.values = document.act_value;
  for (auto const name : common_members) reading.values.get_object().erase(name);
  if (document.body.is_null()) return reading;
  // What an officer proposes is a command of its own, in a member of the act.
  bool const proposes = document.kind == CommandKind::propose_host_act;
  json::Value const* of_act =
      proposes ? reading.values.get_object().if_contains("proposed") : &reading.values;
  check_agrees(document.body, of_act, "/body", reading.problems);
  return reading;
}

}  // namespace

bool is_for_doors(CommandKind kind) {
  switch (kind) {
    case CommandKind::genesis:
    case CommandKind::pulse:
    case CommandKind::fault:
    case CommandKind::put_back:
    case CommandKind::authenticate:
    case CommandKind::seed_item:
    case CommandKind::note_served:
    case CommandKind::note_delivered:
    case CommandKind::note_told:
    case CommandKind::enrol_subject:
    case CommandKind::put_subscription:
    case CommandKind::delete_subscription:
    case CommandKind::set_availability:
    case CommandKind::file_error_report: return false;
    default: return true;
  }
}

bool is_filing(CommandKind kind) {
  switch (kind) {
    case CommandKind::put_intent:
    case CommandKind::delete_intent:
    case CommandKind::put_constraint:
    case CommandKind::delete_constraint:
    case CommandKind::put_site:
    case CommandKind::reconfirm_site:
    case CommandKind::withdraw_site: return true;
    default: return false;
  }
}

bool can_be_previewed(CommandKind kind) {
  return kind < CommandKind::put_intent || kind > CommandKind::note_told || is_filing(kind);
}

bool is_signed_by_officer(CommandKind kind) {
  switch (kind) {
    case CommandKind::propose_host_act:
    case CommandKind::countersign_host_act:
    case CommandKind::allow_destination:
    case CommandKind::allow_issuer:
    case CommandKind::lift_fault_suspension: return true;
    default: return false;
  }
}

bool is_signed(CommandKind kind) {
  if (is_signed_by_officer(kind)) return true;
  switch (kind) {
    case CommandKind::rotate_key:
    case CommandKind::revoke_key:
    case CommandKind::object_to_recovery:
    case CommandKind::revoke_issuer:  // by an officer; an admin of its party need not
    case CommandKind::register_office:
    case CommandKind::sponsor:
    case CommandKind::unsponsor:
    case CommandKind::table_agreement:
    case CommandKind::sign:
    case CommandKind::suspend:
    case CommandKind::resume:
    case CommandKind::withdraw:
    case CommandKind::take_back_withdrawal:
    case CommandKind::end_prohibition:
    case CommandKind::confirm_recovery:
    case CommandKind::consent_onward:
    case CommandKind::claim_independent_source: return true;
    default: return false;
  }
}

bool is_idempotency_key(std::string_view text) {
  return !text.empty() && text.size() <= limits::idempotency_key_bytes &&
         std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

CommandResult read_command(BytesView text, std::string_view key, CommandTools const& tools) {
  auto document = read_document(text, key);
  if (!document) return std::unexpected(std::move(document).error());
  Reading reading = reading_of(*document, tools);
  read_values(document->kind, reading);
  if (!reading.problems.none())
    return std::unexpected(Unreadable{ErrorCode::bad_input, reading.problems.take()});
  if (reading.password) {
    auto verifier = tools.verifier_of(*reading.password, document->key);
    if (!verifier) return unreadable(verifier.error());
    reading.out.payload = std::move(*verifier);
  }
  reading.out.command.kind = document->kind;
  reading.out.command.idempotency_key = document->key;
  reading.out.command.act = std::move(document->act);
  return std::move(reading.out);
}

bool read_values(CommandKind kind, Reading& reading) {
  switch (kind) {
    case CommandKind::propose_host_act: return read_propose_host_act(reading), true;
    case CommandKind::countersign_host_act: return read_countersign_host_act(reading), true;
    case CommandKind::adopt_ruleset: return read_adopt_ruleset(reading), true;
    case CommandKind::set_limits: return read_set_limits(reading), true;
    case CommandKind::advance_time: return read_advance_time(reading), true;
    case CommandKind::restored: return read_restored(reading), true;
    case CommandKind::open_collection: return read_open_collection(reading), true;
    case CommandKind::register_destination: return read_register_destination(reading), true;
    case CommandKind::allow_destination: return read_allow_destination(reading), true;
    case CommandKind::allow_framework: return read_allow_framework(reading), true;
    case CommandKind::load_framework_object: return read_load_framework_object(reading), true;
    case CommandKind::attach_feed: return read_attach_feed(reading), true;
    case CommandKind::detach_feed: return read_detach_feed(reading), true;
    case CommandKind::lift_fault_suspension: return read_lift_fault_suspension(reading), true;
    case CommandKind::register_party: return read_register_party(reading), true;
    case CommandKind::register_office: return read_register_office(reading), true;
    case CommandKind::register_client: return read_register_client(reading), true;
    case CommandKind::revoke_client: return read_revoke_client(reading), true;
    case CommandKind::register_person: return read_register_person(reading), true;
    case CommandKind::revoke_person: return read_revoke_person(reading), true;
    case CommandKind::set_roles: return read_set_roles(reading), true;
    case CommandKind::draft_agreement: return read_draft_agreement(reading), true;
    case CommandKind::edit_draft: return read_edit_draft(reading), true;
    case CommandKind::sponsor:
    case CommandKind::unsponsor:
    case CommandKind::table_agreement:
    case CommandKind::sign:
    case CommandKind::suspend:
    case CommandKind::withdraw:
    case CommandKind::take_back_withdrawal: return read_on_text(reading), true;
    case CommandKind::resume: return read_resume(reading), true;
    case CommandKind::confirm_recovery: return read_confirm_recovery(reading), true;
    case CommandKind::end_prohibition: return read_end_prohibition(reading), true;
    case CommandKind::emergency_suspend: return read_emergency_suspend(reading), true;
    case CommandKind::set_subject: return read_set_subject(reading), true;
    case CommandKind::set_credential: return read_set_credential(reading), true;
    case CommandKind::revoke_token: return read_revoke_token(reading), true;
    case CommandKind::rotate_key: return read_rotate_key(reading), true;
    case CommandKind::revoke_key: return read_revoke_key(reading), true;
    case CommandKind::recover_key: return read_recover_key(reading), true;
    case CommandKind::object_to_recovery: return read_object_to_recovery(reading), true;
    case CommandKind::register_issuer: return read_register_issuer(reading), true;
    case CommandKind::allow_issuer: return read_allow_issuer(reading), true;
    case CommandKind::revoke_issuer: return read_revoke_issuer(reading), true;
    case CommandKind::contribute: return read_contribute(reading), true;
    case CommandKind::delete_item: return read_delete_item(reading), true;
    case CommandKind::consent_onward: return read_consent_onward(reading), true;
    case CommandKind::claim_independent_source: return read_claim_independent_source(reading), true;
    default: return read_of_airspace(kind, reading) || read_of_watch(kind, reading);
  }
}

BytesView text_of_member(Reading const& reading, std::string_view name) {
  auto const parts = json::split(reading.body_text, {.member = ""});  // whatever it has, it is no bundle
  return parts ? parts->other(name) : BytesView();
}

void take_secret(Reading& reading, Members& members) {
  std::optional<Place> password, verifier;
  if (!reading.has_act) {
    password = members.optional("password");
    verifier = members.optional("verifier");
  } else if (auto const* body = reading.body.if_object()) {
    if (auto const* value = body->if_contains("password"))
      password.emplace(*value, "/body/password", reading.problems);
    if (auto const* value = body->if_contains("verifier"))
      verifier.emplace(*value, "/body/verifier", reading.problems);
  }
  if (password && verifier) return verifier->refuse("a password or a verifier, not both");
  if (password) {
    reading.password = password->text();
    if (reading.password && (reading.password->empty() || reading.password->size() > limits::password_bytes))
      password->refuse("must have 1 to 1024 bytes");
  }
  if (verifier) reading.out.payload = verifier->text();
  if (reading.out.payload && !crypto::is_password_hash(*reading.out.payload) &&
      !crypto::is_certificate_pin(*reading.out.payload))
    verifier->refuse(
        "must be an argon2id hash with this centre's costs, $argon2id$v=19$m=65536,t=2,p=1$…, or the pin of "
        "a "
        "certificate, certificate-sha256:…");
}

void take_digest(Members& members, std::string_view key, Digest& out) {
  auto const place = members.required(key);
  auto const text = place ? place->text() : std::nullopt;
  if (text && (!from_hex(*text, out) || to_hex(out) != *text))
    place->refuse("must be 64 hexadecimal digits in lower case");
}

Result<CommandList> split_commands(BytesView document) {
  TRY_VOID(json::validate_ijson(document));
  size_t const first = document.find_first_not_of(" \t\r\n");
  if (document[first] != '[') return CommandList{{document}, false};
  Bytes const wrapped = "{\"commands\":" + Bytes(document) + "}";
  auto const parts = TRY(json::split(wrapped, {"commands", limits::command_list}));
  CommandList list{{}, true};
  // The views are moved from the copy to the document itself.
  size_t const before = std::string_view("{\"commands\":").size();
  for (BytesView const one : parts.elements)
    list.commands.push_back(
        document.substr(static_cast<size_t>(one.data() - wrapped.data()) - before, one.size()));
  return list;
}

}  // namespace comity::forms
