// Reading a feed through disclosure (15-forms 4, feeds; R30 to R38): what TAXII pages, lists and streams are made of.
//
// An entry is served if disclosure allows it now, in the form allowed now, and
//   - no later entry of the feed is for the same item under the same agreement (a finer form came after it);
//   - nothing else that is served there is the same content in a form as fine or finer: the item under another
//     agreement, or equal bytes of the same id and version from another originator (G2). Of equals the first stays.
// So a feed never has one thing twice, and what goes because one grant ended stays while another one gives it.
//
// Order and paging: ascending by date_added, which is unique in a feed, so going on after a place and going on after
// the last date give the same sequence as long as no version is preferred by `last` or `first` over one that the date
// hides (R38: the date is applied first, then the choice of versions; both before the page is cut).
//
// Of what was received or contributed a page may go the other way, from the newest on: the same rows in reverse, and a place is then the one before
// which to go on. What is added meanwhile comes before the first page and moves no other.
//
// Versions are chosen among those of one shown id that the feed serves (R35, R36); without a wish, the last. `exact`
// compares times, not texts. A list in Match that is empty asks for nothing; ids are those that the viewer is shown.
// `from`: only what is attributed by name to this contributing party (A8).
//
// Contributed: what the office itself contributed, whole; dated like a feed. Of what it passed on of another's items, only
// what it is released whole now: those bytes are the originator's, and a suspension takes them from here too.
//
// Reference: what is nobody's item (reference_set.h), the same to every office, whatever `agreement` says.
//
// Duties: of the office, whatever `agreement` says (duties.h).
//
// Cost: without filters in proportion to the page and what was withdrawn since, found by binary search; entries of
// agreements under which nothing reaches the viewer now cost a look. By id, with eyes that have a catalogue, in proportion
// to what the viewer has that bears the id; an id that it has nothing of costs one look, whether others have it or not.
// With other filters in proportion to the feed behind the starting point: a look at each entry of another type.
// Call it under the lock that guards the state; it changes nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/limits.h"
#include "release/shown.h"

namespace comity::release {

struct Versions {
  bool first = false, last = true, all = false;
  std::vector<UtcTime> exact;
};

struct Match {
  std::vector<std::string> ids, types, spec_versions;
  Versions versions;
};

enum class Source : uint8_t { received = 1, contributed, reference, duties };
enum class Order : uint8_t { oldest_first, newest_first };

struct FeedQuery {
  Source source = Source::received;
  AgreementKey agreement;              // none: all agreements
  PartyKey from;                       // none: everybody
  Order order = Order::oldest_first;   // the other one of received and contributed alone
  std::optional<size_t> after;         // a place, from a token; in that order
  std::optional<UtcTime> added_after;  // strictly
  size_t limit = limits::page_objects_default;
  Match match;
};

struct Page {
  std::vector<Shown> shown;
  bool more = false;                     // more would follow; then the last of `shown` is where to go on
  std::optional<size_t> looked_to = {};  // the place up to which there is no more, where that is known
};

// At most `limit` and limits::page_objects of them.
Page page(Eyes const& eyes, FeedQuery const& query);

}  // namespace comity::release
