// Holdings: what has been contributed, and what has been released to whom.
//
// Everything is append-only. An entry of a feed is written when, and only when, an item or a finer edition of it first
// becomes visible there (15-forms, feeds); entries never move, and egress drops what `disclosure` no longer allows.
// Indexes (by id, by digest, by reference) are rebuilt from the items and are not part of the encoding.
//
// Hash tables here are only ever looked up, never iterated, so no order of theirs can reach a ruling.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/limits.h"
#include "base/time.h"
#include "model/item.h"
#include "model/ruling.h"
#include "state/crowd.h"
#include "state/frameworks.h"
#include "state/key_index.h"
#include "state/law.h"

namespace comity::state {

// One contribution of an item: under which agreement, by which office, to whom by name (TLP RED). Several offices may
// contribute one item under one agreement, each for itself: it has it as its own, names addressees and deletes it. What
// one has named further addressees for later gives to these alone.
struct Contribution {
  AgreementKey agreement;
  OfficeKey office;  // the releaser; differs from the item's office for onward items (25-isolation A16)
  UtcTime time;
  Index index = 0;
  std::vector<OfficeKey> to_offices;  // sorted
  bool onward = false;                // the releaser is not of the originator's party
  UtcTime dated = {};    // the date_added it was given (commands/seed_item.h); zero: that follows from `time`
  bool further = false;  // for those named in it alone: the others have what the office contributed before
  bool deleted = false;
  Moment made() const { return {time, index}; }
  bool stands_under(AgreementKey one) const { return agreement == one && !deleted; }
  auto fields(this auto& self) {
    return std::tie(self.agreement, self.office, self.time, self.index, self.to_offices, self.onward,
                    self.dated, self.further, self.deleted);
  }
};

// That an office was released the item through an agreement; remains for ever (25-isolation G11).
struct Had {
  OfficeKey office;
  AgreementKey agreement;
  Index index = 0;  // of the record that first released it
  UtcTime time;     // of the same record
  UtcTime shown;    // date_added in the office's feed of everything: what the viewer is told as release time
  uint32_t entry = 0;  // newest entry for it in the office's feed of the agreement
  uint32_t form = 0;
  UtcTime first_shown;  // as `shown`, of the first form in which the office had it
  Index latest = 0;     // of the record that released the newest entry
  OfficeKey by;         // who contributed what it was released last
  bool ended = false;   // which has been deleted since: the office has a duty
  auto fields(this auto& self) {
    return std::tie(self.office, self.agreement, self.index, self.time, self.shown, self.entry, self.form,
                    self.first_shown, self.latest, self.by, self.ended);
  }
};

struct Item {
  PartyKey originator;
  OfficeKey office;
  model::ItemHead head;
  UtcTime version_time;  // head.version as a time; for objects without one, when it was first contributed
  uint32_t version_number = 1;  // among the originator's versions of this id
  PayloadKey payload = 0;
  Digest
      commitment;  // to the payload, as its record has it (25-isolation G7); destroyed with facts and payload
  model::Facts facts;
  bool revoked = false;
  std::vector<Contribution> contributions;
  std::vector<Had> had;

