// The DSS of ASTM F3548-21 (f3548-rules): in a centre of preset `dss` (commands/genesis.h) a drop-in for clients of that standard; in a centre
// of agreements the same endpoints for clients of its parties, who see what clauses give them (state/shown_airspace.h).
//
//   /dss/v1/operational_intent_references/…   operational intents: query, get, create, update, delete
//   /dss/v1/constraint_references/…           constraints likewise
//   /dss/v1/subscriptions/…                   who is told of changes
//   /dss/v1/reports, /uss_availability/…      error reports, availability
//   /aux/v1/version, /aux/v1/validate_oauth   which program this is, and whether a token holds
//   /uss/v1/operational_intents/{id}          under agreements: details of what the centre's own system manages,
//     …/telemetry, /uss/v1/constraints/{id}   where it is, constraints
//   /uss/v1/reports                           as /dss/v1/reports
//
// Under agreements whoever asks is a client of a party: by a token of an issuer that its party registered, with the standard's scopes, or
// by any credential of the centre's own, which has all of them. Refusals are records there, and filings
// that are refused are charged (25-isolation G10).
//
// Tokens are those of the issuers that the centre is served with (forms/f3548_token.h); whoever one is about becomes a party at the
// first request. Every change is one command, and is answered when it is durable (X1, X2). A change that is refused is no
// record: clients of this standard learn what they lack by being refused.
//
// The order of every no is G4's, with T1 to T9 inside its steps: an unknown path and a wrong method are one 404 before all (T1),
// then the token (401), its scopes (403), the body (400, 413), and then what the machine says in the order of its reasons.
//
// Not promised: F3411 (remote identification), pooling with other DSS instances.
//
// The centre outlives the Door, and the Door the server that serves its routes. Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "doors/auth/authenticator.h"
#include "doors/http/router.h"
#include "forms/f3548.h"
#include "forms/f3548_token.h"
#include "sequencer/centre.h"

namespace comity::f3548 {

// S9: whether the flags of a subscription need scopes of their own, as the standard says and deployed systems do not ask.
enum class FlagScopes : uint8_t { not_asked, asked };

struct DoorOptions {
  forms::TokenTrust trust;
  forms::BaseUrls urls = forms::BaseUrls::https_only;
  FlagScopes flags = FlagScopes::not_asked;
  std::string version;  // of the program, for /aux/v1/version
  // Of a centre of agreements: where systems reach the endpoints of the centre's own, as https://fire.example.org.
  std::string base_url = {};
};

class Door {
 public:
  // `authenticator`: of a centre of agreements; null: preset `dss`.
  Door(sequencer::Centre& centre, DoorOptions options, auth::Authenticator* authenticator = nullptr);
  ~Door();

  std::vector<http::Route> routes();
  // Issuers' keys that were read anew; tokens that were verified by others are looked at again.
  void trust(forms::TokenTrust trust);

 private:
  class House;
  std::unique_ptr<House> house_;
};

// What the server and the router refuse (T1, T3): in a centre of preset `dss` whatever path belongs to no other door is of this one, in
// one of agreements what begins as its endpoints do.
enum class Alone : uint8_t { no, yes };
bool is_path(std::string_view path, Alone alone);
http::Reply refuse(int status);

}  // namespace comity::f3548
