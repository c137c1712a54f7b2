// Keys minted by the machine (25-isolation G2): inside, everything is named by a key; a name chosen by a client is
// resolved in the view of whoever says it and nowhere else. A key is an index into the table that holds the thing, so
// it is dense, never reused, and never leaves the centre (G3). Keys of different things do not mix: each has a type.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace comity {

template <class Tag>
struct Key {
  static constexpr uint32_t none_value = 0xffffffff;
  uint32_t value = none_value;

  constexpr Key() = default;
  constexpr explicit Key(uint32_t v) : value(v) {}
  constexpr explicit Key(size_t v) : value(static_cast<uint32_t>(v)) {}
  constexpr bool is_none() const { return value == none_value; }
  constexpr explicit operator bool() const { return !is_none(); }
  auto operator<=>(Key const&) const = default;
};

using PartyKey = Key<struct PartyTag>;
using OfficeKey = Key<struct OfficeTag>;
using ClientKey = Key<struct ClientTag>;
using PersonKey = Key<struct PersonTag>;
using AgreementKey = Key<struct AgreementTag>;
using ItemKey = Key<struct ItemTag>;
using IntentKey = Key<struct IntentTag>;
using ConstraintKey = Key<struct ConstraintTag>;
using SubscriptionKey = Key<struct SubscriptionTag>;
using SiteKey = Key<struct SiteTag>;

// Payloads (bytes as posted) in order of arrival; 0 is "none".
using PayloadKey = uint64_t;

// A place in the log. Record 0 is genesis.
using Index = uint64_t;

}  // namespace comity

template <class Tag>
struct std::hash<comity::Key<Tag>> {
  size_t operator()(comity::Key<Tag> key) const { return key.value * 0x9e3779b97f4a7c15ULL; }
};
