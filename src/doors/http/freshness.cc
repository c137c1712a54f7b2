#include "doors/http/freshness.h"

#include <utility>

namespace comity::http {

void make_current(Reply& reply, Epoch const& epoch, int tries, std::function<Reply()> const& busy) {
  auto const note = reply.note;
  for (int tried = 0; !reply.body.current_at(epoch()); ++tried) {
    reply = reply.again && tried < tries ? reply.again() : busy();
  }
  reply.note = note;
}

bool may_go_on(Reply& reply, Epoch const& epoch) {
  if (reply.body.current_at(epoch())) return true;
  if (!reply.again) return false;
  Reply fresh = reply.again();
  bool const same = fresh.status == reply.status && fresh.headers == reply.headers &&
                    fresh.body.value() == reply.body.value() && fresh.body.current_at(epoch());
  if (same) reply = std::move(fresh);
  return same;
}

}  // namespace comity::http
