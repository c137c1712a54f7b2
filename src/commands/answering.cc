#include "commands/answering.h"

#include "base/limits.h"

namespace comity::commands {
namespace {

model::NoticeTerms const* terms_of(Sight const& sight, state::Notice const& notice) {
  if (!notice.raised.terms) return nullptr;
  state::Agreement const& agreement = sight.behind.law.agreement(notice.raised.subject.under.agreement);
  return &*agreement.text->clauses[*notice.raised.terms].notice;
}

}  // namespace

bool may_answer(Sight const& sight) { return may(sight, model::role::watch, model::right::acknowledge); }

state::Notice const* notice_of(Sight const& sight, uint64_t number) {
  return sight.behind.airspace.notices.find({sight.command.office, number});
}

Ruling decide_reply(Sight const& sight, NoticeReply const& reply, model::NoticeAnswer answer) {
  if (!may_answer(sight)) return refused(ReasonCode::not_permitted);
  if (reply.words.size() > limits::short_words) return refused(ReasonCode::malformed, "/words");
  state::Notice const* const notice = notice_of(sight, reply.notice);
  if (!notice) return refused(ReasonCode::unknown_notice, "/notice");
  model::NoticeTerms const* const terms = terms_of(sight, *notice);
  if (answer == model::NoticeAnswer::acknowledged && terms && terms->read_back && !reply.read_back)
    return refused(ReasonCode::no_read_back, "/read_back");
  // An acknowledgement is taken however much else was said before it.
  bool const ends_it = answer == model::NoticeAnswer::acknowledged && notice->answered_at == never;
  if (notice->replies.size() >= limits::notice_replies && !ends_it) return refused(ReasonCode::quota);
  return model::accepted();
}

// Whatever it says, somebody has answered: nobody else is called. But one who read something else has not answered this notice.
void apply_reply(State& state, NoticeReply const& reply, model::NoticeAnswer answer,
                 model::Record const& record) {
  model::Command const& command = record.command;
  bool const person = command.actor.kind == model::Actor::Kind::person;
  state::NoticeReply made{answer,
                          person ? PersonKey(command.actor.key) : PersonKey(),
                          person ? ClientKey() : ClientKey(command.actor.key),
                          record.time,
                          reply.read_back.value_or(Digest{}),
                          reply.words};
  state.airspace.notices.change({command.office, reply.notice}, [&](state::Notice& notice) {
    notice.replies.push_back(std::move(made));
    if (answer == model::NoticeAnswer::misunderstood) return;
    if (notice.answered_at == never) notice.answered_at = record.time;
    notice.escalate_at = never;
  });
}

}  // namespace comity::commands
