// Which items an office may mean by an id: those of its feeds that bear it as posted, and those whose editions for the
// office's party bear it, fetched or not. So a question by id looks at what bears the id and not through the feed.
//
// It only says where to look. Whether the office may have an item, and by which id it is shown it, is asked of
// disclosure each time (feed.h, told_items.h); what stands here is never told to anybody.
//
// An office's part is made of its own two feeds and nothing else, so what a question costs depends on what the office was
// released or contributed itself: an id that is hidden from it and one that nobody has are both found to be absent in one
// look (25-isolation G4). Not promised: that the cost of an item which is there does not depend on how many versions and
// recipients it has.
//
// Feeds only grow (state/holdings.h), so the catalogue takes in what it lacks when it is asked: a keyed digest for each
// entry, about a microsecond, and 20 octets. The first question of an office after a start would hold the state's lock
// for as long as that takes; doors ask for catching_up first, which takes it in by pieces. When the state is read anew
// from the journal after a failed commit, forget() must be called: feeds may then hold other entries at the same places.
//
// Thread-safe. Call it under the lock that guards the state; that lock is taken before its own.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "release/keys.h"
#include "state/key_index.h"
#include "state/state.h"

namespace comity::release {

// Entries taken in under one hold of the state's lock: two milliseconds, less than a commit.
inline constexpr size_t catalogue_step = 2'000;

class Catalogue {
 public:
  explicit Catalogue(ReleaseKeys const& keys) : keys_(keys) {}

  // Takes in at most `most` entries that it lacks.
  enum class Progress : uint8_t { complete, more_to_do };
  Progress take_in(state::State const& state, OfficeKey office, size_t most);

  // In the order of the keys, each once; more than bear the id if hashes meet. Takes in what it lacks.
  std::vector<ItemKey> meant_by(state::State const& state, OfficeKey office, std::string_view id);

  void forget();

 private:
  struct Shelf {
    std::mutex mutex;
    size_t received = 0, contributed = 0;  // entries taken in
    state::KeyIndex by_id;
  };
  Shelf& shelf_of(OfficeKey office);
  Progress take_into(Shelf& shelf, state::State const& state, OfficeKey office, size_t most) const;

  ReleaseKeys const keys_;
  std::mutex mutex_;
  std::map<OfficeKey, std::unique_ptr<Shelf>>
      shelves_;  // never removed but by forget(), when nobody is in one
};

}  // namespace comity::release
