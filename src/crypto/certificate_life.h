// When a certificate ends: of the first one in a file in PEM, which is the server's own. bad_input if there is none. Pure.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"

namespace comity::crypto {

Result<UtcTime> certificate_ends(BytesView pem);

}  // namespace comity::crypto