  // The office contributed it itself, and has not deleted all of that; or it once did.
  bool is_of(OfficeKey viewer) const;
  bool was_of(OfficeKey viewer) const;
  // No contribution is left: facts and payload are destroyed.
  bool is_gone() const;
  // The originator has deleted every contribution of its own; what others passed on may be there still.
  bool is_taken_back() const;
  // Whether a contribution of the office's stands under the agreement.
  bool is_under(AgreementKey agreement, OfficeKey by) const;
  // Whether any contribution stands under the agreement; whether one ever did.
  bool is_under(AgreementKey agreement) const;
  bool was_under(AgreementKey agreement) const;
  Had const* had_by(OfficeKey viewer, AgreementKey agreement) const;
  auto fields(this auto& self) {
    return std::tie(self.originator, self.office, self.head, self.version_time, self.version_number,
                    self.payload, self.commitment, self.facts, self.revoked, self.contributions, self.had);
  }
};

struct FeedEntry {
  ItemKey item;
  AgreementKey agreement;
  uint32_t form = 0;  // number in Holdings::forms
  uint32_t clause = 0;
  UtcTime date_added;
  auto fields(this auto& self) {
    return std::tie(self.item, self.agreement, self.form, self.clause, self.date_added);
  }
};

// A feed belongs to one office and one agreement, or (agreement none) to one office and everything it is released.
struct Feed {
  std::vector<FeedEntry> entries;
  UtcTime next_date(UtcTime record_time) const;
  auto fields(this auto& self) { return std::tie(self.entries); }
};
using FeedName = std::pair<AgreementKey, OfficeKey>;

// What an office has to do, whatever became of its rights since (25-isolation G9): with what it was released, that whoever gave it under
// the agreement has deleted it, `form` and `shown` being those in which it was had last; or to answer a notice, which is one as long as
// it waits (release/duties.h); or to look at a new key that was filed for its party, as long as that may be objected to (B5).
struct Duty {
  ItemKey item;
  AgreementKey agreement;
  uint32_t form = 0;
  UtcTime shown;
  UtcTime date_added;     // unique and ascending among the office's duties
  uint64_t notice = 0;    // the office's own number of it; then all before but the date is none
  size_t place = 0;       // among all that the office ever had
  UtcTime recovery = {};  // when that key was filed; then all before but the date is none
  auto fields(this auto& self) {
    return std::tie(self.item, self.agreement, self.form, self.shown, self.date_added, self.notice,
                    self.place, self.recovery);
  }
};
struct Duties {
  std::vector<Duty> all;
  size_t added = 0, notices = 0;  // ever; and that are there
  UtcTime last_date = UtcTime{INT64_MIN};
  auto fields(this auto& self) { return std::tie(self.all, self.added, self.notices, self.last_date); }
};

// What a party was served as an edition of its own: its id and how it compares (note_served).
struct ServedEdition {
  PartyKey party;
  ItemKey item;
  AgreementKey agreement;
  std::string id;
  model::Comparisons compare;
  auto fields(this auto& self) {
    return std::tie(self.party, self.item, self.agreement, self.id, self.compare);
  }
};

// A signed consent to onward release: this version, into this version of the agreement, to these parties (A15).
struct OnwardConsent {
  ItemKey item;
  AgreementKey agreement;
  uint32_t version = 0;
  PartyKey releaser;              // who may pass it on, and nobody else
  std::vector<PartyKey> parties;  // sorted
  Index index = 0;
  auto fields(this auto& self) {
    return std::tie(self.item, self.agreement, self.version, self.releaser, self.parties, self.index);
  }
};

// A signed claim that a party has this id from a source of its own (A13).
using IndependentSource = std::pair<PartyKey, std::string>;

// What waits to be looked at, from where on, and how far (model::Unfinished).
struct Left {
  uint32_t from = 0, hops = 0;
  auto fields(this auto& self) { return std::tie(self.from, self.hops); }
};
using Backlog = std::map<std::pair<AgreementKey, ItemKey>, Left>;
void leave(Backlog& backlog, model::Unfinished const& one);
// Agreements take turns, so that none waits for what goes on under another (G1); under one, what its law changed comes
// first. `last`: the agreement that had its turn. The end of an empty one.
Backlog::const_iterator next_in(Backlog const& backlog, AgreementKey last);

// A delay that has not elapsed.
using Delayed = std::tuple<UtcTime, ItemKey, AgreementKey>;

struct StringHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class T>
using ByText = std::unordered_map<std::string, T, StringHash, std::equal_to<>>;  // never iterated

struct Holdings {
  std::deque<Item> items;  // never moved as it grows: a million of them would keep everybody waiting
  std::map<FeedName, Feed> feeds;
  std::vector<model::EditionForm> forms;
  std::map<OfficeKey, Duties> duties;
  std::map<AgreementKey, std::vector<ItemKey>> contributed;  // in order of contribution
  std::vector<ServedEdition> served;
  std::vector<OnwardConsent> consents;
  std::set<IndependentSource> independent;
  std::set<Delayed> delayed;
  Backlog backlog;
  AgreementKey backlog_turn;  // the agreement of which a portion was taken last
  // Records that repeated an item and changed nothing: they hold its bytes and facts too, and are destroyed with it.
  std::map<ItemKey, std::vector<Index>> copies;
  Frameworks frameworks;  // what is nobody's item

  size_t crowd_items =
      limits::crowd_items;  // tests set it, before there are items or before rebuild_indexes()

