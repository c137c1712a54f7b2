// Pages the watch of an office that has notices waiting (40-deconfliction, "Notices and acknowledgement").
//
// The contacts of those on watch, in the order in which they came and named them, are one list. A new notice goes to the first; each
// time that nobody answers (escalation, by pulse) the next one has its turn; past the last, and after a page that could not be
// sent, all of them. What one page says: release/told_pages.h. Pages of one office come no faster than limits::page_interval,
// however many notices there are; one that was sent to nobody is tried again after limits::page_again.
//
// Promises: at least one page for each notice and each of its escalations as long as it waits and somebody is on watch with a contact,
// also across a start of the program (then again). Not promised: that anybody reads it; `delivered` and answers are what counts.
//
// One thread looks, another one sends (calling/pager.h). last_pages() from any thread. Destroy it before the centre.
#pragma once

#include <memory>

#include "calling/pager.h"
#include "release/told_pages.h"
#include "sequencer/centre.h"

namespace comity::paging {

class Paging {
 public:
  Paging(sequencer::Centre& centre, calling::PageWays ways);
  ~Paging();

  release::LastPages last_pages() const;

 private:
  class House;
  std::unique_ptr<House> house_;
};

}  // namespace comity::paging
