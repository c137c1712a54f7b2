// The console's door (70-console): the web application as it was built into the program, sessions of people, and the API by
// their cookie.
//
//   GET    /, /watch, /agreements/{id}, …   the application; /assets/{name}
//   POST   /console/session                 {person, password, code?, office?} or {link}: signs in
//   GET    /console/session                 who is signed in; POST /console/session/office {office}; DELETE: signs out
//   DELETE /console/sessions                signs that person out everywhere, tokens included
//   *      /console/api/v1/…                the endpoints of doors/api, by the cookie
//   GET    /console/live                    one stream for a page: which of its topics have changed
//   POST, PUT, DELETE /console/totp         a second factor
//   POST   /api/v1/link                     a link that signs its person in once; by password
//   GET    /console/demo                    of a demo centre alone: links for its parties; POST /console/demo/token {link}
//   GET    /console/maps                    the site's own maps, by name; /console/maps/{name} with Range
//   GET    /console/openid/{n}              to the n-th provider of identities; /console/openid/return: back from it (providers.h)
//   GET    /public/sign-in                  which providers there are
//   GET    /public/centre, /public/visits   for anyone; GET, POST /public/replies
//   GET    /console/replies                 for officers of the host, who show or delete them: POST /console/replies/{id} {action}
//
// A session is a person acting as one office (there is no union); the cookie is read by this door and no other, and an
// Authorization beside it is ignored here (25-isolation C9). It is a sealed pass (pass.h), so it survives a restart of the
// centre, and ends with what it stands on: roles, password, tokens, a record that revokes it; streams are reset then. To sign
// out, to change the office, to sign in where somebody is signed in and to use up a link are records (`revoke_token`), durable
// before they are answered. So a browser has one session, and what a page of it began as another person or office ends.
//
// Every failure to sign in is one 401 after the same work (doors/auth). What has side effects is asked where it comes from
// (browser.h) before anything is looked at. Nothing is served here while nobody is served, but for signing out and what the API serves.
//
// Passwords are checked by the Authenticator's threads, lists told by this door's own. Centre, Authenticator and api::Door
// outlive it; it outlives the server that serves its routes.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "doors/api/door.h"
#include "doors/auth/authenticator.h"
#include "doors/console/browser.h"
#include "doors/console/providers.h"
#include "doors/http/router.h"
#include "guestbook/replies.h"
#include "guestbook/visits.h"
#include "release/told_pages.h"
#include "sequencer/centre.h"

namespace comity::console {

struct DoorOptions {
  Secured secured = Secured::no;  // browsers reach it by TLS: here or in front
  std::function<release::LastPages()> last_pages = {};
  std::string maps = {};                             // a folder
  std::shared_ptr<guestbook::Visits> visits = {};    // null: the host has them off
  std::shared_ptr<guestbook::Replies> replies = {};  // likewise
  OpenId openid = {};
};

class Door {
 public:
  Door(sequencer::Centre& centre, auth::Authenticator& authenticator, api::Door& api,
       DoorOptions options = {});
  ~Door();

  std::vector<http::Route> routes();

 private:
  class House;
  std::unique_ptr<House> house_;
};

}  // namespace comity::console
