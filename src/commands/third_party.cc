#include "commands/third_party.h"

#include <algorithm>
#include <set>

#include "base/contains.h"
#include "base/mutant.h"
#include "model/stix_types.h"
#include "model/tlp.h"
#include "state/standing.h"

namespace comity::commands {
namespace {

using state::Had;
using state::Item;

// The earliest index at which the party had this id by a right of its own: contributed it, or received it under the
// agreement it now contributes to. What it had so, it does not hold *only* through another (A13).
Index had_otherwise(State const& state, PartyKey party, AgreementKey agreement, std::string_view id) {
  Index earliest = UINT64_MAX;
  for (ItemKey key : state.holdings.with_id(id)) {
    Item const& item = state.holdings.item(key);
    if (item.originator == party)
      for (state::Contribution const& one : item.contributions)
        if (!one.onward) earliest = std::min(earliest, one.index);
    for (Had const& had : item.had)
      if (had.agreement == agreement && state.law.party_of(had.office) == party)
        earliest = std::min(earliest, had.index);
  }
  return earliest;
}

bool is_free_onward(State const& state, AgreementKey agreement, uint32_t clause) {
  return state.law.agreement(agreement).text->clauses[clause].onward == model::Onward::free;
}
bool is_free_onward(State const& state, Had const& had) {
  state::FeedEntry const& entry = state.holdings.feed({had.agreement, had.office}).entries[had.entry];
  return is_free_onward(state, had.agreement, entry.clause);
}

// A consent covers one version, one version of the agreement, and its parties at the index of the consent (A15).
// What the originator has taken back since is not consented to any more, and nobody else than whom it names may use it.
bool is_consented(State const& state, ItemKey item, PartyKey releaser, AgreementKey agreement) {
  if (state.holdings.item(item).is_taken_back()) return false;
  state::Agreement const& into = state.law.agreement(agreement);
  return std::ranges::any_of(state.holdings.consents_about(item), [&](uint32_t number) {
    state::OnwardConsent const& consent = state.holdings.consents[number];
    if (consent.releaser != releaser || consent.agreement != agreement || consent.version != into.version)
      return false;
    return std::ranges::all_of(into.standing, [&](auto const& entry) {
      return state::standing_since(into, entry.first) == never ||
             contains_sorted(consent.parties, entry.first);
    });
  });
}

// How the party holds an item through other agreements than the one it contributes to.
struct Holding {
  // The author's own office was released it as it is: it may be told so. Who has an edition does not know the original by
  // its id or its bytes, and is not to confirm a guess of them (A6).
  Had const* own_office = nullptr;
  bool only_so = false;
};

Holding holding_of(State const& state, PartyKey party, OfficeKey office, AgreementKey agreement, ItemKey key,
                   Index otherwise) {
  Holding holding;
  Item const& item = state.holdings.item(key);
  if (item.originator == party) return holding;
  for (Had const& had : item.had) {
    if (had.agreement == agreement || state.law.party_of(had.office) != party || otherwise < had.index)
      continue;
    if (mutated(Mutant::holds_after_withdrawal) &&
        !state::belongs(state.law.agreement(had.agreement).standing_of(party)))
      continue;
    if (is_free_onward(state, had) || is_consented(state, key, party, agreement)) continue;
    holding.only_so = true;
    if (had.office == office && state.holdings.forms[had.form].is_whole()) holding.own_office = &had;
  }
  return holding;
}

class Check {
 public:
  Check(Sight const& sight, AgreementKey agreement)
      : sight_(sight), state_(sight.behind), agreement_(agreement) {}

  void id(std::string const& id) {
    if (model::fixed_tlp(id) || state_.law.is_minted(id) || is_published(id) || is_independent(id)) return;
    Index const otherwise = had_otherwise(state_, sight_.view.party(), agreement_, id);
    for (ItemKey key : state_.holdings.with_id(id)) look_at(key, id, otherwise);
    for (uint32_t number : state_.holdings.served_with_id(id)) served(number, id);
  }

  void digest(Digest const& digest, std::string const& own_id) {
    if (is_independent(own_id)) return;
    if (state::Crowd const* crowd = state_.holdings.crowd(digest)) {
      look_at(*crowd, own_id);
    } else {
      std::vector<ItemKey> const keys = state_.holdings.with_digest(digest);
      Index const otherwise = content_had_otherwise(keys);
      for (ItemKey key : keys) look_at(key, own_id, otherwise);
    }
    std::vector<uint32_t> through_others;
    for (auto const& [to, numbers] : state_.holdings.served_with_digest(digest))
      if (to.first == sight_.view.party() && to.second != agreement_)
        through_others.insert(through_others.end(), numbers.begin(), numbers.end());
    std::ranges::sort(through_others);
    for (uint32_t number : through_others) served(number, own_id);
  }

  std::vector<model::Reason> take() { return std::move(reasons_); }

 private:
  // had_otherwise for this very content: that an earlier version was had, or passed on with consent, is no right to
  // pass on a later one (A15: a consent covers one version).
  Index content_had_otherwise(std::vector<ItemKey> const& of_this_content) const {
    Index earliest = UINT64_MAX;
    for (ItemKey key : of_this_content) {
      Item const& item = state_.holdings.item(key);
      if (item.originator == sight_.view.party() && !item.contributions.empty())
        earliest = std::min(earliest, item.contributions.front().index);
      for (Had const& had : item.had)
        if (had.agreement == agreement_ && state_.law.party_of(had.office) == sight_.view.party())
          earliest = std::min(earliest, had.index);
    }
    return earliest;
  }

