// Who is on watch, and calls over contact lines (40-deconfliction).
#include "base/limits.h"
#include "commands/hand_over.h"
#include "commands/log_call.h"
#include "commands/sign_on_watch.h"
#include "commands/test_channel.h"
#include "forms/command_parts.h"
#include "forms/shapes.h"
#include "model/names.h"

namespace comity::forms {
namespace {

bool is_person(std::string_view text) { return model::split_person(text).has_value(); }
Shape const person_name{is_person, "must be a person, like \"anna@ru\""};
constexpr Word<model::Contact::By> ways[] = {{"mail", model::Contact::By::mail},
                                             {"gateway", model::Contact::By::gateway}};

void take_contacts(Members& members, std::vector<model::Contact>& out) {
  auto const place = members.optional("contacts");
  if (!place) return;
  for (Place const& element : place->elements(limits::contacts)) {
    model::Contact contact;
    {
      Members of_one(element);
      of_one.take_word("by", contact.by, ways);
      of_one.take_text("address", contact.address);
    }
    if (!contact.address.empty() && !model::is_contact(contact))
      element.refuse(
          "must be an address of mail, or a number or name that a gateway takes, without spaces or quotes");
    out.push_back(std::move(contact));
  }
}

template <class Command>
void finish(Reading& reading, Command const& command) {
  reading.out.command.body = codec::encode(command);
}

void read_sign_on_watch(Reading& reading) {
  commands::SignOnWatch made;
  Members members(reading.place());
  take_contacts(members, made.contacts);
  finish(reading, made);
}

void take_note(Place const& place, commands::HandOver& made) {
  made.note = place.text().value_or("");
  if (!model::is_handover_note(made.note))
    place.refuse("must be text of 1 to " + std::to_string(limits::handover_note_characters) +
                 " characters, of control characters line feeds and tabs alone");
  if (made.to.empty()) place.refuse("comes with an offer, beside \"to\"");
}

void read_hand_over(Reading& reading) {
  commands::HandOver made;
  Members members(reading.place());
  if (auto const to = members.optional("to")) made.to = read_shaped(*to, person_name);
  if (auto const from = members.optional("from")) made.from = read_shaped(*from, person_name);
  take_contacts(members, made.contacts);
  if (auto const note = members.optional("note")) take_note(*note, made);
  finish(reading, made);
}

commands::CallOnLine read_call(Reading& reading, model::CallPurpose purpose) {
  commands::CallOnLine made;
  made.call.purpose = purpose;
  Members members(reading.place());
  take_shaped(members, "agreement", agreement_name, made.agreement);
  take_shaped(members, "clause", clause_name, made.clause);
  members.take_flag("reached", made.call.reached);
  members.take_text("language", made.call.language);
  members.take_number("minutes", made.call.minutes, 0, limits::call_minutes);
  if (auto const notice = members.optional("notice"))
    made.call.notice = static_cast<uint64_t>(notice->integer(1, UINT32_MAX).value_or(0));
  if (members.optional("read_back")) take_digest(members, "read_back", made.call.read_back.emplace());
  if (auto const words = members.optional("words")) made.call.words = words->text().value_or("");
  return made;
}

}  // namespace

bool read_of_watch(model::CommandKind kind, Reading& reading) {
  switch (kind) {
    case model::CommandKind::sign_on_watch: return read_sign_on_watch(reading), true;
    case model::CommandKind::hand_over: return read_hand_over(reading), true;
    case model::CommandKind::test_channel:
      return finish(reading, commands::TestChannel{read_call(reading, model::CallPurpose::test)}), true;
    case model::CommandKind::log_call:
      return finish(reading, commands::LogCall{read_call(reading, model::CallPurpose::talk)}), true;
    default: return false;
  }
}

}  // namespace comity::forms
