// Every no of this door (R23; 25-isolation G4): the body is fixed by its kind. Only what the asker itself sent is ever
// quoted, as `details`, where the form of a query or body is wrong. Inside this room only.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>

#include "base/result.h"
#include "doors/auth/authenticator.h"
#include "doors/http/reply.h"

namespace comity::taxii {

inline constexpr char media_type[] = "application/taxii+json;version=2.1";

enum class No : uint8_t {
  bad_query,        // 400: malformed parameters or fields
  unauthenticated,  // 401
  not_permitted,    // 403
  not_there,        // 404: absent or hidden (R22)
  method,           // 405
  not_acceptable,   // 406
  media,            // 415
  bad_body,         // 422
  over_quota,       // 429
  failed,           // 500
  busy,             // 503
};

struct Refusal {
  No no = No::not_there;
  Error about = {};        // bad_query, bad_body
  std::string allow = {};  // method
};

template <class T>
using Or = std::expected<T, Refusal>;

inline std::unexpected<Refusal> refuse(No no, Error about = {}) {
  return std::unexpected(Refusal{no, std::move(about), {}});
}

// What the server refuses before any door has a request, in this door's form.
http::Reply refuse_framing(int status);
http::Reply answer_to(Refusal const& refusal);
http::Reply answer_to(auth::Denial const& denial);

}  // namespace comity::taxii
