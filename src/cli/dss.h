// What `comity serve --preset dss` does beyond serving: makes the centre where there is none, and reads the issuers' keys, again when
// a file changes (f3548-rules T6).
//
// A centre of this preset needs no party to sign anything, but it has a host like any other: its keys, and those of two officers, are
// made in DATA/host-keys (mode 0700), beside their first passwords. Whoever wants officers of her own makes the centre by `comity init
// --preset dss`.
//
// Errors: bad_input for keys that are none. One thread at a time.
#pragma once

#include <ctime>
#include <map>
#include <string>

#include "base/result.h"
#include "cli/local.h"
#include "doors/f3548/door.h"

namespace comity::cli {

// Nothing where the directory holds something already.
Result<void> make_dss(ServeOptions const& options);

class IssuerKeyFiles {
 public:
  explicit IssuerKeyFiles(DssOptions const& options) : options_(options) {}

  Result<f3548::DoorOptions> door_options();
  // Of a centre of agreements, whose parties register their issuers themselves.
  f3548::DoorOptions door_options_under_agreements(std::string base_url) const;
  // Looks whether a file is another one than it was; what cannot be read leaves the keys as they are, and says so.
  void renew(f3548::Door& door);

 private:
  Result<forms::TokenTrust> read();
  std::map<std::string, timespec> times() const;

  DssOptions const options_;
  std::map<std::string, timespec> read_at_;
};

}  // namespace comity::cli
