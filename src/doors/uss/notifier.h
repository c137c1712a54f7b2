// Tells systems of F3548 what changed, in the place of authors who have no system of their own or may not know the subscriber (25-isolation
// D4; model/to_tell.h): POST to /uss/v1/operational_intents or /uss/v1/constraints below the base URL of a subscription.
//
// Called is only what its party has registered as a destination with exactly this base URL and an officer of the host has allowed (G12);
// what is for another URL waits. A body is made when the call begins (G6), and the call has a token of the centre's own issuer: `sub` the
// centre's origin, `aud` the host that is called, `scope` what the endpoint asks for. Whoever is to believe it trusts the public half of
// the centre's token key.
//
// Promises: what is in the outbox is told at least once, also after a crash (then perhaps again), each entry as it is when it leaves; what
// is taken (2xx), or refused for what it is (4xx but for who asks and how often), is noted in the journal and is not told again. One base URL is called one call at a time; one that fails waits
// as a doorbell does, and holds up no other.
//
// One thread looks and another one calls (calling/caller.h). Destroy it before the centre.
#pragma once

#include <memory>
#include <string>

#include "release/references.h"
#include "sequencer/centre.h"

namespace comity::uss {

class Notifier {
 public:
  // `authorities`: a file of PEM certificates that vouch for destinations; empty: the system's.
  Notifier(sequencer::Centre& centre, release::OwnSystem own, std::string authorities);
  ~Notifier();

 private:
  class House;
  std::unique_ptr<House> house_;
};

}  // namespace comity::uss
