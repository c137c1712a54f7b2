#include "cli/dss.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdio>
#include <filesystem>

#include "cli/exit_code.h"
#include "cli/given_file.h"
#include "cli/key_file.h"
#include "cli/private_directory.h"
#include "cli/token_keys.h"
#include "crypto/base64.h"
#include "crypto/token_key.h"

namespace comity::cli {
namespace {

namespace fs = std::filesystem;

constexpr char const* officers[] = {"first", "second"};

model::TokenAlgorithm algorithm_of(std::string_view name) {
  if (name == "RS256") return model::TokenAlgorithm::rs256;
  return name == "ES256" ? model::TokenAlgorithm::es256 : model::TokenAlgorithm::eddsa;
}

Result<model::TokenKey> token_key(json::Object const& row) {
  auto const text = [&](char const* name) {
    auto const* value = row.if_contains(name);
    return value ? std::string(std::string_view(value->as_string())) : std::string();
  };
  model::TokenKey key;
  key.name = text("name");
  key.algorithm = algorithm_of(text("algorithm"));
  key.octets = TRY(crypto::from_base64(text("key")));
  key.octets = TRY(crypto::read_token_key(static_cast<crypto::TokenAlgorithm>(key.algorithm), key.octets));
  return key;
}

Result<std::string> public_file(std::string const& path, Seam seam) {
  auto const key = TRY(make_key(path + ".key", seam));
  TRY_VOID(seam.files.write(path + ".pub", public_text(key.public_key()) + "\n", 0600));
  return path + ".pub";
}

}  // namespace

Result<void> make_dss(ServeOptions const& options) {
  std::error_code error;
  if (fs::exists(options.data, error) && !fs::is_empty(options.data, error)) return {};
  Seam const seam = system_seam();
  TRY_VOID(seam.files.make_folder(options.data, 0700));
  std::string const folder = options.data + "/host-keys";
  TRY_VOID(seam.files.make_folder(folder, 0700));
  InitOptions made;
  made.data = options.data;
  made.name = "DSS " + options.dss.audiences.front();
  made.origin = options.dss.audiences.front() + "/dss";
  made.preset = InitOptions::Preset::dss;
  made.host_key_file = TRY(public_file(folder + "/host", seam));
  for (char const* name : officers)
    made.officers.push_back({name, TRY(public_file(folder + "/" + name, seam))});
  made.telling = InitOptions::Telling::nothing;
  if (init(made) != code(Exit::done))
    return fail(ErrorCode::io, options.data + ": the centre could not be made");
  fmt::print(stderr, "comity: made a centre of preset dss in {}; its host's keys are in {}\n", options.data,
             folder);
  return {};
}

Result<f3548::DoorOptions> IssuerKeyFiles::door_options() {
  f3548::DoorOptions door;
  door.trust = TRY(read());
  door.urls = options_.http_base_urls ? forms::BaseUrls::http_too : forms::BaseUrls::https_only;
  door.flags = options_.strict_scopes ? f3548::FlagScopes::asked : f3548::FlagScopes::not_asked;
  door.version = COMITY_VERSION;
  return door;
}

f3548::DoorOptions IssuerKeyFiles::door_options_under_agreements(std::string base_url) const {
  f3548::DoorOptions door;
  door.urls = options_.http_base_urls ? forms::BaseUrls::http_too : forms::BaseUrls::https_only;
  door.flags = options_.strict_scopes ? f3548::FlagScopes::asked : f3548::FlagScopes::not_asked;
  door.version = COMITY_VERSION;
  door.base_url = std::move(base_url);
  return door;
}

Result<forms::TokenTrust> IssuerKeyFiles::read() {
  read_at_ = times();
  forms::TokenTrust trust;
  trust.audiences = options_.audiences;
  for (std::string const& file : options_.issuer_keys) {
    Bytes const text = TRY(given_file(file));
    auto const found = TRY(token_keys(text));
    for (std::string const& line : found.left_out) fmt::print(stderr, "comity: {}: {}\n", file, line);
    for (json::Value const& row : found.keys) trust.keys.push_back(TRY(token_key(row.as_object())));
  }
  if (trust.keys.empty()) return fail(ErrorCode::bad_input, "no key in the files of issuer-key");
  return trust;
}

std::map<std::string, timespec> IssuerKeyFiles::times() const {
  std::map<std::string, timespec> all;
  for (std::string const& file : options_.issuer_keys) {
    struct stat status{};
    if (::stat(file.c_str(), &status) == 0) all[file] = status.st_mtim;
  }
  return all;
}

void IssuerKeyFiles::renew(f3548::Door& door) {
  auto const now = times();
  auto const same = [](auto const& a, auto const& b) {
    return a.first == b.first && a.second.tv_sec == b.second.tv_sec && a.second.tv_nsec == b.second.tv_nsec;
  };
  if (now.size() == read_at_.size() && std::equal(now.begin(), now.end(), read_at_.begin(), same)) return;
  auto trust = read();
  if (!trust) return fmt::print(stderr, "comity: the old issuers' keys stay: {}\n", trust.error().detail);
  door.trust(std::move(*trust));
  fmt::print(stderr, "comity: read the issuers' keys anew\n");
}

}  // namespace comity::cli
