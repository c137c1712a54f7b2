// The items that a previewed command may look at, borrowed into the copy before it is decided, so that a preview sees items
// and what its earlier commands did to them without copying all there are.
//
// Borrowed is what could count for the author: items that its party originated or was released, those that bear an id or a
// digest of the command, or that what it deletes refers to, with their contributions, what the party was served of them, and
// what frameworks have of them. Of other items that bear such an
// id the creator alone comes along, since a claim of an independent source asks for it; what others were released does not
// come along. A thing is borrowed once: what the preview did to it since stays done.
//
// Keys of items differ between the copy and the state; those of parties, offices and agreements are the same, so `from`
// must have the law of which the copy was made (the caller asks for the epoch). One preview, one thread.
#pragma once

#include <map>
#include <set>
#include <string>

#include "model/command.h"
#include "state/state.h"

namespace comity::sequencer {

class BorrowedItems {
 public:
  explicit BorrowedItems(state::State& copy) : copy_(copy) {}

  // Under the lock of `from`.
  void borrow(state::State const& from, model::Command const& command);

 private:
  void by_id(state::State const& from, std::string const& id);
  void by_digest(state::State const& from, Digest const& digest);
  void publish(state::State const& from, uint32_t number);
  void referred_by_own(state::State const& from, std::string const& id, std::set<std::string>& ids) const;
  void creators_of(state::State const& from, std::string const& id);
  ItemKey take(state::State const& from, ItemKey key);
  void take_served(state::State const& from, uint32_t number);
  state::Item lent(state::State const& from, state::Item const& item);
  bool concerns_author(state::State const& from, state::Item const& item) const;

  state::State& copy_;
  PartyKey party_;  // of the author
  std::set<std::string> ids_;
  std::map<ItemKey, ItemKey> taken_;  // from the state's keys to the copy's
  std::set<uint32_t> served_, published_;
};

}  // namespace comity::sequencer
