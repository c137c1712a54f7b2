#include "release/told_items.h"

#include <algorithm>
#include <map>

#include "base/contains.h"
#include "release/showing.h"
#include "release/telling.h"

namespace comity::release {
namespace {

using state::Disclosure;
using Why = Disclosure::Why;

json::Object reason_json(NamesThrough const& names, Disclosure::Reason const& reason) {
  json::Object out{{"why", state::name_of(reason.why)}};
  auto const agreement = names.agreement(reason.agreement);
  out["agreement"] = agreement.value_or("another rule");
  if (auto const clause = names.clause(reason.agreement, reason.clause); agreement && clause)
    out["clause"] = *clause;
  return out;
}

json::Array reasons_json(NamesThrough const& names, std::vector<Disclosure::Reason> const& reasons,
                         auto&& told) {
  json::Array all;
  for (Disclosure::Reason const& reason : reasons) {
    if (!told(reason.why)) continue;
    json::Value one = reason_json(names, reason);
    if (!contains(all, one)) all.push_back(std::move(one));  // "another rule" is not counted
  }
  return all;
}

// Reasons that lie in the law and not in what an object says.
bool is_law(Why why) {
  return why == Why::no_grant_in_force || why == Why::before_standing || why == Why::in_gap ||
         why == Why::prohibited || why == Why::deleted;
}

json::Array fields_json(model::EditionForm const& form) {
  json::Array fields;
  for (model::GrantedField const& field : form.granted) {
    json::Object one{{"name", field.name}};
    if (field.location_grid_m != 0) one["grid_m"] = field.location_grid_m;
    if (field.time_round_s != 0) one["round_s"] = field.time_round_s;
    fields.push_back(std::move(one));
  }
  return fields;
}

json::Object terms_json(model::EditionForm const& form) {
  json::Object out{{"attribution", form.attribution == model::Attribution::named ? "named" : "centre"}};
  if (form.all_fields) {
    out["fields"] = "all";
    if (!form.granted.empty()) out["less_exactly"] = fields_json(form);
    if (!form.prohibited.empty())
      out["prohibited"] = json::Array(form.prohibited.begin(), form.prohibited.end());
  } else {
    out["fields"] = fields_json(form);
  }
  if (!form.cut.empty()) out["marked"] = json::Array(form.cut.begin(), form.cut.end());
  return out;
}

json::Object seen_by(Eyes const& eyes, NamesThrough const& names, OfficeKey office, ItemKey item,
                     AgreementKey agreement) {
  Disclosure const answer = state::disclosure_but_references(eyes.question(), office, item, agreement);
  json::Object out{{"office", eyes.state.law.office(office).name}, {"given", answer.given}};
  if (answer.given) {
    if (auto const clause = names.clause(agreement, answer.clause)) out["clause"] = *clause;
    out["terms"] = terms_json(answer.form);
  } else {
    out["reasons"] = reasons_json(names, answer.reasons, [](Why) { return true; });
  }
  return out;
}

// The items that may bear the id in the viewer's eyes: by their own id, or by one that its party may be shown; without a
// catalogue, only if it was served.
std::vector<ItemKey> candidates(Eyes const& eyes, std::string_view id) {
  if (eyes.catalogue && eyes.office()) return eyes.catalogue->meant_by(eyes.state, eyes.office(), id);
  std::vector<ItemKey> keys = eyes.state.holdings.with_id(id);
  for (uint32_t number : eyes.state.holdings.served_with_id(id)) {
    state::ServedEdition const& edition = eyes.state.holdings.served[number];
    if (edition.party == eyes.view.party() && !contains(keys, edition.item)) keys.push_back(edition.item);
  }
  return keys;
}

}  // namespace

std::vector<Spot> known_under(Eyes const& eyes, std::string_view id) {
  std::vector<Spot> spots;
  for (ItemKey key : candidates(eyes, id)) {
    state::Item const& item = eyes.state.holdings.item(key);
    if (item.is_of(eyes.office())) {
      for (state::Contribution const& made : item.contributions)
        if (made.office == eyes.office() && item.head.id == id)
          spots.push_back({key, made.agreement, made.time});
      continue;
    }
    for (state::Had const& had : item.had) {
      if (had.office != eyes.office()) continue;
      model::EditionForm const& form = eyes.state.holdings.forms[had.form];
      if (Showing::id_of(eyes, item, form) == id) spots.push_back({key, had.agreement, had.shown, had.entry});
    }
  }
  return spots;
}

Told tell_row(Eyes const& eyes, Shown const& shown) {
  NamesThrough const names(eyes.view);
  json::Object out{{"id", shown.id()},
                   {"type", shown.type()},
                   {"version", shown.version()},
                   {"date_added", to_text(shown.date_added())},
                   {"form", shown.is_whole() ? "whole" : "edition"}};
  if (auto const agreement = names.agreement(shown.agreement())) out["agreement"] = *agreement;
  if (!shown.is_own())
    if (auto const clause = names.clause(shown.agreement(), shown.clause())) out["clause"] = *clause;
  if (shown.is_permissive()) out["permissive"] = true;
  if (!shown.derived_from().empty()) out["derived_from"] = shown.derived_from();
  return Teller::tell(eyes, std::move(out));
}

Result<Told> tell_why(Eyes const& eyes, ItemKey key, AgreementKey agreement) {
  state::Item const& item = eyes.state.holdings.item(key);
  auto const name = eyes.view.name_of(agreement);
  bool const had = eyes.office() && item.had_by(eyes.office(), agreement) != nullptr;
  if (!name || !had) return hidden_or_absent();
  NamesThrough const names(eyes.view);
  Disclosure const answer = state::disclosure(eyes.question(), eyes.office(), key, agreement);
  json::Object out{{"given", answer.given}, {"agreement", *name}};
  if (answer.given) {
    if (auto const clause = names.clause(agreement, answer.clause)) out["clause"] = *clause;
    out["form"] = answer.form.is_whole() ? "whole" : "edition";
  } else {
    out["reasons"] = reasons_json(names, answer.reasons, is_law);
  }
  return Teller::tell(eyes, std::move(out));
}

Result<Told> tell_who_sees(Eyes const& eyes, ItemKey key, AgreementKey agreement) {
  return tell_who_would_see(eyes, eyes, key, agreement);
}

Result<Told> tell_who_would_see(Eyes const& eyes, Eyes const& told_by, ItemKey key, AgreementKey agreement) {
  state::Item const& item = eyes.state.holdings.item(key);
  auto const name = told_by.view.name_of(agreement);
  if (!name || !eyes.office() || !item.is_of(eyes.office()) || !item.was_under(agreement))
    return hidden_or_absent();
  std::map<std::string, OfficeKey> known;
  if (told_by.view.knows_membership(agreement))
    for (OfficeKey office : eyes.state.law.participating(eyes.state.law.agreement(agreement)))
      if (!item.is_of(office) && told_by.view.knows(office))
        known.emplace(told_by.view.name_of(office), office);
  json::Array offices;
  NamesThrough const names(told_by.view);
  for (auto const& [office, office_key] : known)
    offices.push_back(seen_by(eyes, names, office_key, key, agreement));
  return Teller::tell(
      told_by,
      json::Object{{"agreement", *name}, {"offices", std::move(offices)}, {"others", "not counted"}});
}

}  // namespace comity::release