  Item const& item(ItemKey key) const { return items[key.value]; }
  std::vector<ItemKey> with_id(std::string_view id) const;
  std::vector<ItemKey> const& referring_to(std::string_view id) const;
  std::vector<ItemKey> with_digest(Digest const& digest) const;
  Crowd const* crowd(Digest const& digest) const;  // null: so few that with_digest() is soon looked through
  // Those whose bytes as posted have this digest, and maybe some that have it otherwise.
  std::vector<ItemKey> with_bytes(Digest const& digest) const;
  std::vector<uint32_t> const& served_with_id(std::string_view id) const;
  ServedThrough const& served_with_digest(Digest const& digest) const;
  std::vector<uint32_t> const& consents_about(ItemKey item) const;  // numbers in `consents`
  Feed const& feed(FeedName name) const;
  // What an office contributed, in order; dated like a feed, so R31 holds for it too. An index like the others: an entry
  // has neither form nor clause. What of another's it may have back is for contributed_disclosure to say.
  Feed const& own_feed(FeedName name) const;

  // The originator's newest version of an id; none if it has none.
  ItemKey newest(PartyKey originator, std::string_view id) const;
  // Exactly this version of the originator's.
  ItemKey version(PartyKey originator, std::string_view id, std::string_view version) const;

  // --- changes, called from apply only ---
  ItemKey add_item(Item item);
  void add_contribution(ItemKey item, Contribution contribution);
  // The same bytes were contributed again after all was deleted: they are kept under a new payload key.
  void bring_back(ItemKey item, PayloadKey payload, Digest const& commitment, model::Facts facts);
  void add_duties(model::Deletion const& deletion, UtcTime time);
  void add_duty(OfficeKey office, uint64_t notice, UtcTime time);
  void add_recovery_duty(OfficeKey office, UtcTime filed);
  // Of notices those are no duties any more of which `is_done(number)`; places and dates of the others stay.
  template <class IsDone>
  void drop_duties(OfficeKey office, IsDone const& is_done) {
    Duties& of = duties[office];
    std::erase_if(of.all, [&](Duty const& one) { return one.notice != 0 && is_done(one.notice); });
    of.notices =
        static_cast<size_t>(std::ranges::count_if(of.all, [](Duty const& one) { return one.notice != 0; }));
  }
  size_t notices_among_duties(OfficeKey office) const {
    auto const found = duties.find(office);
    return found == duties.end() ? 0 : found->second.notices;
  }
  std::vector<Duty> const& duties_of(OfficeKey office) const;
  size_t duties_added(OfficeKey office) const {
    auto const found = duties.find(office);
    return found == duties.end() ? 0 : found->second.added;
  }
  // No contribution of it is left: what the journal destroys, the state has not either.
  void destroy(ItemKey item);
  void add_served(ServedEdition edition);
  void add_consent(OnwardConsent consent);
  void release(model::Release const& release, Index index, UtcTime time);
  void rebuild_indexes();

  auto fields(this auto& self) {
    return std::tie(self.items, self.feeds, self.forms, self.duties, self.contributed, self.served,
                    self.consents, self.independent, self.delayed, self.backlog, self.backlog_turn,
                    self.copies, self.frameworks);
  }

 private:
  void index_item(ItemKey key);
  void gather_crowds(ItemKey key);
  void join(Crowd& crowd, Digest const& digest, ItemKey key);
  template <class Change>
  void each_crowd(ItemKey key, Change change);
  Crowd::Through through(Had const& had) const;
  void index_references(ItemKey key);
  void index_contribution(ItemKey key, Contribution const& contribution);
  void rebuild_own_feeds();
  uint32_t form_number(model::EditionForm const& form);

  KeyIndex by_id_, by_digest_;
  ByText<std::vector<ItemKey>> by_reference_;
  ByText<std::vector<uint32_t>> served_by_id_;
  std::unordered_map<Digest, ServedThrough, DigestHash> served_by_digest_;  // never iterated
  std::unordered_map<Digest, Crowd, DigestHash> crowds_;                    // never iterated
  std::map<ItemKey, std::vector<uint32_t>> consents_about_;
  std::map<model::EditionForm, uint32_t> form_numbers_;
  std::map<FeedName, Feed> own_feeds_;
};

}  // namespace comity::state
