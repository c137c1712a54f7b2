// The release rule: may this viewer have this item under this agreement, now, and in what form (20-release).
//
// One function decides. Every door, every preview, every feed asks it; nothing else does. It reads the law and the
// holdings and nothing outside them, so the same state gives the same answer for ever. TAXII leaves a server free to omit
// from an answer what it will (R43).
//
// Promises: default deny; prohibitions win; several grants add up; order and duplicates of clauses never matter; an
// item contributed under an agreement is released under that agreement alone; anything it does not understand forbids.
// Several contributions of one item under one agreement are ruled on one by one and do not add up: it is released by the
// first that gives it whole, else by the finest, the first of those that cannot be compared; the originator's own come before
// what was passed on.
// Not promised: that the answer stays. It holds for the law and time given, so it is asked again when bytes leave (G6).
//
// References (25-isolation A5) are resolved through what has already been released to the viewer and is still granted,
// without following references of the target, so cycles end. `Lookahead` lets a decision ask about releases that the
// same ruling is about to make. Which targets the author has is asked as of the record that released the item in its
// present form: what the author comes by later, from whomever, is not to show in what others have (R2b).
//
// Thread rule: pure; call it under the lock that guards the state.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "state/holdings.h"
#include "state/in_force.h"
#include "state/law.h"

namespace comity::state {

struct Disclosure {
  bool given = false;
  uint32_t clause = 0;        // if given: the first grant, in the text's order, that gives it
  uint32_t contribution = 0;  // if given: the item's contribution that it is released by
  model::EditionForm form;    // if given

  // If not given (or less than whole): the clauses and rules that decided, in order.
  enum class Why : uint8_t {
    no_grant_in_force,
    not_yet,
    before_standing,
    in_gap,
    filter,
    marking,
    prohibited,
    required_withheld,
    reference_withheld,
    deleted
  };
  struct Reason {
    Why why = Why::no_grant_in_force;
    AgreementKey agreement;
    uint32_t clause = 0;
    auto operator<=>(Reason const&) const = default;
  };
  std::vector<Reason> reasons;
};

char const* name_of(Disclosure::Why why);

// Releases that are decided but not applied yet, and the item being contributed, which holdings do not have.
struct Lookahead {
  Item const* fresh = nullptr;
  ItemKey fresh_key;
  bool as_released =
      false;  // what an author has counts as of when a form was released, as it does without a lookahead
  std::map<std::pair<ItemKey, OfficeKey>, std::pair<AgreementKey, model::EditionForm>> released;
};

struct Question {
  Law const& law;
  Holdings const& holdings;
  UtcTime now;
  Lookahead const* ahead = nullptr;

  Item const& item(ItemKey key) const;
  // Whether an office of the party is about to be released it.
  bool is_coming_to(PartyKey party, ItemKey key) const;
};

// The item's originating office has its own items whole. Anyone else: by the grants of `agreement`.
Disclosure disclosure(Question const& question, OfficeKey viewer, ItemKey item, AgreementKey agreement);

// What the office itself contributed under the agreement, as it may have it back: what its party originated whole, and what
// it passed on of another's (A16) as long as it is released that whole through some agreement. That it once had those
// bytes in its hands gives it nothing: they are the originator's (G6).
Disclosure contributed_disclosure(Question const& question, OfficeKey office, ItemKey item,
                                  AgreementKey agreement);

// The same without looking at references: what the item itself allows. Used where a target is looked at.
Disclosure disclosure_but_references(Question const& question, OfficeKey viewer, ItemKey item,
                                     AgreementKey agreement);

// How the viewer knows an id that the author has: not at all, by the id itself, or by an id of its own for the item.
struct KnownAs {
  enum class How : uint8_t { not_at_all, by_id, by_own_id };
  How how = How::not_at_all;
  ItemKey item;
};
KnownAs known_as(Question const& question, OfficeKey viewer, PartyKey author, std::string_view id);

// Whether, whatever else decides on the item, a reference of its contribution to this id comes to the viewer as it was
// posted: the author has not the target, or the viewer knows it by that id. No, where that is hard to see.
bool reference_stays(Question const& question, OfficeKey viewer, Item const& item,
                     Contribution const& contribution, std::string_view id);

// The party's first originator of an id: who it had it from first, itself included (G2); none if it never had it (G11).
PartyKey first_originator(Question const& question, PartyKey party, std::string_view id);

// Whether an edition of this form lets its reader see the reference.
bool shows_reference(Item const& item, model::EditionForm const& form, model::Reference const& reference);

// Whether `fresh` lets the viewer have more than `old` did: then it is a new entry of the feed.
bool finer(model::EditionForm const& fresh, model::EditionForm const& old);

}  // namespace comity::state
