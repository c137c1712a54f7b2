#include "doors/http/ticket.h"

#include <utility>

namespace comity::http {
namespace {

struct LastWord {
  std::shared_ptr<Ticket> ticket;
  explicit LastWord(std::shared_ptr<Ticket> t) : ticket(std::move(t)) {}
  LastWord(LastWord const&) = delete;
  ~LastWord() { ticket->drop(); }
};

}  // namespace

void Ticket::give(Reply&& reply) {
  std::lock_guard const lock(mutex_);
  if (!open_) return;
  open_ = false;
  reply_.emplace(std::move(reply));
  if (waiting_) wake_();
}

void Ticket::drop() {
  std::lock_guard const lock(mutex_);
  if (!open_) return;
  open_ = false;
  dropped_ = true;
  if (waiting_) wake_();
}

bool Ticket::was_dropped() {
  std::lock_guard const lock(mutex_);
  return dropped_;
}

bool Ticket::is_answered_or_will_wake() {
  std::lock_guard const lock(mutex_);
  waiting_ = true;
  return reply_.has_value() || dropped_;
}

std::optional<Reply> Ticket::collect_or_abandon() {
  std::lock_guard const lock(mutex_);
  open_ = false;
  return std::exchange(reply_, std::nullopt);
}

Done done_of(std::shared_ptr<Ticket> ticket) {
  auto last_word = std::make_shared<LastWord>(std::move(ticket));
  return [last_word = std::move(last_word)](Reply&& reply) { last_word->ticket->give(std::move(reply)); };
}

}  // namespace comity::http
