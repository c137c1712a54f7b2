#include "sequencer/commits.h"

namespace comity::sequencer {

void Commits::end(Fate fate) {
  std::vector<Waiting> waiting;
  {
    std::lock_guard const lock(mutex_);
    // Before the batch counts as ended: who finds it ended must find it lost.
    if (fate == Fate::lost) losses_.fetch_add(1);
    ended_.store(begun_.load());
    waiting.swap(waiting_);
  }
  changed_.notify_all();
  for (Waiting const& one : waiting) one.then(since(one.losses));
}

Fate Commits::wait(Mark mark) const {
  if (ended_.load() < mark.begun) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ended_.load() >= mark.begun; });
  }
  return since(mark.losses);
}

void Commits::when_settled(Mark first, std::function<void(Fate)> then) const {
  if (ended_.load() != begun_.load()) {
    std::lock_guard const lock(mutex_);
    if (ended_.load() != begun_.load()) {
      waiting_.push_back({first.losses, std::move(then)});
      return;
    }
  }
  then(since(first.losses));
}

}  // namespace comity::sequencer
