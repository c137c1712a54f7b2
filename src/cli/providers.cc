#include "cli/providers.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/limits.h"
#include "cli/given_file.h"
#include "cli/toml.h"
#include "model/names.h"

namespace comity::cli {
namespace {

constexpr size_t file_bytes = 64u << 10;  // a hundred times such a file

std::unexpected<Error> wrong(std::string const& where, std::string_view what) {
  return fail(ErrorCode::bad_input, where + " " + std::string(what));
}

bool is_line(std::string_view text, size_t most) {
  return !text.empty() && text.size() <= most &&
         std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

// Visible ASCII, with a host, without a fragment (RFC 6749, 3.1) and without a user.
bool is_url(std::string_view text) {
  constexpr std::string_view scheme = "https://";
  if (!text.starts_with(scheme) || text.size() > limits::destination_url_bytes) return false;
  std::string_view const rest = text.substr(scheme.size());
  std::string_view const host = rest.substr(0, rest.find_first_of("/?"));
  return !host.empty() && !host.contains('@') && !rest.contains('#') &&
         std::ranges::all_of(rest, [](char c) { return c > 0x20 && c < 0x7f && c != '"' && c != '\\'; });
}

enum class By : uint8_t { owner_alone, no_other_writer };

Result<void> look_at(std::string const& path, By by) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return {};  // said when it is read
  if (by == By::no_other_writer && (status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    return wrong(path, "may be written by others than its owner; run: chmod go-w " + path);
  if (by == By::owner_alone && (status.st_mode & S_IRWXO) != 0)
    return wrong(path, "may be read by everybody; run: chmod o= " + path);
  return {};
}

// The first line; a line end at its end is not meant.
Result<std::string> secret_in(std::string const& path) {
  TRY_VOID(look_at(path, By::owner_alone));
  std::string text = TRY(given_file(path));
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  if (!is_line(text, limits::openid_secret_bytes)) return wrong(path, "is not a secret of one line");
  return text;
}

std::string beside(std::string const& path, std::string const& named) {
  auto const slash = path.rfind('/');
  return named.starts_with('/') || slash == path.npos ? named : path.substr(0, slash + 1) + named;
}

Result<std::vector<calling::Address>> addresses_in(Toml const& value, std::string const& where) {
  std::vector<calling::Address> all;
  if (value.kind != Toml::Kind::list) return wrong(where, "takes a list of addresses, like [\"10.1.2.3\"]");
  for (Toml const& one : value.list) {
    auto const address = calling::parse_address(one.text);
    if (!address) return wrong(where, "takes addresses like 10.1.2.3 or fd00::1, not " + one.text);
    all.push_back(*address);
  }
  if (all.size() > limits::destination_addresses)
    return wrong(where, fmt::format("takes {} addresses at most", limits::destination_addresses));
  return all;
}

struct Entry {
  std::string_view name;
  std::string console::Provider::* into;
  bool (*fits)(std::string_view);
  std::string_view takes;
};

constexpr Entry entries[] = {
    {"issuer", &console::Provider::issuer,
     [](std::string_view text) { return model::split_office(text).has_value(); },
     "takes a party and its name for the issuer, like ru/login"},
    {"label", &console::Provider::label,
     [](std::string_view text) { return is_line(text, limits::openid_label_bytes); },
     "takes one line of at most 80 bytes"},
    {"client-id", &console::Provider::client_id,
     [](std::string_view text) { return is_line(text, limits::openid_client_bytes); },
     "takes what the provider calls this centre"},
    {"authorization-endpoint", &console::Provider::authorization_endpoint, is_url,
     "takes a URL with https://"},
    {"token-endpoint", &console::Provider::token_endpoint, is_url, "takes a URL with https://"},
};
constexpr std::string_view secret_file = "client-secret-file", allow = "allow";

std::string names() {
  std::string all;
  for (Entry const& one : entries) all += std::string(one.name) + ", ";
  return all + std::string(secret_file) + ", " + std::string(allow);
}

Result<void> take(TomlMember const& member, std::string const& path, console::Provider& made) {
  std::string const where = fmt::format("{}, line {}: {}", path, member.value.line, member.name);
  if (member.name == allow) {
    made.allowed = TRY(addresses_in(member.value, where));
    return {};
  }
  auto const entry = std::ranges::find(entries, member.name, &Entry::name);
  bool const is_secret = member.name == secret_file;
  if (!is_secret && entry == std::end(entries))
    return wrong(fmt::format("{}, line {}:", path, member.value.line),
                 "there is no " + member.name + "; there are " + names());
  if (member.value.kind != Toml::Kind::text) return wrong(where, "takes a string");
  if (is_secret) {
    made.client_secret = TRY(secret_in(beside(path, member.value.text)));
    return {};
  }
  if (!entry->fits(member.value.text)) return wrong(where, entry->takes);
  made.*(entry->into) = member.value.text;
  return {};
}

}  // namespace

Result<console::Provider> provider_in(std::string_view text, std::string const& path) {
  if (text.size() > file_bytes) return wrong(path, "is too long to describe a provider");
  Toml const file = TRY(read_toml(text, path));
  console::Provider made;
  for (TomlMember const& member : file.members) TRY_VOID(take(member, path, made));
  for (Entry const& one : entries)
    if ((made.*(one.into)).empty()) return wrong(path, "says no " + std::string(one.name));
  return made;
}

Result<std::vector<console::Provider>> read_providers(std::vector<std::string> const& files) {
  if (files.size() > limits::openid_providers)
    return fail(ErrorCode::bad_input, fmt::format("openid takes {} files at most", limits::openid_providers));
  std::vector<console::Provider> all;
  for (std::string const& path : files) {
    TRY_VOID(look_at(path, By::no_other_writer));
    Bytes const text = TRY(given_file(path));
    all.push_back(TRY(provider_in(text, path)));
  }
  return all;
}

}  // namespace comity::cli
