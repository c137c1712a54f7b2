// Drafts, and what is done about one version of one text.
#include "commands/confirm_recovery.h"
#include "commands/draft_agreement.h"
#include "commands/edit_draft.h"
#include "commands/end_prohibition.h"
#include "commands/on_text.h"
#include "commands/resume.h"
#include "forms/agreement.h"
#include "forms/command_parts.h"
#include "forms/shapes.h"

namespace comity::forms {
namespace {

// The agreement's JSON as it was written is the payload; what is wrong with it is told with pointers into the body.
void read_text(Reading& reading, Members& members, model::Text& text, Digest& hash) {
  auto const place = members.required("text");
  if (!place) return;
  BytesView const source = text_of_member(reading, "text");
  auto compiled = compile(source);
  if (!compiled) {
    for (Problem& problem : compiled.error())
      reading.problems.add(place->pointer() + problem.pointer, std::move(problem.reason));
    return;
  }
  text = std::move(compiled->text);
  hash = compiled->text_hash;
  reading.out.payload = Bytes(source);
}

void take_on_text(Members& members, commands::OnText& made) {
  take_shaped(members, "agreement", agreement_name, made.agreement);
  members.take_number("version", made.version);
  take_digest(members, "text_hash", made.text_hash);
}

}  // namespace

void read_draft_agreement(Reading& reading) {
  commands::DraftAgreement made;
  Members members(reading.place());
  read_text(reading, members, made.text, made.text_hash);
  reading.out.command.body = codec::encode(made);
}

void read_edit_draft(Reading& reading) {
  commands::EditDraft made;
  Members members(reading.place());
  take_shaped(members, "agreement", agreement_name, made.agreement);
  if (members.optional("was")) take_digest(members, "was", made.was.emplace());
  read_text(reading, members, made.text, made.text_hash);
  reading.out.command.body = codec::encode(made);
}

void read_on_text(Reading& reading) {
  commands::OnText made;
  Members members(reading.place());
  take_on_text(members, made);
  reading.out.command.body = codec::encode(made);
}

void read_resume(Reading& reading) {
  static constexpr Word<bool> words[] = {{"included", true}, {"left_out", false}};
  commands::Resume made;
  Members members(reading.place());
  take_on_text(members, made);
  if (auto const gap = members.optional("gap")) made.including_gap = gap->word(words).value_or(false);
  reading.out.command.body = codec::encode(made);
}

void read_end_prohibition(Reading& reading) {
  commands::EndProhibition made;
  Members members(reading.place());
  take_on_text(members, made);
  take_shaped(members, "clause", clause_name, made.clause);
  take_shaped(members, "with", party_name, made.with);
  reading.out.command.body = codec::encode(made);
}

void read_confirm_recovery(Reading& reading) {
  commands::ConfirmRecovery made;
  Members members(reading.place());
  take_on_text(members, made);
  take_shaped(members, "recovered", party_name, made.party);
  take_shaped(members, "new_key", key_name, made.new_key);
  reading.out.command.body = codec::encode(made);
}

}  // namespace comity::forms
