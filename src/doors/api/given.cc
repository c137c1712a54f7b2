#include "doors/api/given.h"

#include <algorithm>
#include <utility>

#include "codec/codec.h"
#include "commands/note_delivered.h"
#include "sequencer/prepare.h"

namespace comity::api {

void GivenNotices::note(OfficeKey office, uint64_t upto) {
  UpTo some;
  {
    std::lock_guard const lock(mutex_);
    uint64_t& given = given_[office];
    if (given >= upto) return;  // another reader of the office was as fast
    given = waiting_[office] = upto;
    if (std::exchange(under_way_, true)) return;
    some = std::exchange(waiting_, {});
  }
  send(std::move(some));
}

void GivenNotices::send(UpTo some) {
  forms::Prepared note;
  note.command.kind = model::CommandKind::note_delivered;
  commands::NoteDelivered body;
  for (auto const& [office, upto] : some) body.all.push_back({office, upto});
  note.command.body = codec::encode(body);
  std::vector<sequencer::Submission> submissions;
  submissions.push_back(sequencer::prepare(centre_, sequencer::Author{}, std::move(note)));
  centre_.submit(std::move(submissions), [self = shared_from_this(),
                                          some = std::move(some)](std::vector<sequencer::Answer>&& answers) {
    bool const taken = answers.front().kind == sequencer::Answer::Kind::ruled;
    self->sent(taken ? UpTo{} : some);
  });
}

void GivenNotices::sent(UpTo const& not_taken) {
  UpTo next;
  {
    std::lock_guard const lock(mutex_);
    for (auto const& [office, upto] : not_taken) waiting_[office] = std::max(waiting_[office], upto);
    under_way_ = not_taken.empty() && !waiting_.empty();
    if (under_way_) next = std::exchange(waiting_, {});
  }
  if (!next.empty()) send(std::move(next));
}

}  // namespace comity::api
