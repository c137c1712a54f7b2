// The answer on its way from any thread to the event loop of its connection.
//
// The connection makes a Ticket, hands handler() a `Done` made of it, and then asks is_answered_or_will_wake(): if the
// answer is not there yet, `wake` is called when it comes, once, under the ticket's mutex. collect_or_abandon() ends the
// ticket's use of `wake`: an answer that comes later is dropped, so `wake` may refer to what dies with the connection.
// A handler that drops its `done` without calling it has given no answer, and was_dropped() says so.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "doors/http/reply.h"

namespace comity::http {

class Ticket {
 public:
  explicit Ticket(std::function<void()> wake) : wake_(std::move(wake)) {}

  // Only the first answer counts.
  void give(Reply&& reply);
  bool is_answered_or_will_wake();
  std::optional<Reply> collect_or_abandon();
  void drop();
  bool was_dropped();

 private:
  std::mutex mutex_;
  std::function<void()> wake_;
  bool open_ = true;  // neither answered nor abandoned
  bool waiting_ = false, dropped_ = false;
  std::optional<Reply> reply_;
};

Done done_of(std::shared_ptr<Ticket> ticket);

}  // namespace comity::http
