// Small worlds for tests of state/ and what stands on it, written in a few lines:
//
//     Scene scene;
//     auto const centre = scene.agreement({"ru/staff", "iq/defence", "iq/police"});
//     scene.grant(centre);
//     ItemKey const thing = scene.contribute(centre, "ru/staff");
//     EXPECT_TRUE(scene.disclosed("iq/police", thing, centre).given);
//
// Parties and offices come into being when they are named. An agreement made by `agreement` has been in force since
// Scene::start, all its parties have been parties since then, and every clause applies; `law` may be changed at will.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>

#include "state/disclosure.h"
#include "state/holdings.h"
#include "state/law.h"

namespace comity::tests {

// An item as a test needs it. `properties` are those besides type, id, spec_version, created and modified.
struct Thing {
  std::string type = "x-thing";
  std::string id = "";  // absent: one of its own
  std::string version = "1";
  std::vector<std::string> properties = {};
  model::Facts facts = {};
};

inline model::Facts refers_to(std::vector<model::Reference> references) {
  model::Facts facts;
  facts.references = std::move(references);
  return facts;
}

class Scene {
 public:
  static constexpr UtcTime start{1'700'000'000'000'000};

  state::Law law;
  state::Holdings holdings;
  UtcTime now = start + days(1);
  Index next = 1;

  PartyKey party(std::string const& slug) {
    if (PartyKey const known = law.find_party(slug)) return known;
    model::Party made;
    made.slug = made.name = slug;
    law.parties.push_back(made);
    return PartyKey(law.parties.size() - 1);
  }

  OfficeKey office(std::string const& name) {
    if (OfficeKey const known = law.find_office(name)) return known;
    PartyKey const its = party(name.substr(0, name.find('/')));
    law.offices.push_back({.party = its, .name = name, .listing = model::Listing::listed});
    return OfficeKey(law.offices.size() - 1);
  }

  model::Who who(std::string const& name) {
    bool const is_office = name.find('/') != std::string::npos;
    OfficeKey const key = is_office ? office(name) : OfficeKey{};
    model::Who made;
    made.name = name;
    made.party = is_office ? law.party_of(key) : party(name);
    made.office = key;
    return made;
  }

  // Participants are offices, or parties as a whole; the first one's party drafted it.
  AgreementKey agreement(std::vector<std::string> const& names, std::string const& slug = "text") {
    model::Text text;
    for (std::string const& name : names) add_participant(text, who(name));
    state::Agreement made;
    made.id = text.id = law.party(text.participants[0].party.party).slug + "." + slug;
    made.drafter = names[0].find('/') == std::string::npos ? OfficeKey{} : office(names[0]);
    made.history = {{state::AgreementState::in_force, start, 0}};
    for (model::Participant const& one : text.participants)
      made.standing[one.party.party] = {{state::Standing::party, start, 0}};
    made.text = std::make_shared<model::Text const>(std::move(text));
    law.agreements.push_back(std::move(made));
    return AgreementKey(law.agreements.size() - 1);
  }

  // The text, to be changed: it is shared and constant everywhere else.
  template <class Change>
  void edit(AgreementKey key, Change const& change) {
    model::Text text = *law.agreement(key).text;
    change(text);
    law.agreement(key).text = std::make_shared<model::Text const>(std::move(text));
  }

  static model::Selector each() { return {.kind = model::Selector::Kind::each, .names = {}}; }
  static model::Selector others() { return {.kind = model::Selector::Kind::others, .names = {}}; }
  model::Selector list(std::initializer_list<char const*> names) {
    model::Selector selector{.kind = model::Selector::Kind::list, .names = {}};
    for (char const* name : names) selector.names.push_back(who(name));
    return selector;
  }
  static model::Fields only(std::vector<std::string> names) {
    std::ranges::sort(names);
    return {.all = false, .only = std::move(names)};
  }

  // From each to others, all fields, unless the clause given says otherwise. Gives its number.
  size_t grant(AgreementKey agreement, model::Clause clause = whole()) {
    clause.type = model::ClauseType::grant;
    return add_clause(agreement, std::move(clause));
  }
  size_t prohibit(AgreementKey agreement, model::Clause clause = whole()) {
    clause.type = model::ClauseType::prohibit;
    return add_clause(agreement, std::move(clause));
  }
  static model::Clause whole() {
    model::Clause clause;
    clause.from = each();
    clause.to = others();
    return clause;
  }

  ItemKey contribute(AgreementKey agreement, std::string const& name, Thing const& thing = {}) {
    state::Item item;
    item.office = office(name);
    item.originator = law.party_of(item.office);
    item.head.type = thing.type;
    item.head.id = thing.id.empty() ? thing.type + "--" + std::to_string(next) : thing.id;
    item.head.version = thing.version;
    item.head.compare.bytes.octets[0] = static_cast<uint8_t>(next);
    item.facts = thing.facts;
    item.facts.properties = {"type", "id", "spec_version", "created", "modified"};
    item.facts.properties.insert(item.facts.properties.end(), thing.properties.begin(),
                                 thing.properties.end());
    std::ranges::sort(item.facts.properties);
    ItemKey const key = holdings.add_item(std::move(item));
    contribute_again(key, agreement, name);
    return key;
  }

  void contribute_again(ItemKey item, AgreementKey agreement, std::string const& name) {
    state::Contribution contribution;
    contribution.agreement = agreement;
    contribution.office = office(name);
    contribution.onward = law.party_of(contribution.office) != holdings.item(item).originator;
    contribution.time = now;
    contribution.index = next++;
    holdings.add_contribution(item, contribution);
  }

  void release(ItemKey item, AgreementKey agreement, std::string const& name,
               model::EditionForm const& form = {}) {
    holdings.release({.offices = {office(name)}, .items = {{item, agreement, 0, form, {}}}}, next++, now);
  }

  state::Disclosure disclosed(std::string const& viewer, ItemKey item, AgreementKey agreement) {
    OfficeKey const key = office(viewer);
    return state::disclosure({law, holdings, now}, key, item, agreement);
  }

  void stand(AgreementKey agreement, std::string const& slug, state::Standing standing) {
    law.agreement(agreement).standing[party(slug)].push_back({standing, now, next++});
  }
  void become(AgreementKey agreement, state::AgreementState to) {
    law.agreement(agreement).history.push_back({to, now, next++});
  }

 private:
  static void add_participant(model::Text& text, model::Who const& who) {
    auto place = std::ranges::find_if(text.participants,
                                      [&](auto const& one) { return one.party.party == who.party; });
    if (place == text.participants.end()) {
      place = text.participants.emplace(place);
      place->party = who;
      place->party.name = who.name.substr(0, who.name.find('/'));
      place->party.office = {};
    }
    if (who.office) place->offices.push_back(who);
  }

  size_t add_clause(AgreementKey agreement, model::Clause clause) {
    size_t const number = law.agreement(agreement).clauses.size();
    if (clause.id.empty()) clause.id = "clause-" + std::to_string(number);
    edit(agreement, [&](model::Text& text) { text.clauses.push_back(std::move(clause)); });
    law.agreement(agreement).clauses.push_back({.applies_since = start, .applies_until = never});
    return number;
  }
};

}  // namespace comity::tests
