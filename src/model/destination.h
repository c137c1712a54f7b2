// Where a party may have the centre call out to, and for what (25-isolation G12): a doorbell rings there when something was
// added to a feed, and says which feed and from where on to read, and nothing of what is in it (G6).
//
// A destination is named by its party; the host allows it as it stands, with its URL, and another URL has to be allowed anew.
// Nothing is ever removed from these tables; what has ended has no URL.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/ids.h"

namespace comity::model {

struct Destination {
  PartyKey party;
  std::string slug;  // `siem`; others know it as `ru/siem`
  std::string url;   // https; empty: ended
  bool allowed = false;
  std::vector<std::string> addresses;  // that may be called though they are not public; as text, sorted
  auto fields(this auto& self) {
    return std::tie(self.party, self.slug, self.url, self.allowed, self.addresses);
  }
};

// What an office reads: one agreement's feed, that of everything, its duties.
enum class FeedKind : uint8_t { agreement = 1, all, duties };

struct AttachedFeed {
  uint32_t destination = 0;
  OfficeKey office;
  FeedKind kind = FeedKind::all;
  AgreementKey agreement;
  auto operator<=>(AttachedFeed const&) const = default;
  auto fields(this auto& self) { return std::tie(self.destination, self.office, self.kind, self.agreement); }
};

// `https://` name or address, a port perhaps, a path and a query perhaps; no user, no fragment, visible ASCII only.
bool is_destination_url(std::string_view text);

}  // namespace comity::model
