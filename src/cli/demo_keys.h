// The keys of a demo centre, which its host holds for the visitors (25-isolation B16): made while the scenario is loaded,
// written under DATA/demo-keys, read again by `./run` and its further steps. Never used outside a demo.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/seam.h"
#include "crypto/ed25519.h"

namespace comity::cli {

struct DemoAccess {
  std::string office;
  std::string person, person_password;
  std::string client, client_password;
  std::string party;
};

class DemoKeys {
 public:
  crypto::SecretKey const& make(std::string const& name, Seam seam);
  crypto::SecretKey const& of(std::string const& name) const { return keys_.at(name); }
  std::string new_password(Seam seam);
  void remember(DemoAccess access) { access_.push_back(std::move(access)); }
  std::vector<DemoAccess> const& access() const { return access_; }
  // An officer of the host, who has no client and whose key is NAME.key: for the command line alone.
  void remember_officer(DemoAccess access) { officers_.push_back(std::move(access)); }

  // NAME.key for every key, credentials.toml (people) and clients.toml for the command line, access.json for ourselves; all mode 0600.
  Result<void> write(Seam seam, std::string const& folder) const;
  static Result<std::vector<DemoAccess>> read_access(Seam seam, std::string const& folder);

 private:
  std::map<std::string, crypto::SecretKey> keys_;
  std::vector<DemoAccess> access_, officers_;
};

}  // namespace comity::cli
