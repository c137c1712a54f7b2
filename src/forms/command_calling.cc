// Where a party has the centre call out to, and for what (25-isolation G12).
#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "commands/allow_destination.h"
#include "commands/attach_feed.h"
#include "commands/detach_feed.h"
#include "commands/register_destination.h"
#include "forms/command_parts.h"
#include "forms/shapes.h"
#include "model/names.h"

namespace comity::forms {
namespace {

Shape const destination_slug{model::is_slug,
                             "must be 2 to 32 lower-case letters, digits or hyphens, a letter first"};
Shape const destination_url{model::is_destination_url,
                            "must be https://, a name or address, and a path perhaps: no user, no fragment"};
bool is_destination(std::string_view text) { return model::split_office(text).has_value(); }
Shape const destination_name{is_destination, "must be a party and its name for it, like \"ru/siem\""};
bool is_feed(std::string_view text) {
  return text == "all" || text == "duties" || model::split_agreement(text);
}
Shape const feed_name{is_feed, "must be an agreement, `all` or `duties`"};
bool is_attached_feed(std::string_view text) { return is_feed(text) || text == "unknown"; }
Shape const attached_feed{is_attached_feed, "must be an agreement, `all`, `duties` or `unknown`"};

// The address as it is always written, so that one text is one address; empty if it is none.
std::string canonical_address(std::string const& text) {
  std::array<char, INET6_ADDRSTRLEN> written{};
  in6_addr octets{};
  for (int const family : {AF_INET, AF_INET6})
    if (inet_pton(family, text.c_str(), &octets) == 1 &&
        inet_ntop(family, &octets, written.data(), written.size()))
      return written.data();
  return {};
}

void take_addresses(Members& members, std::vector<std::string>& out) {
  auto const place = members.optional("addresses");
  if (!place) return;
  for (Place const& element : place->elements(limits::destination_addresses)) {
    auto const text = element.text();
    std::string const address = text ? canonical_address(std::string(*text)) : "";
    if (text && address.empty()) element.refuse("must be an IP address, like \"10.1.2.3\"");
    out.push_back(address);
  }
}

}  // namespace

void read_register_destination(Reading& reading) {
  commands::RegisterDestination made;
  Members members(reading.place());
  take_shaped(members, "destination", destination_slug, made.destination);
  if (auto const url = members.optional("url")) made.url = read_shaped(*url, destination_url);
  reading.out.command.body = codec::encode(made);
}

void read_allow_destination(Reading& reading) {
  commands::AllowDestination made;
  Members members(reading.place());
  take_shaped(members, "destination", destination_name, made.destination);
  take_shaped(members, "url", destination_url, made.url);
  constexpr Word<bool> words[] = {{"yes", true}, {"no", false}};
  if (auto const allowed = members.optional("allowed")) made.allowed = allowed->word(words).value_or(true);
  take_addresses(members, made.addresses);
  reading.out.command.body = codec::encode(made);
}

void read_attach_feed(Reading& reading) {
  commands::AttachFeed made;
  Members members(reading.place());
  take_shaped(members, "destination", destination_slug, made.destination);
  take_shaped(members, "feed", feed_name, made.feed);
  reading.out.command.body = codec::encode(made);
}

void read_detach_feed(Reading& reading) {
  commands::DetachFeed made;
  Members members(reading.place());
  take_shaped(members, "destination", destination_slug, made.destination);
  take_shaped(members, "feed", attached_feed, made.feed);
  reading.out.command.body = codec::encode(made);
}

}  // namespace comity::forms