  // content_had_otherwise and look_at for each, but for those that cannot speak against it: had through this agreement, to
  // be passed on freely, or later than by a right of the party's own.
  void look_at(state::Crowd const& crowd, std::string const& own_id) {
    auto const is_ours = [&](state::Crowd::Through const& through) {
      return state_.law.party_of(through.office) == sight_.view.party();
    };
    auto const own = crowd.own.find(sight_.view.party());
    Index otherwise = own == crowd.own.end() ? UINT64_MAX : own->second;
    for (auto const& [through, had] : crowd.had)
      if (through.agreement == agreement_ && is_ours(through) && !had.empty())
        otherwise = std::min(otherwise, had.begin()->first);
    std::set<ItemKey> meant;
    for (auto const& [through, had] : crowd.had) {
      if (through.agreement == agreement_ || !is_ours(through)) continue;
      if (is_free_onward(state_, through.agreement, through.clause)) continue;
      for (auto const& [index, key] : had) {
        if (index > otherwise) break;
        meant.insert(key);
      }
    }
    for (ItemKey key : meant) look_at(key, own_id, otherwise);
  }

  // Of a framework that the host has loaded: held through nobody. Of content only what is published as it is: what somebody
  // wrote on a copy (labels, markings, references) is hers.
  bool is_published(std::string const& id) const { return state_.holdings.frameworks.has(id); }

  // A13: a signed claim counts for observables, and for objects whose creator is neither party.
  bool is_independent(std::string const& id) const {
    if (!state_.holdings.independent.contains({sight_.view.party(), id})) return false;
    std::string_view const type = std::string_view(id).substr(0, id.find("--"));
    if (model::stix_class(type) == model::StixClass::observable) return true;
    return std::ranges::all_of(state_.holdings.with_id(id), [&](ItemKey key) {
      Item const& item = state_.holdings.item(key);
      return !is_held(item) || is_by_neither(item);
    });
  }
  // What others have under this id is not looked at (G1).
  bool is_held(Item const& item) const {
    return std::ranges::any_of(
        item.had, [&](Had const& had) { return state_.law.party_of(had.office) == sight_.view.party(); });
  }
  bool is_by_neither(Item const& item) const {
    if (item.facts.creator.empty()) return false;
    auto const is_one_of_both = [&](PartyKey owner) {
      return owner == sight_.view.party() || owner == item.originator;
    };
    auto const minted = state_.law.identities.find(item.facts.creator);
    if (minted != state_.law.identities.end()) return minted->second && !is_one_of_both(minted->second);
    return std::ranges::none_of(state_.holdings.with_id(item.facts.creator), [&](ItemKey identity) {
      return is_one_of_both(state_.holdings.item(identity).originator);
    });
  }

  void look_at(ItemKey key, std::string const& subject, Index otherwise) {
    Holding const holding =
        holding_of(state_, sight_.view.party(), sight_.view.office(), agreement_, key, otherwise);
    if (holding.only_so) refuse(holding.own_office, subject);
  }

  void served(uint32_t number, std::string const& subject) {
    state::ServedEdition const& edition = state_.holdings.served[number];
    if (edition.party != sight_.view.party() || edition.agreement == agreement_) return;
    // An office of the party was served another's: the party gives what is its own as it will.
    if (state_.holdings.item(edition.item).originator == sight_.view.party()) return;
    if (is_consented(state_, edition.item, sight_.view.party(), agreement_)) return;
    refuse(state_.holdings.item(edition.item).had_by(sight_.view.office(), edition.agreement), subject);
  }

  void refuse(Had const* own_office, std::string const& subject) {
    model::Reason reason{ReasonCode::third_party_rule, {}, {}, {}};
    if (own_office) {
      state::FeedEntry const& entry =
          state_.holdings.feed({own_office->agreement, own_office->office}).entries[own_office->entry];
      reason.agreement = own_office->agreement;
      reason.clause = state_.law.agreement(reason.agreement).text->clauses[entry.clause].id;
      reason.subject = subject;
    }
    if (told_.emplace(reason.agreement, reason.subject).second) reasons_.push_back(std::move(reason));
  }

  Sight const& sight_;
  State const& state_;
  AgreementKey agreement_;
  std::vector<model::Reason> reasons_;
  std::set<std::pair<AgreementKey, std::string>> told_;  // by them: each once
};

}  // namespace

std::vector<model::Reason> third_party_rule(Sight const& sight, AgreementKey agreement,
                                            model::ItemHead const& head, model::Facts const& facts) {
  Check check(sight, agreement);
  // Of what may be passed on, byte for byte, other versions under its id do not speak (A15): the digests below do.
  if (passed_on(sight.behind, sight.view.party(), agreement, head).is_none()) check.id(head.id);
  std::set<std::string_view> ids;
  for (model::Reference const& reference : facts.references) ids.insert(reference.id);
  for (std::string_view const id : ids) check.id(std::string(id));
  if (!sight.behind.holdings.frameworks.has_digest(head.compare.canonical))
    for (Digest const& digest : {head.compare.bytes, head.compare.canonical, head.compare.substance})
      check.digest(digest, head.id);
  return check.take();
}

ItemKey passed_on(State const& state, PartyKey party, AgreementKey agreement, model::ItemHead const& head) {
  for (ItemKey key : state.holdings.with_bytes(head.compare.bytes)) {
    Item const& item = state.holdings.item(key);
    if (item.head.id != head.id || item.originator == party || item.head.compare.bytes != head.compare.bytes)
      continue;
    for (Had const& had : item.had) {
      if (had.agreement == agreement || state.law.party_of(had.office) != party) continue;
      if (is_free_onward(state, had) || is_consented(state, key, party, agreement)) return key;
    }
  }
  return {};
}

}  // namespace comity::commands
