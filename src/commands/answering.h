// What the answers to a notice share (40-deconfliction): any officer on watch of the office that was sent it may answer, and so may a
// client with the right; each answer stands beside the others. The first acknowledgement ends its escalation. None is a permission
// for anybody.
//
// Pure functions of the state.
#pragma once

#include "commands/sight.h"
#include "model/conflict.h"
#include "model/record.h"

namespace comity::commands {

struct NoticeReply {
  uint64_t notice = 0;              // the office's own count
  std::optional<Digest> read_back;  // of the notice as it was understood
  std::string words;                // the sender's own
  auto fields(this auto& self) { return std::tie(self.notice, self.read_back, self.words); }
};

Ruling decide_reply(Sight const& sight, NoticeReply const& reply, model::NoticeAnswer answer);
void apply_reply(State& state, NoticeReply const& reply, model::NoticeAnswer answer,
                 model::Record const& record);
// The author's own notice; null: there is none of that number.
state::Notice const* notice_of(Sight const& sight, uint64_t number);
bool may_answer(Sight const& sight);

}  // namespace comity::commands
