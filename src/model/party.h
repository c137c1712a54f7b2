// Who acts (15-forms 1): parties, their offices, and the clients and persons that act as an office.
//
// Plain structs with a canonical encoding; the rules that make and change them are in commands/. Nothing is ever
// removed from these tables: a revoked client stays, so that old records keep their meaning.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/limits.h"
#include "base/time.h"

namespace comity::model {

enum class PartyKind : uint8_t { state = 1, organisation, agency, force, company };

// F8: a listed party or office is known to everyone; an unlisted one to those who share an agreement with it.
enum class Listing : uint8_t { listed = 1, unlisted };

enum class CommandKind : uint16_t;

// One key, one purpose (25-isolation G8). `bind` signs what binds the party; `recovery` keys lie in a safe and change the
// party's keys, some of them together, and do nothing else; `officer` is a person's own, of a host officer.
enum class KeyPurpose : uint8_t { bind = 1, officer, recovery };
// Whose numbers of acts a key uses up: recovery keys have their own, all others those of the party.
constexpr KeyPurpose counts_as(KeyPurpose purpose) {
  return purpose == KeyPurpose::recovery ? KeyPurpose::recovery : KeyPurpose::bind;
}

struct PublicKeyEntry {
  std::string id;  // `ed25519:` and 16 hex digits, see crypto/ed25519.h
  std::array<uint8_t, 32> octets{};
  KeyPurpose purpose = KeyPurpose::bind;
  Index since = 0;
  Index revoked = 0;                   // 0: valid. An act is valid if its key was at the index of its record.
  std::vector<CommandKind> acts = {};  // that a binding key may sign, sorted; none: all (full powers)

  bool may_sign(CommandKind kind) const { return acts.empty() || std::ranges::binary_search(acts, kind); }
  // Whatever the other may sign, this one may.
  bool covers(PublicKeyEntry const& other) const {
    return acts.empty() || (!other.acts.empty() && std::ranges::includes(acts, other.acts));
  }
  auto fields(this auto& self) {
    return std::tie(self.id, self.octets, self.purpose, self.since, self.revoked, self.acts);
  }
};

struct Party {
  std::string slug;
  PartyKind kind = PartyKind::state;
  Listing listing = Listing::listed;
  std::string name;
  std::string founding_key;  // id of its first binding key: what texts and acts name beside the slug
  std::vector<PublicKeyEntry> keys;
  uint32_t recovery_needed = 0;  // how many recovery keys sign together; 0: it has none
  uint64_t last_seq = 0;         // of its signed acts; strictly increasing
  uint64_t recovery_seq =
      0;  // likewise of those by recovery keys: no other key can put numbers out of their reach
  std::string identity;  // the STIX id that the centre gave a listed party (25-isolation A24); empty: none
  UtcTime registered;
  UtcTime objected;  // when it last showed, against a recovery of its keys, that it holds one
  // Ids of keys for other purposes that have ended, so that none comes back for another one (G8); oldest first.
  std::vector<std::string> ended_token_keys = {}, ended_officer_keys = {};

  uint64_t last_seq_of(KeyPurpose purpose) const {
    return purpose == KeyPurpose::recovery ? recovery_seq : last_seq;
  }
  uint64_t highest_seq() const { return std::max(last_seq, recovery_seq); }
  void use_seq(KeyPurpose purpose, uint64_t seq) {
    uint64_t& last = purpose == KeyPurpose::recovery ? recovery_seq : last_seq;
    last = std::max(last, seq);
  }

  auto fields(this auto& self) {
    return std::tie(self.slug, self.kind, self.listing, self.name, self.founding_key, self.keys,
                    self.recovery_needed, self.last_seq, self.recovery_seq, self.identity, self.registered,
                    self.objected, self.ended_token_keys, self.ended_officer_keys);
  }
};

// The oldest of too many is forgotten: an issuer may have new keys every day.
inline void remember_ended(std::vector<std::string>& ids, std::string const& id) {
  if (id.empty() || std::ranges::find(ids, id) != ids.end()) return;
  if (ids.size() >= limits::ended_ids) ids.erase(ids.begin());
  ids.push_back(id);
}

// Two officers of the host have filed a new key for a party that has lost all of its own (25-isolation B5). It takes effect
// at `effective`, later by every outage that the log records meanwhile (G14), unless a key of the party that holds objects.
struct Recovery {
  PartyKey party;
  std::string key_id;
  std::array<uint8_t, 32> octets{};
  UtcTime filed, effective;
  auto fields(this auto& self) {
    return std::tie(self.party, self.key_id, self.octets, self.filed, self.effective);
  }
};

struct Office {
  PartyKey party;
  std::string name;  // `ru/general-staff`
  Listing listing = Listing::listed;

  auto fields(this auto& self) { return std::tie(self.party, self.name, self.listing); }
};

// What a client may do, and which roles a person has: bits, so that a set of them is one integer.
using Rights = uint32_t;
namespace right {
inline constexpr Rights read = 1, contribute = 2, file = 4, acknowledge = 8;
}
using Roles = uint32_t;
namespace role {
inline constexpr Roles watch = 1, releasing = 2, signing = 4, audit = 8, admin = 16, host = 32;
inline constexpr Roles ordinary =
    watch | releasing | signing | audit | admin;  // that a party gives by itself
}  // namespace role

inline constexpr uint32_t no_issuer = UINT32_MAX;

struct Client {
  OfficeKey office;
  std::string name;  // `ru/general-staff/feed`
  Rights rights = 0;
  PayloadKey credential =
      0;  // the payload that holds its password verifier; 0: none, it cannot sign in by password
  Index revoked = 0;
  Index tokens_since = 0;       // tokens issued at a smaller index no longer hold
  uint32_t issuer = no_issuer;  // in the law's table: whose tokens about `subject` act as this client (C5)
  std::string subject = {};

  auto fields(this auto& self) {
    return std::tie(self.office, self.name, self.rights, self.credential, self.revoked, self.tokens_since,
                    self.issuer, self.subject);
  }
};

struct Person {
  PartyKey party;
  std::string name;  // `anna@ru`
  std::map<OfficeKey, Roles> roles;
  PublicKeyEntry officer_key;  // id is empty for all but host officers
  PayloadKey credential = 0;
  Index revoked = 0;
  Index tokens_since = 0;
  uint32_t issuer = no_issuer;  // in the law's table: whoever it calls `subject` signs in as this person (C5)
  std::string subject = {};

  auto fields(this auto& self) {
    return std::tie(self.party, self.name, self.roles, self.officer_key, self.credential, self.revoked,
                    self.tokens_since, self.issuer, self.subject);
  }
};

}  // namespace comity::model
