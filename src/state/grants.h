// The two halves of the release rule that look at clauses: what the grants of an agreement add up to, and what
// prohibitions take away. Used by disclosure.cc only; the formula is in 20-release.
#pragma once

#include <string_view>

#include "state/disclosure.h"

namespace comity::state {

struct Grants {
  bool any = false;
  uint32_t first_clause = 0;
  model::EditionForm form;  // without references and prohibitions
  std::vector<Disclosure::Reason> reasons;
};

Grants grants_for(Question const& question, OfficeKey viewer, Item const& item,
                  Contribution const& contribution, AgreementKey agreement);

// Takes out of `answer.form` what prohibitions cover; false if nothing is left.
bool apply_prohibitions(Question const& question, OfficeKey viewer, Item const& item,
                        Contribution const& contribution, AgreementKey agreement, Disclosure& answer);

// Comes with every edition: the centre replaces what it must of these (25-isolation A4).
bool is_base_property(std::string_view name);

// The top-level property that a selector of a granular marking points into.
std::string_view top_level(std::string_view selector);

// Whether a selector, or the name of a property, leads to what another leads to, or to something in it.
bool is_part_of(std::string_view part, std::string_view whole);

// Whether a selector of the text covers the office. `others` leaves out `apart`, the item's originator party.
bool covers(Law const& law, Agreement const& agreement, model::Selector const& selector, OfficeKey office,
            PartyKey apart);

}  // namespace comity::state
