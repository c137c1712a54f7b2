#include "state/disclosure.h"

#include <algorithm>

#include "base/contains.h"
#include "base/ensure.h"
#include "model/stix_types.h"
#include "state/filter.h"
#include "state/grants.h"

namespace comity::state {
namespace {

using Why = Disclosure::Why;

Disclosure withheld(Why why, AgreementKey agreement, uint32_t clause = 0) {
  Disclosure answer;
  answer.reasons.push_back({why, agreement, clause});
  return answer;
}

// Whether a top-level property is part of the edition at all.
bool has_property(Item const& item, model::EditionForm const& form, std::string_view name) {
  if (!contains_sorted(item.facts.properties, name) || contains_sorted(form.cut, name)) return false;
  if (form.all_fields) return !contains_sorted(form.prohibited, name);
  return std::ranges::any_of(form.granted, [&](auto const& field) { return field.name == name; });
}

// Whether a part of a property is taken out though the property is granted (A4, A5): cut by a marking, dropped, or half a
// place on a grid, which release/coarse.h cannot snap.
bool is_gone(model::EditionForm const& form, std::string_view property, model::Leaf const& leaf) {
  auto const cut = [&](auto const& selector) { return contains_sorted(form.cut, selector); };
  if (contains_sorted(form.dropped, leaf.id) || std::ranges::any_of(leaf.selectors, cut)) return true;
  bool const on_grid = std::ranges::any_of(form.granted, [&](model::GrantedField const& field) {
    return field.location_grid_m != 0 &&
           (field.name == property || contains_sorted(leaf.selectors, field.name));
  });
  return on_grid && (leaf.half || std::ranges::any_of(leaf.partners, cut));
}

// Whether nothing of a property is left, though it is granted: every part of it is gone.
bool is_hollow(Item const& item, model::EditionForm const& form, std::string_view name) {
  auto const frail = std::ranges::find(item.facts.frail, name, &model::FrailProperty::property);
  if (frail == item.facts.frail.end()) return false;
  return std::ranges::all_of(frail->leaves, [&](auto const& leaf) { return is_gone(form, name, leaf); });
}

// A required property that is not granted withholds the item; the centre may replace only the base ones (A4).
// `lost` are properties that nothing is left of though they are granted.
bool required_complete(Item const& item, model::EditionForm const& form,
                       std::vector<std::string_view> const& lost = {}) {
  for (std::string_view const name :
       {"type", "spec_version"})  // come with every edition: the centre has no others
    if (contains_sorted(form.cut, name) || contains_sorted(form.prohibited, name)) return false;
  auto const complete = [&](auto const& names) {
    return std::ranges::all_of(names, [&](auto name) {
      return is_base_property(name) ||
             (has_property(item, form, name) && !is_hollow(item, form, name) && !contains(lost, name));
    });
  };
  if (!complete(model::required_properties(item.head.type))) return false;
  auto const groups = model::required_alternatives(item.head.type);
  return groups.empty() || std::ranges::any_of(groups, complete);
}

// "Whole" means that nothing would change: a list of fields that covers the object exactly is all of it.
void normalise(Item const& item, model::EditionForm& form) {
  if (form.all_fields || form.attribution != model::Attribution::named) return;
  auto const given = [&](std::string const& name) {
    return is_base_property(name) ||
           std::ranges::binary_search(form.granted,
                                      model::GrantedField{.name = name});  // exactly: no grid, no step
  };
  auto const is_part = [](model::GrantedField const& field) { return field.name != top_level(field.name); };
  if (form.prohibited.empty() && std::ranges::all_of(item.facts.properties, given) &&
      std::ranges::none_of(form.granted, is_part)) {
    form.all_fields = true;
    form.granted.clear();
  }
}

// From which record on the party had this very version; `never_had` if it has not.
constexpr Index never_had = UINT64_MAX;
Index had_since(Question const& q, PartyKey party, Item const& item) {
  Index since = never_had;
  if (item.originator == party && !item.contributions.empty()) since = item.contributions.front().index;
  for (Had const& had : item.had)
    if (q.law.party_of(had.office) == party) since = std::min(since, had.index);
  return since;
}

// A framework had the id before the viewer's party had this version, and it is no copy of what was loaded by then: it may
// not pass for what is published (A13), also when the framework has ended since; what came after its end is what it is.
bool is_other_than_published(Question const& q, PartyKey viewer, Item const& item) {
  Frameworks const& frameworks = q.holdings.frameworks;
  if (frameworks.is_empty() || item.originator == viewer) return false;
  bool published = false;
  for (uint32_t number : frameworks.with_id(item.head.id)) {
    FrameworkObject const& one = frameworks.objects[number];
    Framework const& framework = frameworks.all[one.framework];
    Index const since = had_since(q, viewer, item);
    if (one.index > since || (framework.has_ended() && framework.ended <= since)) continue;
    if (one.version == item.head.version && one.compare.canonical == item.head.compare.canonical)
      return false;
    published = true;
  }
  return published;
}

// The viewer's party knows this STIX id from another originator: what it had of that one already, of equal version and
// bytes, is one entry, anything else comes under an id of the viewer's own (G2). What the other has besides, the viewer
// is not to find out; and what it came to have later leaves the entry under the id that it was given.
bool collides(Question const& q, PartyKey viewer, Item const& item) {
  if (is_other_than_published(q, viewer, item)) return true;
  PartyKey const first = first_originator(q, viewer, item.head.id);
  if (first.is_none() || first == item.originator) return false;
  for (ItemKey key : q.holdings.with_id(item.head.id)) {
    Item const& other = q.item(key);
    if (other.originator == first && other.head.version == item.head.version &&
        other.head.compare.bytes == item.head.compare.bytes &&
        had_since(q, viewer, other) < had_since(q, viewer, item))
      return false;
  }
  return true;
}

void enter(std::vector<std::string>& sorted, std::string const& name) {
  auto const place = std::ranges::lower_bound(sorted, name);
  if (place == sorted.end() || *place != name) sorted.insert(place, name);
}
void drop(model::EditionForm& form, std::string const& id) { enter(form.dropped, id); }
void rename(model::EditionForm& form, std::string const& id) { enter(form.renamed, id); }

// What has become of the references of one property, of one kind.
struct Fates {
  size_t all = 0, dropped = 0;
};

// As far as the author had it when this form was released to the viewer: what it came by later changes nothing of what
// was told (R2b). While a release is decided there is no such time, and what it has now counts.
bool author_had(Question const& q, PartyKey author, std::string_view id, Had const* released) {
  bool const as_now = !released || (q.ahead && !q.ahead->as_released);
  Index const index = as_now ? never_had : released->latest;
  Item const* const fresh = q.ahead ? q.ahead->fresh : nullptr;
  if (fresh && fresh->head.id == id && fresh->originator == author) return true;
  return std::ranges::any_of(q.holdings.with_id(id), [&](ItemKey key) {
    Item const& item = q.item(key);
    if (item.originator == author && !item.contributions.empty() && item.contributions.front().index <= index)
      return true;
    return std::ranges::any_of(
        item.had, [&](Had const& had) { return had.index < index && q.law.party_of(had.office) == author; });
  });
}

bool hides_author(model::EditionForm const& form) { return form.attribution != model::Attribution::named; }

// Whether the id says whose the item is: minted for its originator, or the identity that it says it was created by (A8).
bool names_author(Question const& q, Item const& item, std::string_view id) {
  if (q.law.is_minted(id)) return !q.law.is_identity_of_another(item.originator, id);
  return id == item.facts.creator;
}

// Whether the party had the identity from nobody else: then it is taken for its own, published or not.
bool is_own_identity(Question const& q, PartyKey party, std::string_view id) {
  return id.starts_with("identity--") && first_originator(q, party, id) == party;
}

// Nobody's: everybody may have it; but who its author is, is not to be seen by it in an edition that hides that (A8, A13).
bool is_free(Question const& q, Item const& item, PartyKey author, model::EditionForm const& form,
             std::string_view id) {
  if (q.law.is_minted(id)) return true;
  if (!q.holdings.frameworks.has(id)) return false;
  return !hides_author(form) || !(is_own_identity(q, author, id) || is_own_identity(q, item.originator, id));
}

// An edition that hides its author is without the properties in whose text it is named.
void cut_author(Question const& q, Item const& item, model::EditionForm& form) {
  if (!hides_author(form)) return;
  for (model::Reference const& reference : item.facts.references)
    if (reference.kind == model::ReferenceKind::in_text && has_property(item, form, reference.property) &&
        names_author(q, item, reference.id))
      enter(form.cut, reference.property);
}

// Resolves the references of an edition in the author's view (A5). False: the item is withheld.
bool resolve_references(Question const& q, OfficeKey viewer, Item const& item,
                        Contribution const& contribution, model::EditionForm& form) {
  PartyKey const author = q.law.party_of(contribution.office);
  AgreementKey const agreement = contribution.agreement;
  Had const* const released = item.had_by(viewer, agreement);
  using Kind = model::ReferenceKind;
  std::map<std::pair<std::string_view, Kind>, Fates> fates;
  cut_author(q, item, form);
  for (model::Reference const& reference : item.facts.references) {
    if (reference.kind == Kind::in_text || reference.kind == Kind::marking) continue;
    if (!has_property(item, form, reference.property)) continue;
    if (reference.kind == Kind::creator && hides_author(form)) continue;
    Fates& fate = fates[{reference.property, reference.kind}];
    ++fate.all;
    if (hides_author(form) && names_author(q, item, reference.id)) {
      drop(form, reference.id), ++fate.dropped;
      continue;
    }
    if (is_free(q, item, author, form, reference.id)) continue;
    if (!author_had(q, author, reference.id, released)) continue;  // the author's text: it stays
    // Attribution by name: the author's own identity is what the clause grants.
    if (reference.kind == Kind::creator && first_originator(q, author, reference.id) == author) continue;
    switch (known_as(q, viewer, author, reference.id).how) {
      case KnownAs::How::by_id: break;
      case KnownAs::How::by_own_id: rename(form, reference.id); break;
      case KnownAs::How::not_at_all: drop(form, reference.id), ++fate.dropped;
    }
  }
  std::vector<std::string_view> lost;  // properties of which nothing is left
  for (auto const& [place, fate] : fates) {
    if (place.second == Kind::required && fate.dropped > 0) return false;
    if (fate.dropped < fate.all || place.second == Kind::nested) continue;
    if (place.second == Kind::in_must_list) return false;
    lost.push_back(place.first);
  }
  return required_complete(item, form, lost);
}

// Whether the form lets a property through, if the item has it; what is cut below it aside.
bool gives(model::EditionForm const& form, std::string_view name) {
  if (contains_sorted(form.prohibited, name)) return false;
  return form.all_fields || is_base_property(name) ||
         std::ranges::any_of(form.granted, [&](auto const& field) { return field.name == name; });
}

// How exactly a form gives a part of what it gives: as said of it, or of the nearest that it lies in.
model::GrantedField exactness_of(model::EditionForm const& form, std::string_view part) {
  model::GrantedField nearest;
  for (model::GrantedField const& field : form.granted)
    if (is_part_of(part, field.name) && field.name.size() >= nearest.name.size()) nearest = field;
  return nearest;
}

// Whether everything that `old` gives is given by `fresh`, and as exactly. References are not looked at.
bool gives_as_much(model::EditionForm const& fresh, model::EditionForm const& old) {
  auto const taken = [&](std::string const& name) { return gives(old, name); };
  if (std::ranges::any_of(fresh.prohibited, taken)) return false;
  for (std::string const& selector : fresh.cut)
    if (gives(old, top_level(selector)) &&
        std::ranges::none_of(old.cut, [&](auto const& cut) { return is_part_of(selector, cut); }))
      return false;
  if (old.all_fields && !fresh.all_fields) return false;
  auto const as_exactly = [&](model::GrantedField const& part) {
    std::string_view const name = top_level(part.name);
    if (!gives(old, name)) return true;
    auto const now = exactness_of(fresh, part.name), had = exactness_of(old, part.name);
    return gives(fresh, name) && now.location_grid_m <= had.location_grid_m &&
           now.time_round_s <= had.time_round_s;
  };
  return std::ranges::all_of(old.granted, as_exactly) && std::ranges::all_of(fresh.granted, as_exactly);
}

// Who looks, and whether the item is its own.
struct Viewing {
  OfficeKey office;
  bool owns;
};

// What one contribution gives, references aside.
Disclosure by_contribution(Question const& q, Viewing const& viewing, Item const& item,
                           Contribution const& contribution) {
  OfficeKey const viewer = viewing.office;
  AgreementKey const agreement = contribution.agreement;
  Disclosure answer;
  if (viewing.owns) {
    answer.given = true;
    return answer;
  }
  if (contribution.further && !contains_sorted(contribution.to_offices, viewer)) return answer;
  Grants grants = grants_for(q, viewer, item, contribution, agreement);
  answer.reasons = std::move(grants.reasons);
  if (!grants.any) return answer;
  answer.clause = grants.first_clause;
  answer.form = std::move(grants.form);
  if (!apply_prohibitions(q, viewer, item, contribution, agreement, answer)) return answer;
  normalise(item, answer.form);
  if (!required_complete(item, answer.form)) {
    answer.reasons.push_back({Why::required_withheld, agreement, answer.clause});
    return answer;
  }
  answer.form.own_id = collides(q, q.law.party_of(viewer), item);
  answer.given = true;
  return answer;
}

// The first answer that gives the item whole; else the first but for later ones that are finer than what came before; if none
// gives it, the reasons of all.
Disclosure best_of(Item const& item, AgreementKey agreement, auto&& ask) {
  std::optional<Disclosure> best;
  for (bool const onward : {false, true}) {
    for (uint32_t number = 0; number < item.contributions.size(); ++number) {
      Contribution const& contribution = item.contributions[number];
      if (!contribution.stands_under(agreement) || contribution.onward != onward) continue;
      Disclosure answer = ask(contribution);
      answer.contribution = number;
      if (answer.given && answer.form.is_whole()) return answer;
      bool const better = answer.given && (!best || !best->given || finer(answer.form, best->form));
      if (!best || better)
        best = std::move(answer);
      else if (!best->given)
        for (Disclosure::Reason const& reason : answer.reasons)
          if (!contains(best->reasons, reason)) best->reasons.push_back(reason);
    }
  }
  return best ? std::move(*best) : withheld(Why::deleted, agreement);
}

}  // namespace

char const* name_of(Why why) {
  switch (why) {
    case Why::no_grant_in_force: return "no_grant_in_force";
    case Why::not_yet: return "not_yet";
    case Why::before_standing: return "before_standing";
    case Why::in_gap: return "in_gap";
    case Why::filter: return "filter";
    case Why::marking: return "marking";
    case Why::prohibited: return "prohibited";
    case Why::required_withheld: return "required_withheld";
    case Why::reference_withheld: return "reference_withheld";
    case Why::deleted: return "deleted";
  }
  return "";
}

Item const& Question::item(ItemKey key) const {
  if (ahead && ahead->fresh && key == ahead->fresh_key) return *ahead->fresh;
  return holdings.item(key);
}

bool Question::is_coming_to(PartyKey party, ItemKey key) const {
  if (!ahead) return false;
  for (auto next = ahead->released.lower_bound({key, OfficeKey(0u)});
       next != ahead->released.end() && next->first.first == key; ++next)
    if (law.party_of(next->first.second) == party) return true;
  return false;
}

Disclosure disclosure_but_references(Question const& q, OfficeKey viewer, ItemKey key,
                                     AgreementKey agreement) {
  Item const& item = q.item(key);
  Viewing const viewing{viewer, item.is_of(viewer)};
  return best_of(item, agreement, [&](Contribution const& contribution) {
    return by_contribution(q, viewing, item, contribution);
  });
}

Disclosure disclosure(Question const& q, OfficeKey viewer, ItemKey key, AgreementKey agreement) {
  Item const& item = q.item(key);
  Viewing const viewing{viewer, item.is_of(viewer)};
  return best_of(item, agreement, [&](Contribution const& contribution) {
    Disclosure answer = by_contribution(q, viewing, item, contribution);
    if (!answer.given || viewing.owns) return answer;
    if (!resolve_references(q, viewer, item, contribution, answer.form)) {
      answer.given = false;
      answer.reasons.push_back({Why::reference_withheld, agreement, answer.clause});
    }
    return answer;
  });
}

Disclosure contributed_disclosure(Question const& q, OfficeKey office, ItemKey key, AgreementKey agreement) {
  Item const& item = q.item(key);
  if (!item.is_under(agreement, office)) return withheld(Why::deleted, agreement);
  if (item.is_of(office)) return disclosure(q, office, key, agreement);
  for (Had const& had : item.had) {
    if (had.office != office) continue;
    Disclosure answer = disclosure(q, office, key, had.agreement);
    if (answer.given && answer.form.is_whole()) return answer;
  }
  return withheld(Why::no_grant_in_force, agreement);
}

PartyKey first_originator(Question const& q, PartyKey party, std::string_view id) {
  PartyKey first;
  Index earliest = UINT64_MAX;
  auto const consider = [&](Item const& item) {
    auto const take = [&](Index index) {
      if (index < earliest) earliest = index, first = item.originator;
    };
    if (item.originator == party && !item.contributions.empty()) take(item.contributions.front().index);
    for (Had const& had : item.had)
      if (q.law.party_of(had.office) == party) take(had.index);
  };
  for (ItemKey key : q.holdings.with_id(id)) consider(q.item(key));
  bool const fresh = q.ahead && q.ahead->fresh && q.ahead->fresh->head.id == id;
  if (fresh) consider(*q.ahead->fresh);
  if (first || !q.ahead) return first;
  for (ItemKey key : q.holdings.with_id(id))
    if (q.is_coming_to(party, key)) return q.item(key).originator;
  return fresh && q.is_coming_to(party, q.ahead->fresh_key) ? q.ahead->fresh->originator : PartyKey{};
}

KnownAs known_as(Question const& q, OfficeKey viewer, PartyKey author, std::string_view id) {
  PartyKey const originator = first_originator(q, author, id);
  KnownAs best;
  auto const consider = [&](ItemKey key) {
    Item const& item = q.item(key);
    if (item.originator != originator || best.how == KnownAs::How::by_id) return;
    auto const known = [&](AgreementKey agreement) {
      Disclosure const answer = disclosure_but_references(q, viewer, key, agreement);
      if (!answer.given) return;
      Had const* had = item.had_by(viewer, agreement);
      bool const whole = had && q.holdings.forms[had->form].is_whole();
      auto const ahead =
          q.ahead ? q.ahead->released.find({key, viewer}) : decltype(q.ahead->released.end()){};
      bool const soon_whole = q.ahead && ahead != q.ahead->released.end() && ahead->second.second.is_whole();
      bool const by_id = answer.form.is_whole() && (whole || soon_whole);
      if (best.how != KnownAs::How::by_id)  // through several agreements: the best of them
        best = {by_id ? KnownAs::How::by_id : KnownAs::How::by_own_id, key};
    };
    if (item.was_of(viewer)) {
      best = {KnownAs::How::by_id, key};
      return;
    }
    for (Had const& had : item.had)
      if (had.office == viewer) known(had.agreement);
    if (!q.ahead) return;
    auto const ahead = q.ahead->released.find({key, viewer});
    if (ahead != q.ahead->released.end()) known(ahead->second.first);
  };
  for (ItemKey key : q.holdings.with_id(id)) consider(key);
  if (q.ahead && q.ahead->fresh && q.ahead->fresh->head.id == id) consider(q.ahead->fresh_key);
  return best;
}

bool reference_stays(Question const& q, OfficeKey viewer, Item const& item, Contribution const& contribution,
                     std::string_view id) {
  if (q.law.is_minted(id) || id.starts_with("marking-definition--")) return false;  // it decides what passes
  // An identity may name the author: then it does not stay because it is published.
  if (q.holdings.frameworks.has(id) && !id.starts_with("identity--")) return true;
  PartyKey const author = q.law.party_of(contribution.office);
  return !author_had(q, author, id, item.had_by(viewer, contribution.agreement)) ||
         known_as(q, viewer, author, id).how == KnownAs::How::by_id;
}

bool shows_reference(Item const& item, model::EditionForm const& form, model::Reference const& reference) {
  if (reference.kind == model::ReferenceKind::in_text || contains_sorted(form.dropped, reference.id))
    return false;
  if (reference.kind == model::ReferenceKind::creator && hides_author(form)) return false;
  return has_property(item, form, reference.property);
}

bool finer(model::EditionForm const& fresh, model::EditionForm const& old) {
  if (fresh == old || !gives_as_much(fresh, old)) return false;
  if (fresh.attribution == model::Attribution::centre && old.attribution == model::Attribution::named)
    return false;
  if (fresh.own_id && !old.own_id) return false;
  if (!gives_as_much(old, fresh)) return true;  // new properties may bring references that are dropped
  return std::ranges::includes(old.dropped, fresh.dropped) &&
         std::ranges::all_of(fresh.renamed, [&](std::string const& id) {
           return contains_sorted(old.renamed, id) || contains_sorted(old.dropped, id);
         });
}

}  // namespace comity::state
