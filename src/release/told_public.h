// What anybody is told on the public page (70-console): what the centre is, which agreements have a public existence, who is here,
// and what visitors wrote.
//
//   centre    {name, origin, demo, agreements: [{id, title?, state, since, members?}], visits, replies}: by the eyes of the public
//             viewer, who has no office; `visits` and `replies` say whether the host has them on
//   visits    {now: {guests, bots, members}, most: {today, month, year, ever: {count, at}}}
//   sign-in   {openid: [{label, path}]}: providers of identities that the host has configured, and where a browser goes for each
//   replies   {replies: [{id, at, name, text}]}; to officers of the host `state` and `email` too
//
// Visits and replies are no party's matter and stand in no record, so they depend on no law. Thread rule: told.h, for the centre.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "release/eyes.h"
#include "release/told.h"

namespace comity::release {

struct PublicPage {
  bool visits = false, replies = false;
};
Told tell_centre(Eyes const& eyes, PublicPage const& page);

struct SignInWay {
  std::string label, path;
};
Told tell_sign_in_ways(std::vector<SignInWay> const& ways);

struct VisitCounts {
  uint64_t guests = 0, bots = 0, members = 0;
  struct Most {
    uint64_t count = 0;
    UtcTime at;
  };
  Most today, month, year, ever;
};
Told tell_visits(VisitCounts const& counts);

struct VisitorReply {
  uint64_t id = 0;
  UtcTime at;
  bool shown = false;
  std::string name, email, text;
};
Told tell_replies(std::vector<VisitorReply> const& replies);
// {maps: [name]}: files of the host, by the names that it gave them.
Told tell_maps(std::vector<std::string> const& names);
// With what is for moderators; not_found for whoever is no officer of the host.
Result<Told> tell_all_replies(Eyes const& eyes, std::vector<VisitorReply> const& replies);

}  // namespace comity::release
