// Signing in by a provider of identities (OpenID Connect Core 1.0, 3.1: the authorization code flow, with RFC 7636; 25-isolation C5, G12).
//
// Which providers there are is the host's configuration, and where this program connects is that alone: nothing is discovered, and keys
// are those that a party has registered for its issuer. A browser is sent away with a state, a nonce and the digest of a verifier (S256),
// all by chance, which are also sealed in its cookie; nothing of it is kept here. It has to come back within limits::openid_login_life to
// the process that sent it, with its cookie and that state, and is taken once.
//
// The code is exchanged by the one outgoing function (calling/caller.h): https, an address that is public or that the host allows by
// itself, limits::call_within, limits::openid_answer_bytes, limits::openid_exchanges at once. `done` is called on its thread, or not at all
// if the Providers goes first, and must not block.
//
// Thread-safe. The centre outlives it.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "calling/caller.h"
#include "crypto/secret.h"
#include "sequencer/centre.h"

namespace comity::console {

struct Provider {
  std::string issuer;  // as its party has registered it: `ru/login`
  std::string label;   // of the button
  std::string client_id, client_secret;
  std::string authorization_endpoint, token_endpoint;  // URLs, the second one https
  std::vector<calling::Address> allowed;               // of the token endpoint, besides public ones
};

struct OpenId {
  std::vector<Provider> providers = {};
  std::string return_url = {};   // the whole of it, as providers have it
  std::string authorities = {};  // PEM; empty: the system's
  std::function<void(std::string const&)> report =
      {};  // for the host: why a sign-in did not work, without what anybody sent
};

// One browser on its way.
struct Journey {
  uint32_t provider = 0;
  std::string state, nonce, verifier;
  std::string then;    // where the page is to go afterwards; the page judges it
  std::string before;  // the sealed pass of who was signed in here: its cookie is not sent on the way back
  UtcTime begun;
  auto fields(this auto& self) {
    return std::tie(self.provider, self.state, self.nonce, self.verifier, self.then, self.before, self.begun);
  }
};

class Providers {
 public:
  Providers(sequencer::Centre& centre, OpenId options);

  std::vector<Provider> const& all() const { return options_.providers; }
  OpenId const& options() const { return options_; }

  Journey begin(uint32_t provider, std::string then) const;
  // What the browser keeps of it, and where it goes.
  std::string seal(Journey const& journey) const;
  std::string url_of(Journey const& journey) const;
  // None for what is no journey of this process, for one that has lasted too long, and with another state.
  std::optional<Journey> open(std::string_view sealed, std::string_view state) const;
  // True once for each; false also while too many are remembered.
  bool take(Journey const& journey);

  // A place among the exchanges under way, for as long as it is held; null: there is none.
  using Place = std::shared_ptr<void>;
  Place place();
  // What the token endpoint answers to the code. Errors: unauthenticated, with words for the host.
  using Done = std::function<void(Result<Bytes>)>;
  void exchange(Journey const& journey, std::string_view code, Done done);

 private:
  std::string random() const;
  std::string context() const;

  sequencer::Centre& centre_;
  OpenId const options_;
  std::string const process_;  // by chance: journeys of before a restart are none
  std::mutex mutex_;
  std::map<std::string, UtcTime> taken_;  // states, and until when they are remembered
  std::shared_ptr<std::atomic<size_t>> const exchanges_ = std::make_shared<std::atomic<size_t>>(0);
  calling::Caller caller_;  // last: it ends before what it tells goes
};

}  // namespace comity::console
