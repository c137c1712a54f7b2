// Small worlds for the tests of this room, built from the structs of state/ and without commands.
//
// A world has parties with offices, agreements in force, and items contributed under them; what a contribution releases
// is worked out by state/due.h, as the machine does it. Everything confidential carries a canary: a word that stands
// nowhere else, so that a test can look for it in every byte that left.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "release/edition.h"
#include "release/feed.h"
#include "release/ids.h"
#include "state/due.h"
#include "stix/read.h"

namespace comity::release {

inline model::Clause grant(std::string id) {
  model::Clause clause;
  clause.id = std::move(id);
  clause.type = model::ClauseType::grant;
  clause.from.kind = model::Selector::Kind::each;
  clause.to.kind = model::Selector::Kind::others;
  return clause;
}

inline model::Clause grant_of(std::string id, std::vector<std::string> fields) {
  model::Clause clause = grant(std::move(id));
  clause.fields_given = {false, std::move(fields)};
  std::ranges::sort(clause.fields_given.only);
  return clause;
}

inline model::Clause prohibition(std::string id) {
  model::Clause clause = grant(std::move(id));
  clause.type = model::ClauseType::prohibit;
  return clause;
}

inline std::string uuid_of(int number) {
  std::string digits = std::to_string(number);
  return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

class World {
 public:
  World() {
    state.last_time = *parse_time("2026-01-01T00:00:00.000000Z");
    keys = {key('p'), key('c'), key('k')};
    state.centre = {"Joint centre", "centre.example/log", false,
                    centre_identity_id(keys.prf, "centre.example/log"), state.last_time};
    state.law.identities[state.centre.identity] = {};
  }

  PartyKey party(std::string slug, model::Listing listing = model::Listing::listed) {
    model::Party one;
    one.slug = std::move(slug);
    one.listing = listing;
    state.law.parties.push_back(std::move(one));
    return PartyKey(state.law.parties.size() - 1);
  }

  // Makes the party too, if it is new.
  OfficeKey office(std::string const& name) {
    std::string const slug = name.substr(0, name.find('/'));
    PartyKey key = state.law.find_party(slug);
    if (key.is_none()) key = party(slug);
    state.law.offices.push_back({key, name});
    return OfficeKey(state.law.offices.size() - 1);
  }

  AgreementKey agreement(std::string id, std::vector<OfficeKey> const& offices,
                         std::vector<model::Clause> clauses) {
    auto text = std::make_shared<model::Text>();
    text->id = id;
    text->title = "title of " + id;
    text->clauses = std::move(clauses);
    state::Agreement one;
    one.id = std::move(id);
    one.drafter = offices.front();
    one.history = {{state::AgreementState::in_force, state.last_time, state.next_index}};
    std::map<PartyKey, model::Participant> participants;
    for (OfficeKey office : offices) {
      PartyKey const key = state.law.party_of(office);
      participants[key].party = {state.law.party(key).slug, key};
      participants[key].offices.push_back({state.law.office(office).name, key, office});
      one.standing[key] = {{state::Standing::party, state.last_time, state.next_index}};
    }
    for (auto& [key, participant] : participants) text->participants.push_back(participant);
    one.clauses.assign(text->clauses.size(), {state.last_time, never});
    one.text = std::move(text);
    state.law.agreements.push_back(std::move(one));
    tick();
    return AgreementKey(state.law.agreements.size() - 1);
  }

  ItemKey contribute(OfficeKey office, AgreementKey agreement, Bytes const& bytes,
                     std::vector<OfficeKey> to_offices = {}) {
    tick();
    auto reading = stix::read_object(bytes, keys.comparison);
    if (!reading) {
      ADD_FAILURE() << reading.error().front().code << " " << reading.error().front().pointer << " " << bytes;
      return {};
    }
    state::Item item;
    item.originator = state.law.party_of(office), item.office = office;
    item.head = reading->head, item.facts = reading->facts;
    item.version_time = parse_stix_time(item.head.version).value_or(state.last_time);
    ItemKey const newest = state.holdings.newest(item.originator, item.head.id);
    if (!newest.is_none()) item.version_number = state.holdings.item(newest).version_number + 1;
    item.payload = ++last_payload_;
    payloads[item.payload] = bytes;
    return add(std::move(item),
               {agreement, office, state.last_time, state.next_index, std::move(to_offices)});
  }

  // The same item under another agreement.
  void contribute_again(ItemKey key, OfficeKey office, AgreementKey agreement) {
    tick();
    release_for(key, state.holdings.item(key), {agreement, office, state.last_time, state.next_index, {}});
  }

  void suspend(AgreementKey agreement) {
    tick();
    state.law.agreement(agreement).history.push_back(
        {state::AgreementState::suspended, state.last_time, state.next_index});
    ++state.epoch;
  }

  void resume(AgreementKey agreement) {
    tick();
    state.law.agreement(agreement).history.push_back(
        {state::AgreementState::in_force, state.last_time, state.next_index});
    ++state.epoch;
  }

  // What the office contributed of it, everywhere.
  void take_back(ItemKey key, OfficeKey office) {
    tick();
    for (state::Contribution& one : state.holdings.items[key.value].contributions)
      if (one.office == office) one.deleted = true;
    ++state.epoch;
  }

  Eyes eyes(OfficeKey office) const { return {state, {office}, keys}; }

  Bytes edition(Shown const& shown) const {
    auto made = make_edition(shown, {shown.payload(), payloads.at(shown.payload())});
    return made ? made->value() : Bytes();
  }

  // Everything the office is served of an agreement (or of all), as one text.
  std::string served(OfficeKey office, AgreementKey agreement = {}) const {
    FeedQuery query;
    query.agreement = agreement;
    query.limit = limits::page_objects;
    query.match.versions.all = true;
    std::string all;
    for (Shown const& shown : page(eyes(office), query).shown)
      all += shown.id() + " " + shown.version() + " " + edition(shown) + "\n";
    return all;
  }

  std::vector<Shown> received(OfficeKey office, AgreementKey agreement = {}) const {
    FeedQuery query;
    query.agreement = agreement;
    query.limit = limits::page_objects;
    return page(eyes(office), query).shown;
  }

  void tick(Duration step = seconds(1)) { state.last_time = state.last_time + step, ++state.next_index; }

  state::State state;
  ReleaseKeys keys;
  std::map<PayloadKey, Bytes> payloads;

 private:
  static crypto::SymmetricKey key(char letter) { return *crypto::SymmetricKey::from(Bytes(32, letter)); }

  ItemKey add(state::Item item, state::Contribution contribution) {
    ItemKey const key(state.holdings.items.size());
    state::Item copy = item;
    state.holdings.add_item(std::move(item));
    release_for(key, std::move(copy), std::move(contribution));
    return key;
  }

  void release_for(ItemKey key, state::Item after, state::Contribution contribution) {
    AgreementKey const agreement = contribution.agreement;
    contribution.onward = after.originator != state.law.party_of(contribution.office);
    after.contributions.push_back(contribution);
    auto const releases =
        state::releases_due(state.law, state.holdings, state.last_time, {{{key, agreement}}}, &after, key)
            .releases;
    state.holdings.add_contribution(key, std::move(contribution));
    for (model::Release const& release : releases)
      state.holdings.release(release, state.next_index, state.last_time);
  }

  PayloadKey last_payload_ = 0;
};

// --- objects -------------------------------------------------------------------------------------------------------

inline std::string const created_1 = "2025-06-01T10:00:00.000Z";

inline Bytes indicator(int number, std::string const& more = "", std::string const& modified = created_1) {
  return R"({"type":"indicator","spec_version":"2.1","id":"indicator--)" + uuid_of(number) +
         R"(","created":")" + created_1 + R"(","modified":")" + modified +
         R"(","name":"NAME","pattern":"[file:name = 'x']","pattern_type":"stix","valid_from":"2025-05-05T05:05:05.055Z")" +
         more + "}";
}

}  // namespace comity::release
