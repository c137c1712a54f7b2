#include "cli/demo_keys.h"

#include <fmt/format.h>

#include "cli/new_password.h"
#include "crypto/base64.h"
#include "json/json.h"

namespace comity::cli {

constexpr unsigned private_file = 0600, private_folder = 0700;

crypto::SecretKey const& DemoKeys::make(std::string const& name, Seam seam) {
  return keys_.insert_or_assign(name, crypto::SecretKey::generate(seam.entropy)).first->second;
}

std::string DemoKeys::new_password(Seam seam) { return cli::new_password(seam.entropy); }

Result<void> DemoKeys::write(Seam seam, std::string const& folder) const {
  TRY_VOID(seam.files.make_folder(folder, private_folder));
  for (auto const& [name, key] : keys_)
    TRY_VOID(
        seam.files.write(folder + "/" + name + ".key", crypto::to_base64(key.seed()) + "\n", private_file));
  std::string people = "# Made for the demo: a person of each office, for `comity --as OFFICE`.\n";
  std::string clients =
      "# Made for the demo: a machine of each office, for `comity connect` and TAXII clients.\n";
  constexpr auto entry = "\n[\"{}\"]\nuser = \"{}\"\npassword = \"{}\"\n";
  auto const add_person = [&](DemoAccess const& one) {
    people += fmt::format(entry, one.office, one.person, one.person_password);
    people += fmt::format("key = \"{}.key\"\n", one.party);
  };
  for (DemoAccess const& one : officers_) add_person(one);
  json::Array list;
  for (DemoAccess const& one : access_) {
    add_person(one);
    clients += fmt::format(entry, one.office, one.client, one.client_password);
    list.push_back(json::Object{{"office", one.office},
                                {"person", one.person},
                                {"person_password", one.person_password},
                                {"client", one.client},
                                {"client_password", one.client_password},
                                {"party", one.party}});
  }
  TRY_VOID(seam.files.write(folder + "/credentials.toml", people, private_file));
  TRY_VOID(seam.files.write(folder + "/clients.toml", clients, private_file));
  return seam.files.write(folder + "/access.json", json::write(list), private_file);
}

Result<std::vector<DemoAccess>> DemoKeys::read_access(Seam seam, std::string const& folder) {
  auto const text = TRY(seam.files.read(folder + "/access.json"));
  auto const list = TRY(json::parse(text, text.size() + 1));
  std::vector<DemoAccess> access;
  for (json::Value const& one : list.as_array()) {
    auto const get = [&](char const* name) { return std::string(one.at(name).as_string()); };
    access.push_back({get("office"), get("person"), get("person_password"), get("client"),
                      get("client_password"), get("party")});
  }
  return access;
}

}  // namespace comity::cli
