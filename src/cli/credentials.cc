#include "cli/credentials.h"

#include <sys/stat.h>

#include <cstdlib>

#include "cli/toml.h"
#include "crypto/base64.h"

namespace comity::cli {
namespace {

std::string from_environment(char const* name) {
  char const* const value = std::getenv(name);
  return value ? value : "";
}

std::string without_slash(std::string_view url) {
  while (url.ends_with('/')) url.remove_suffix(1);
  return std::string(url);
}

bool is_url(std::string_view name) { return name.starts_with("http://") || name.starts_with("https://"); }

bool fits(std::string_view office, std::string_view wanted) {
  if (wanted.empty() || office == wanted) return true;
  return wanted.find('/') == wanted.npos && office.starts_with(std::string(wanted) + "/");
}

struct Entry {
  std::string office;
  Toml const* table;
};

bool is_table(Toml const& value) { return value.kind == Toml::Kind::table; }

std::vector<Entry> entries_of(Toml const& table, std::string_view wanted) {
  std::vector<Entry> found;
  for (auto const& [office, value] : table.members)
    if (!is_url(office) && is_table(value) && fits(office, wanted)) found.push_back({office, &value});
  return found;
}

Error bad_entry(std::string const& path, std::string const& office, std::string_view what) {
  return {ErrorCode::bad_input, path + ", [\"" + office + "\"]: " + std::string(what)};
}

std::string beside(std::string const& path, std::string const& file) {
  auto const slash = path.rfind('/');
  bool const relative = !file.empty() && file.front() != '/' && slash != path.npos;
  return relative ? path.substr(0, slash + 1) + file : file;
}

Result<Credential> read_entry(Entry const& entry, std::string const& path, std::string_view url) {
  Credential credential{.office = entry.office, .source = path};
  std::string plain_http;
  for (auto const& [name, value] : entry.table->members) {
    if (value.kind != Toml::Kind::text)
      return std::unexpected(bad_entry(path, entry.office, name + " must be a string"));
    if (name == "user") {
      credential.user = value.text;
    } else if (name == "password") {
      credential.password = value.text;
    } else if (name == "key") {
      credential.key_file = beside(path, value.text);
    } else if (name == "plain_http") {
      plain_http = value.text;
    } else {
      return std::unexpected(
          bad_entry(path, entry.office, "knows user, password, key, plain_http; not " + name));
    }
  }
  if (credential.user.empty() || credential.password.empty())
    return std::unexpected(bad_entry(path, entry.office, "needs user and password"));
  if (credential.user.find(':') != std::string::npos)
    return std::unexpected(bad_entry(path, entry.office, "a user has no colon"));
  if (!is_private_way(url) && plain_http != "allow")
    return std::unexpected(bad_entry(path, entry.office,
                                     "the password would travel in the clear to " + std::string(url) +
                                         "; use https, or say plain_http = \"allow\" in this entry"));
  return credential;
}

Result<Credential> one_of(std::vector<Entry> const& entries, std::string const& path, std::string_view url) {
  if (entries.size() == 1) return read_entry(entries.front(), path, url);
  std::string names;
  for (auto const& entry : entries) names += " " + entry.office;
  return fail(ErrorCode::bad_input, path + " has several offices that fit; choose one with --as:" + names);
}

}  // namespace

bool is_private_way(std::string_view url) {
  if (url.starts_with("https://")) return true;
  if (!url.starts_with("http://")) return false;
  std::string_view host = url.substr(7);
  host = host.substr(0, host.find_first_of("/?#"));
  if (host.find('@') != host.npos) return false;
  if (host.starts_with("[::1]")) return host.size() == 5 || host[5] == ':';
  host = host.substr(0, host.find(':'));
  if (host == "localhost" || host.ends_with(".localhost")) return true;
  bool const numeric = host.find_first_not_of("0123456789.") == host.npos;
  return numeric && host.starts_with("127.");
}

std::string authorization_of(Credential const& credential) {
  if (!credential.token.empty()) return "Bearer " + credential.token;
  return "Basic " + crypto::to_base64(credential.user + ":" + credential.password);
}

Result<Credential> choose(std::string_view toml_text, std::string const& path, Wanted const& wanted) {
  Toml const table = TRY(read_toml(toml_text, path));
  for (auto const& [name, value] : table.members) {
    bool const this_centre = is_url(name) && without_slash(name) == without_slash(wanted.url);
    if (!this_centre || !is_table(value)) continue;
    auto const entries = entries_of(value, wanted.office);
    if (!entries.empty()) return one_of(entries, path, wanted.url);
  }
  auto const entries = entries_of(table, wanted.office);
  if (!entries.empty()) return one_of(entries, path, wanted.url);
  return fail(ErrorCode::not_found, path + " has no entry for " +
                                        (wanted.office.empty() ? "any office" : wanted.office) +
                                        " at this centre; add [\"PARTY/OFFICE\"] with user and password");
}

Result<Bytes> read_private_file(std::string const& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return fail(ErrorCode::not_found, "no file " + path);
  if ((status.st_mode & 077) != 0)
    return fail(ErrorCode::bad_input, path + " may be read by others than its owner; run: chmod 600 " + path);
  return system_seam().files.read(path);
}

std::string credentials_path() {
  std::string const named = from_environment("COMITY_CREDENTIALS");
  if (!named.empty()) return named;
  std::string const settings = from_environment("XDG_CONFIG_HOME");
  std::string const folder = settings.empty() ? from_environment("HOME") + "/.config" : settings;
  return folder + "/comity/credentials.toml";
}

Result<Credential> find_credential(Wanted const& wanted) {
  if (std::string token = from_environment("COMITY_TOKEN"); !token.empty()) {
    if (!is_private_way(wanted.url))
      return fail(ErrorCode::bad_input,
                  "the token would travel in the clear to " + wanted.url + "; use https");
    bool const is_office = wanted.office.find('/') != std::string::npos;
    return Credential{
        .office = is_office ? wanted.office : "", .token = std::move(token), .source = "COMITY_TOKEN"};
  }
  std::string const path = credentials_path();
  auto const text = read_private_file(path);
  if (!text && text.error().code == ErrorCode::not_found)
    return fail(ErrorCode::not_found, "no credentials: set COMITY_TOKEN, or write " + path +
                                          " (mode 0600) with [\"PARTY/OFFICE\"], user and password");
  if (!text) return std::unexpected(text.error());
  return choose(*text, path, wanted);
}

}  // namespace comity::cli
