// A centre as the command line reaches it: over doors/http's client, as one office.
//
// Connecting finds the credential and talks to nobody. get() and post() give whatever the centre answered; an
// Error is that there was no answer (io), with what to do about it. value_of() takes an answer for what it
// should be: JSON behind a status of 2xx, or the Error that the status means. Answers are JSON with integers
// up to 2^53-1; STIX may hold fractions. What only looks, a GET or a preview, and is told 503 is asked twice more.
//
// A write carries an idempotency key of its own: when the answer is lost, the same command may be sent again
// under that key, or the ruling asked for, without anything happening twice. One thread at a time.
#pragma once

#include <string>

#include "base/result.h"
#include "cli/credentials.h"
#include "cli/local.h"
#include "doors/http/client.h"
#include "json/json.h"

namespace comity::cli {

struct Settings {
  std::string url;
  std::string office;            // --as; may be empty
  std::string authorities = {};  // --ca: of the centre's certificate; empty: the system's
  Format format = Format::text;
};

inline constexpr char const* json_type = "application/json";

class Remote {
 public:
  static Result<Remote> connect(Settings const& settings);
  Remote(Settings settings, Credential credential);

  Result<http::Response> get(std::string const& path, std::string const& accept = json_type);
  Result<http::Response> post(std::string const& path, Bytes body);
  // The same under a key that the caller knows, so that it can ask for the ruling.
  Result<http::Response> post(std::string const& path, Bytes body, std::string const& idempotency_key);
  Result<http::Response> send(http::Method method, std::string const& path, http::Headers headers,
                              Bytes body);

  Settings const& settings() const { return settings_; }
  Credential const& credential() const { return credential_; }

 private:
  Settings settings_;
  Credential credential_;
  http::Client client_;
};

// The JSON of a good answer, or what its status means.
Result<json::Value> value_of(Result<http::Response> const& answer);
Error error_of(http::Response const& answer);

// 128 random bits.
std::string new_idempotency_key();

// One segment of a path, everything but letters, digits and `-._~` escaped.
std::string segment(std::string_view text);

}  // namespace comity::cli
