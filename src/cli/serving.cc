#include "cli/serving.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <iterator>
#include <optional>

#include "cli/given_file.h"
#include "cli/toml.h"
#include "stix/codes.h"

namespace comity::cli {
namespace {

using Kind = Setting::Kind;

// A hundred times the file with all its comments.
constexpr size_t config_bytes = 1u << 20;

std::vector<Setting> of_f3548() {
  return {
      {"preset", Kind::choice, "agreements|dss",
       "what kind of centre it is, for ever; dss: a DSS of ASTM F3548-21",
       "With dss the data directory is made where there is none, with keys for its host in DIR/host-keys.\n"
       "Such a centre has no agreements: whoever a token of its issuers is about sees the references of\n"
       "everybody. It is no F3411 (remote ID) service and does not pool with other DSS instances.",
       "agreements"},
      {"issuer-key", Kind::paths, "FILE", "preset dss: public keys that tokens are signed with",
       "PEM, or a JSON Web Key Set. Read again when a file changes."},
      {"audience", Kind::names, "HOST", "preset dss: what tokens may call this server in `aud`",
       "Usually its host name, without a port."},
      {"http-base-urls", Kind::choice, "no|yes",
       "whether clients of F3548 may name an uss_base_url with http://",
       "For tests: what goes over plain HTTP can be read and changed on its way.", "no"},
      {"strict-scopes", Kind::choice, "no|yes",
       "whether a subscription of F3548 is told only of what its token has the scope for",
       "The standard wants it and deployed systems do not: with yes, notify_for_operational_intents needs\n"
       "utm.strategic_coordination and notify_for_constraints utm.constraint_processing, else 403.",
       "no"},
  };
}

std::vector<Setting> table() {
  ServeOptions const usual;
  std::vector<Setting> all{
      {"data", Kind::path, "DIR", "the centre's data directory",
       "Made by `comity init`. Its owner runs the centre, and nobody else may look into it (mode 0700)."},
      {"address", Kind::address, "ADDRESS", "where to listen",
       "An address of this machine, of version 4 or 6; 0.0.0.0 or :: for all of them. Anything but loopback\n"
       "should have TLS, here or in a proxy.",
       usual.address},
      {"port", Kind::number, "PORT", "where to listen", "0: any free one, which is printed.", "8642", 0,
       65'535},
      {"metrics-port", Kind::number, "PORT", "figures, on loopback only; 0: any free one",
       "The port of GET /metrics and of a second GET /healthz. It is never open to other machines.", "0", 0,
       65'535},
      {"connections", Kind::number, "N", "how many may be open at once",
       "Of all parties together. Further ones are told 503. Each takes some 20 KiB, and a file of what the\n"
       "process may open (LimitNOFILE of the unit).",
       std::to_string(usual.connections), 16, 100'000},
      {"connections-per-address", Kind::number, "N", "how many of those one address may have",
       "So that one machine cannot take all places. Behind a proxy, which is one address, as many as\n"
       "`connections`.",
       std::to_string(usual.connections_per_address), 1, 100'000},
      {"tls-cert", Kind::path, "FILE", "serve over TLS: certificates in PEM, the server's own first",
       "Needs tls-key. Without them the doors speak plain HTTP. Read again when the file changes."},
      {"tls-key", Kind::path, "FILE", "its private key in PEM; both files are read again when they change",
       "Without a password. One that everybody may read is refused; mode 0600, or 0640 with a group of its "
       "own."},
      {"tls-client-ca", Kind::path, "FILE", "clients' certificates must lead to one of these",
       "PEM. Without it a certificate that a client shows need lead nowhere; it is known by itself."},
      {"call-ca", Kind::path, "FILE",
       "certificates of destinations must lead to one of these; default: the system's",
       "PEM, for what the centre calls (comity destinations)."},
      {"page-relay", Kind::text, "URL", "the mail relay by which people on watch are paged",
       "smtp://HOST:PORT or smtps://HOST:PORT. A page says that a notice waits, and nothing of it."},
      {"page-from", Kind::text, "ADDRESS", "the address that such mail comes from", "Goes with page-relay."},
      {"page-gateway", Kind::text, "URL", "takes {\"to\",\"text\"} by POST and sends it to a phone or pager",
       "https://, or http:// on this machine."},
      {"page-command", Kind::path, "PROGRAM", "is run with an address as its argument to page somebody",
       "The text is on its standard input; exit code 0 says that it was sent. Instead of page-gateway."},
      {"public-url", Kind::text, "URL",
       "where other systems reach this centre; default: https:// and its origin's host",
       "The base URL of what the centre manages itself over F3548, for systems of that standard."},
      {"openid", Kind::paths, "FILE", "people may sign in by the provider that this file describes",
       "OpenID Connect, one file for each provider: docs/operations.md has one. Needs public-url."},
      {"public-visits", Kind::choice, "in-demo|off|on", "whether the public page says how many are on it",
       "Counts visits of that page and nothing else. The most at once are kept in DATA/visits.db.",
       "in-demo"},
      {"public-replies", Kind::choice, "in-demo|off|on",
       "whether visitors may leave replies on the public page",
       "Shown when an officer of the host has read them. Kept in DATA/replies.db, outside the journal.",
       "in-demo"},
      {"log", Kind::path, "FILE", "the access log; - for stderr",
       "A line of JSON for each answer, without names, paths and addresses.", "-"},
      {"ignore", Kind::codes, "CODE", "warn nobody of this; `comity codes` lists what there is",
       "A list: [\"hash_name\", \"country_code\"]. Only warnings about STIX objects can be left out."},
  };
  std::ranges::move(of_f3548(), std::back_inserter(all));
  return all;
}

Setting const* setting_of(std::string_view name) {
  auto const& all = serve_settings();
  auto const found = std::ranges::find(all, name, &Setting::name);
  return found == all.end() ? nullptr : &*found;
}

std::string names() {
  std::string all;
  for (Setting const& setting : serve_settings()) all += (all.empty() ? "" : ", ") + setting.name;
  return all;
}

bool is_address(std::string const& text) {
  in6_addr address{};
  return ::inet_pton(AF_INET, text.c_str(), &address) == 1 ||
         ::inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

bool is_word_of(std::string const& words, std::string const& text) {
  return !text.empty() && ("|" + words + "|").find("|" + text + "|") != std::string::npos;
}

bool is_list(Setting const& setting) {
  return setting.kind == Kind::codes || setting.kind == Kind::paths || setting.kind == Kind::names;
}

// What a value must be; none if it is.
std::optional<std::string> wrong_with(Setting const& setting, std::string const& text) {
  switch (setting.kind) {
    case Kind::path:
    case Kind::text:
    case Kind::paths: return std::nullopt;
    case Kind::names:
      if (text.empty()) return "takes a name";
      return std::nullopt;
    case Kind::choice:
      if (is_word_of(setting.what, text)) return std::nullopt;
      return "takes one of " + setting.what + ", not " + text;
    case Kind::address:
      if (!is_address(text)) return "takes an address like 127.0.0.1 or ::1, not " + text;
      return std::nullopt;
    case Kind::codes:
      if (!stix::code_row(text)) return "takes codes, and " + text + " is none; see `comity codes`";
      return std::nullopt;
    case Kind::number: break;
  }
  int64_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool const fits = error == std::errc() && end == text.data() + text.size() && number >= setting.least &&
                    number <= setting.most;
  if (fits) return std::nullopt;
  return fmt::format("takes a number from {} to {}, not {}", setting.least, setting.most, text);
}

ServeOptions::When when_of(std::string_view word) {
  using When = ServeOptions::When;
  return word == "on" ? When::always : word == "off" ? When::never : When::in_demo;
}

std::unexpected<Error> wrong(std::string const& where, std::string const& what) {
  return fail(ErrorCode::bad_input, where + " " + what);
}

Toml::Kind kind_in_file(Setting const& setting) {
  if (setting.kind == Kind::number) return Toml::Kind::number;
  return is_list(setting) ? Toml::Kind::list : Toml::Kind::text;
}

// A path of a file is meant from the file's own folder.
std::string from_folder_of(std::string const& path, std::string const& named) {
  auto const slash = path.rfind('/');
  bool const as_it_is = named.empty() || named.front() == '/' || named == "-" || slash == path.npos;
  return as_it_is ? named : path.substr(0, slash + 1) + named;
}

Result<std::vector<std::string>> values_of(Setting const& setting, Toml const& value,
                                           std::string const& where) {
  if (Toml::Kind const wanted = kind_in_file(setting); value.kind != wanted)
    return wrong(where, fmt::format("takes {}, not {}", name_of(wanted), name_of(value.kind)));
  if (value.kind == Toml::Kind::number) return std::vector{std::to_string(value.number)};
  if (value.kind == Toml::Kind::text && value.text.empty()) return std::vector<std::string>{};
  if (value.kind == Toml::Kind::text) return std::vector{value.text};
  std::vector<std::string> all;
  for (Toml const& one : value.list) {
    if (one.kind != Toml::Kind::text) return wrong(where, "takes a list of strings");
    all.push_back(one.text);
  }
  return all;
}

std::vector<std::string> value_of(Said const& first, Said const& then, Setting const& setting) {
  for (Said const* said : {&first, &then})
    if (auto const found = said->find(setting.name); found != said->end()) return found->second;
  return setting.fallback.empty() ? std::vector<std::string>{} : std::vector{setting.fallback};
}

std::string commented(std::string const& lines) {
  std::string out = "# ";
  for (char const c : lines) out += c == '\n' ? std::string("\n# ") : std::string(1, c);
  return out + "\n";
}

std::string example_of(Setting const& setting) {
  if (setting.name == "data") return "data = \"/var/lib/comity\"\n";
  if (setting.kind == Kind::number) return "#" + setting.name + " = " + setting.fallback + "\n";
  if (is_list(setting)) return "#" + setting.name + " = []\n";
  return "#" + setting.name + " = \"" + setting.fallback + "\"\n";
}

}  // namespace

std::vector<Setting> const& serve_settings() {
  static std::vector<Setting> const all = table();
  return all;
}

std::vector<Argument> serve_arguments() {
  std::vector<Argument> all;
  for (Setting const& setting : serve_settings()) {
    std::string const usual = setting.fallback.empty() ? "" : "; default: " + setting.fallback;
    all.push_back({"--" + setting.name, is_list(setting) ? Takes::values : Takes::value, setting.what,
                   setting.help + usual});
  }
  return all;
}

Result<Said> said_by(Call const& call) {
  Said said;
  for (Setting const& setting : serve_settings()) {
    std::string const option = "--" + setting.name;
    if (!call.has(option)) continue;
    for (std::string const& value : call.list(option))
      if (auto const what = wrong_with(setting, value)) return wrong(option, *what);
    said[setting.name] = call.list(option);
  }
  return said;
}

Result<Said> said_in(std::string_view text, std::string const& path) {
  if (text.size() > config_bytes)
    return wrong(path, fmt::format("is longer than {} octets: no configuration", config_bytes));
  Toml const file = TRY(read_toml(text, path));
  Said said;
  for (auto const& [name, value] : file.members) {
    std::string const line = fmt::format("{}, line {}:", path, value.line);
    Setting const* const setting = setting_of(name);
    if (!setting) return wrong(line, fmt::format("there is no setting {}; there are {}", name, names()));
    std::string const where = line + " " + name;
    auto values = TRY(values_of(*setting, value, where));
    for (std::string& one : values) {
      if (auto const what = wrong_with(*setting, one)) return wrong(where, *what);
      if (setting->kind == Kind::path || setting->kind == Kind::paths) one = from_folder_of(path, one);
    }
    if (!values.empty()) said[name] = std::move(values);
  }
  return said;
}

Result<Said> read_config(std::string const& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) == 0 && (status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    return wrong(path, "may be written by others than its owner; run: chmod go-w " + path);
  return said_in(TRY(given_file(path)), path);
}

Result<ServeOptions> serve_options(Said const& first, Said const& then, Format format) {
  auto const all = [&](std::string_view name) { return value_of(first, then, *setting_of(name)); };
  auto const text = [&](std::string_view name) {
    auto const values = all(name);
    return values.empty() ? std::string() : values.front();
  };
  auto const number = [&](std::string_view name) { return std::stoll(text(name)); };
  if (text("data").empty())
    return fail(ErrorCode::bad_input, "no data directory: say --data DIR, or data = \"DIR\" in the file");
  if (text("tls-cert").empty() != text("tls-key").empty())
    return fail(ErrorCode::bad_input, "tls-cert and tls-key go together");
  if (!text("tls-client-ca").empty() && text("tls-cert").empty())
    return fail(ErrorCode::bad_input, "tls-client-ca needs tls-cert and tls-key");
  DssOptions const dss{text("preset") == "dss", all("issuer-key"), all("audience"),
                       text("http-base-urls") == "yes", text("strict-scopes") == "yes"};
  if (dss.wanted && (dss.issuer_keys.empty() || dss.audiences.empty()))
    return fail(ErrorCode::bad_input, "preset dss needs issuer-key and audience: whose tokens to believe");
  calling::PageWays const pages{text("page-relay"), text("page-from"), text("page-gateway"),
                                text("page-command")};
  TRY_VOID(calling::check(pages));
  if (!all("openid").empty() && text("public-url").empty())
    return fail(ErrorCode::bad_input, "openid needs public-url: providers send browsers back there");
  auto const ignored = all("ignore");
  return ServeOptions{.data = text("data"),
                      .address = text("address"),
                      .port = static_cast<uint16_t>(number("port")),
                      .metrics_port = static_cast<uint16_t>(number("metrics-port")),
                      .connections = static_cast<size_t>(number("connections")),
                      .connections_per_address = static_cast<size_t>(number("connections-per-address")),
                      .log = text("log"),
                      .tls = {text("tls-cert"), text("tls-key"), text("tls-client-ca")},
                      .call_authorities = text("call-ca"),
                      .pages = pages,
                      .public_url = text("public-url"),
                      .openid = all("openid"),
                      .judging = {stix::Strictness::strict, {ignored.begin(), ignored.end()}},
                      .public_visits = when_of(text("public-visits")),
                      .public_replies = when_of(text("public-replies")),
                      .dss = dss,
                      .format = format};
}

std::string default_config() {
  std::string out =
      "# The configuration of a Comity centre, read by `comity serve --config FILE`; see also "
      "docs/operations.md.\n"
      "# Each setting is also an option: `port = 8642` is --port 8642, and the command line comes first.\n"
      "# What is commented out shows the default. `comity config check FILE` looks for mistakes.\n"
      "# Paths are meant from this file's folder. No secret belongs in here.\n";
  for (Setting const& setting : serve_settings()) {
    std::string help = setting.help;
    help.front() = static_cast<char>(std::toupper(help.front()));
    out += "\n" + commented(help + ".\n" + setting.more);
    if (setting.kind == Kind::number)
      out += fmt::format("# A number from {} to {}.\n", setting.least, setting.most);
    out += example_of(setting);
  }
  return out;
}

}  // namespace comity::cli
