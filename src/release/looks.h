// Looks: what a list looked like to a viewer when it was told last, for all pages and streams of that viewer.
//
// A look is a print of the list as told, from which nothing can be read, and the grounds on which it stands (grounds.h). While they hold
// nobody makes the list again to see whether it has changed. Whoever is sent it is told it anew, through its own eyes.
//
// Kept by the whole viewer (office, roles, rights, client), so no two that may be told different things share one. At most
// limits::looks_kept; when there is no room all are forgotten, which costs a look each.
//
// Thread-safe. Call it under the lock that guards the state; that lock is taken before its own. Two that look at once may both make it.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <tuple>

#include "release/grounds.h"
#include "release/told_pages.h"

namespace comity::release {

struct Look {
  Grounds grounds;
  uint64_t print = 0;
};
using LookPtr = std::shared_ptr<Look const>;

class Looks {
 public:
  LookPtr at(Eyes const& eyes, Grounds::Of list);

 private:
  using Name = std::tuple<OfficeKey, model::Roles, model::Rights, ClientKey, Grounds::Of>;
  std::mutex mutex_;
  std::map<Name, LookPtr> kept_;
};

// Of what the watch tells of pages to the contacts of an office.
uint64_t print_of_pages(OfficeKey office, LastPages const& pages);
uint64_t print_of(std::initializer_list<uint64_t> numbers);

}  // namespace comity::release
