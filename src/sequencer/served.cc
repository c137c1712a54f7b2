#include "sequencer/served.h"

#include "codec/codec.h"
#include "commands/note_served.h"
#include "sequencer/prepare.h"

namespace comity::sequencer {

Result<Bytes> payload_of(Centre const& centre, release::Shown const& shown) {
  return shown.payload() == 0 ? Result<Bytes>(Bytes{}) : centre.payload(shown.payload());
}

Result<void> note_served(Centre& centre, std::vector<state::ServedEdition> editions) {
  if (editions.empty()) return {};
  forms::Prepared note;
  note.command.kind = model::CommandKind::note_served;
  note.command.body = codec::encode(commands::NoteServed{std::move(editions)});
  Answer const answer = centre.submit_and_wait(prepare(centre, Author{}, std::move(note)));
  if (answer.kind != Answer::Kind::ruled || !answer.ruling.accepted())
    return fail(ErrorCode::busy, "what is to be served could not be noted");
  return {};
}

}  // namespace comity::sequencer
