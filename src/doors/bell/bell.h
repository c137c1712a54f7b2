// The doorbell: tells a party's own machine that there is something to fetch, and nothing of what it is (25-isolation G6, G12).
//
// When something was added to a feed that an office attached to a destination (commands/attach_feed.h), and that office may
// have it now, the centre posts there. A notice that waits is in the feed of duties (release/duties.h), which rings for it as for all else:
//
//   {"feeds":[{"feed":"/taxii2/<root>/collections/<id>/objects/","next":"…"}, …]}
//
// `feed` is the collection as that office knows it, `next` the token from which GET goes on with what is new; it is left out the
// first time after the centre started or the feed was attached, when nobody can know what was read before. Whoever reads with
// its own cursor may ignore it. The body is made when the call begins, so a right that has ended rings no bell.
// The headers are those of Standard Webhooks: `webhook-id`, the same when a ring is tried again; `webhook-timestamp`; and
// `webhook-signature`, `v1,` and HMAC-SHA-256 in base64 over `id.timestamp.body` under the destination's secret, which its
// admins are told by GET /api/v1/destinations.
//
// Promises: what was added is rung for at least once as long as the destination is allowed, also after a crash of either side
// (then perhaps again); calls to one destination follow one another, however many feeds are attached, at most one every
// limits::bell_interval; one that fails (no answer, or a status other than 2xx) is tried again after twice the time it waited
// before, up to limits::bell_longest_wait, for ever. No destination delays another, nor anybody who writes.
// Not promised: one ring for each item; that the order of feeds means anything.
//
// One thread looks and another one calls (calling/caller.h). last_calls() from any thread. Destroy it before the centre.
#pragma once

#include <memory>
#include <string>

#include "release/told_destinations.h"
#include "sequencer/centre.h"

namespace comity::bell {

class Bell {
 public:
  // `authorities`: a file of PEM certificates that vouch for destinations; empty: the system's.
  Bell(sequencer::Centre& centre, std::string authorities);
  ~Bell();

  // How the last call to each destination ended since the start.
  release::LastCalls last_calls() const;

 private:
  class House;
  std::unique_ptr<House> house_;
};

}  // namespace comity::bell
