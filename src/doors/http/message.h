// What the doors see of HTTP: a request, and the headers of both directions.
//
// These are plain values without a library behind them. A Request is whole: its head was checked and its body read to
// the end within the limits before anyone sees it (server.h). Names of headers compare without regard to case; their
// order is kept. Units: bytes.
//
// Nothing here may be logged but the request id: target, path, query and headers hold names of parties, items and
// credentials (25-isolation F7).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"

namespace comity::http {

enum class Method : uint8_t { get, head, post, put, delete_, options, other };

// Methods are case-sensitive (RFC 9110, 9.1).
Method method_of(std::string_view word);
std::string_view name_of(Method method);

class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<std::pair<std::string, std::string>> fields) : fields_(fields) {}

  void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
  // The first field of that name.
  std::optional<std::string_view> find(std::string_view name) const;
  bool has(std::string_view name) const { return find(name).has_value(); }
  size_t count(std::string_view name) const;
  // All fields of that name as the one list they mean (RFC 9110, 5.3); "" when there is none.
  std::string joined(std::string_view name) const;

  size_t size() const { return fields_.size(); }
  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }
  bool operator==(Headers const&) const = default;

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

// Equal but for the case of ASCII letters.
bool same_word(std::string_view a, std::string_view b);

using Query = std::vector<std::pair<std::string, std::string>>;

class Loop;  // loop.h

// What a client showed of itself in the TLS handshake, having proven that it has the key.
struct PeerCertificate {
  std::string common_name;  // of the subject; may be empty
  Digest key;               // SHA-256 of the public key (DER, SubjectPublicKeyInfo)
};

struct Request {
  Method method = Method::other;
  std::string target;  // as sent
  std::string path;    // decoded once (target.h)
  Query query;         // decoded, in order, repetitions kept
  Headers headers;
  Bytes body;
  std::string peer;  // address without port
  std::string id;    // opaque (25-isolation G3)
  std::optional<PeerCertificate> certificate = {};
  std::shared_ptr<Loop> loop = {};  // on which its answer is written; null where there is none
};

// An answer of somebody else's server (client.h). What this server sends is a Reply (reply.h).
struct Response {
  int status = 0;
  Headers headers;
  Bytes body;
};

}  // namespace comity::http
