// What the console's door says about sessions, links and the second factor (doors/console), and the marks of its live stream.
//
//   session   {person, office, offices: [{office, roles}], until, issuer?, demo, centre_name, origin}: to the person herself; `issuer`: her
//             party's own, by which she signed in, and which gives her no more than these offices and roles
//   link      {link, expires}: to the person whom it signs in, who has just been authenticated
//   enrolment {secret, url}: once, to the person whose second factor it is to be; `url` is of the form that applications read
//   demo      {people: [{person, office, host, link}]}: of a demo centre alone, whose host holds all keys and says so
//
// Marks: for each topic one number that changes if and only if something that this viewer is told of the topic changes, or may
// have (25-isolation G3): made of prints of told lists, of how long the viewer's own feeds are and of how often its own notices,
// intents and sites were changed, and how many of these are stale; never of others' matters. What time alone changes is told by log time: a pulse comes
// at that moment (state/state.h, next_to_tell), so no record of others tells of it. They leave as tokens of the viewer (cursor.h), from which no count can
// be read. Cost: that of telling the lists whose grounds hold no more (looks.h), once for all pages of a viewer.
//
// Thread rule: told.h.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "release/eyes.h"
#include "release/looks.h"
#include "release/told.h"
#include "release/told_pages.h"

namespace comity::release {

struct Session {
  PersonKey person;
  UtcTime until;
  uint32_t issuer = model::no_issuer;  // in the law's table
};
Told tell_session(Eyes const& eyes, Session const& session);
Told tell_link(Eyes const& eyes, PersonKey person, std::string_view link, UtcTime expires);
Told tell_enrolment(Eyes const& eyes, PersonKey person, std::string_view secret);

struct DemoLink {
  PersonKey person;
  OfficeKey office;
  std::string link;
};
Told tell_demo(Eyes const& eyes, std::vector<DemoLink> const& links);

enum class Topic : uint8_t { agreements, conflicts, duties, intents, items, notices, sites, watch };
inline constexpr size_t topics = 8;
using Marks = std::array<uint64_t, topics>;
// Marks as they are now, and what they stand on.
struct PageLook {
  Marks marks{};
  std::vector<LookPtr> lists;
  uint64_t of_pages = 0;  // print_of_pages
  bool holds(state::State const& state) const;
  uint64_t print() const;
};
PageLook look_for_page(Eyes const& eyes, LastPages const& pages, Looks& looks);
// {topic: token, …}
Released<Bytes> tell_marks(Eyes const& eyes, Marks const& marks);

}  // namespace comity::release
