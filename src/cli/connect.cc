#include "cli/connect.h"

#include <fmt/format.h>

#include "cli/members.h"
#include "cli/plain.h"
#include "cli/show.h"
#include "cli/table.h"
#include "crypto/base64.h"

namespace comity::cli {
namespace {

constexpr char const* taxii_type = "application/taxii+json;version=2.1";

struct Collection {
  std::string id, title;
  std::string may;  // read, write
};

struct Root {
  std::string url, title;
  std::vector<Collection> collections;
};

struct Settled {
  std::string discovery;
  std::vector<Root> roots;
};

std::string path_in(std::string_view url) {
  auto const scheme = url.find("://");
  auto const slash = scheme == url.npos ? 0 : url.find('/', scheme + 3);
  return slash == url.npos ? "/" : std::string(url.substr(slash));
}

Result<Root> read_root(Remote& remote, std::string const& url) {
  std::string const path = path_in(url);
  auto const about = TRY(value_of(remote.get(path, taxii_type)));
  auto const list = TRY(value_of(remote.get(path + "collections/", taxii_type)));
  Root root{.url = remote.settings().url + path, .title = text_at(about, "title"), .collections = {}};
  for (auto const& one : rows_at(list, "collections")) {
    std::string may = is_said(one, "can_read") ? "read" : "";
    if (is_said(one, "can_write")) may += may.empty() ? "write" : ", write";
    root.collections.push_back({text_at(one, "id"), text_at(one, "title"), may});
  }
  return root;
}

Result<Settled> read_settings(Remote& remote) {
  Settled settled{.discovery = remote.settings().url + "/taxii2/", .roots = {}};
  auto const discovery = TRY(value_of(remote.get("/taxii2/", taxii_type)));
  for (auto const& url : rows_at(discovery, "api_roots"))
    if (url.is_string()) settled.roots.push_back(TRY(read_root(remote, std::string(url.as_string()))));
  return settled;
}

Pairs access_of(Credential const& credential, Passwords passwords) {
  Pairs pairs;
  if (!credential.token.empty()) {
    pairs.lines.push_back({"authentication", "Bearer token"});
    pairs.lines.push_back({"token", passwords == Passwords::shown ? credential.token : "in COMITY_TOKEN"});
    return pairs;
  }
  pairs.lines.push_back({"authentication", "Basic"});
  pairs.lines.push_back({"user", credential.user});
  pairs.lines.push_back({"password", passwords == Passwords::shown
                                         ? credential.password
                                         : "in " + credential.source + " (--show-password prints it)"});
  return pairs;
}

std::string taxii_text(Settled const& settled, Credential const& credential, Passwords passwords) {
  Pairs head{{{"discovery URL", settled.discovery}, {"version", "TAXII 2.1"}}};
  for (auto& line : access_of(credential, passwords).lines) head.lines.push_back(line);
  std::string out = drawn(head);
  for (auto const& root : settled.roots) {
    out += "\nAPI root " + plain(root.url) + (root.title.empty() ? "" : "  " + plain(root.title)) + "\n";
    Table table{{"collection", "title", "may"}, {}};
    for (auto const& one : root.collections) table.rows.push_back({one.id, one.title, one.may});
    if (!table.rows.empty()) out += drawn(table, output_columns());
  }
  return out;
}

// For a shell: whatever a centre says stands between single quotes.
std::string quoted(std::string const& text) {
  std::string out = "'";
  for (char const c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string curl_line(Credential const& credential, Passwords passwords, std::string const& url) {
  std::string access;
  if (!credential.token.empty()) {
    access = passwords == Passwords::shown ? "-H " + quoted("Authorization: Bearer " + credential.token)
                                           : "-H \"Authorization: Bearer $COMITY_TOKEN\"";
  } else {
    access = "-u " + quoted(passwords == Passwords::shown ? credential.user + ":" + credential.password
                                                          : credential.user);
  }
  return fmt::format("curl {} -H 'Accept: {}' {}\n", access, taxii_type, plain(quoted(url)));
}

std::string curl_text(Settled const& settled, Credential const& credential, Passwords passwords) {
  std::string out;
  if (passwords == Passwords::hidden && credential.token.empty())
    out = "# curl asks for the password; it is in " + plain(credential.source) + "\n";
  out += curl_line(credential, passwords, settled.discovery);
  for (auto const& root : settled.roots)
    for (auto const& one : root.collections)
      if (one.may.starts_with("read"))
        out += curl_line(credential, passwords, fmt::format("{}collections/{}/objects/", root.url, one.id));
  return out;
}

// ---- the words of clients that people have ----------------------------------------------------------------------------

std::string secret_of(Credential const& credential, Passwords passwords) {
  return passwords == Passwords::shown ? credential.password : "********";
}

std::string name_of_root(Root const& root) {
  auto const path = path_in(root.url);
  return path.substr(1, path.size() - 2);  // taxii2/ru.joint
}

template <class See>
void each_that(std::string_view may, Settled const& settled, See see) {
  for (auto const& root : settled.roots)
    for (auto const& one : root.collections)
      if (one.may.contains(may)) see(root, one);
}

// A string of Python: what a centre says is data there too.
std::string python(std::string const& text) { return plain(json::write(json::Value(text))); }

std::string taxii2_client_text(Settled const& settled, Credential const& credential, Passwords passwords) {
  std::string out = "# pip install taxii2-client\nfrom taxii2client.v21 import Server, Collection\n\n";
  std::string const access = credential.token.empty()
                                 ? fmt::format("user={}, password={}", python(credential.user),
                                               python(secret_of(credential, passwords)))
                                 : std::string("auth=TokenAuth(\"…\")  # from taxii2client.common");
  out += fmt::format("server = Server({}, {})\n", python(settled.discovery), access);
  each_that("read", settled, [&](Root const& root, Collection const& one) {
    out += fmt::format(
        "\n# {}: {}\ncollection = Collection({}, {})\nprint(collection.get_objects(limit=10))\n",
        plain(root.title), plain(one.title), python(root.url + "collections/" + one.id + "/"), access);
  });
  return out;
}

std::string opencti_text(Settled const& settled, Credential const& credential, Passwords passwords) {
  std::string out;
  each_that("read", settled, [&](Root const& root, Collection const& one) {
    out += "\nRead " + plain(root.title) + ", " + plain(one.title) + ": Data > Ingestion > TAXII feeds\n";
    out += drawn(Pairs{{{"TAXII server URL", root.url},
                        {"TAXII version", "TAXII 2.1"},
                        {"TAXII collection", one.id},
                        {"Authentication type", "Basic user / password"},
                        {"Username", credential.user},
                        {"Password", secret_of(credential, passwords)}}});
  });
  each_that("write", settled, [&](Root const& root, Collection const& one) {
    auto const name = name_of_root(root);
    out += "\nGive under " + plain(root.title) + ": the connector taxii-post\n";
    out += drawn(Pairs{{{"TAXII_URL", root.url.substr(0, root.url.find("/taxii2/")) + "/taxii2"},
                        {"TAXII_API_ROOT", name.substr(name.find('/') + 1)},
                        {"TAXII_COLLECTION_ID", one.id},
                        {"TAXII_VERSION", "2.1"},
                        {"TAXII_STIX_VERSION", "2.1"},
                        {"TAXII_LOGIN", credential.user},
                        {"TAXII_PASSWORD", secret_of(credential, passwords)}}});
  });
  return out.empty() ? out : out.substr(1);
}

// MISP pushes and does not read. Its key is what stands behind `basic` in a header.
std::string misp_text(Settled const& settled, Credential const& credential, Passwords passwords) {
  std::string out;
  each_that("write", settled, [&](Root const& root, Collection const& one) {
    auto const key = crypto::to_base64(credential.user + ":" + credential.password);
    out += "\nPush under " + plain(root.title) + ": Sync Actions > List TAXII Servers > Add\n";
    out += drawn(Pairs{{{"Base URL", root.url.substr(0, root.url.find("/taxii2/"))},
                        {"API root", name_of_root(root)},
                        {"Collection", one.id},
                        {"API key", passwords == Passwords::shown ? key : "base64 of user:password"}}});
  });
  return out.empty() ? "This office may give under no agreement, and MISP reads nothing over TAXII.\n"
                     : out.substr(1);
}

std::string text_for(Program program, Settled const& settled, Credential const& credential,
                     Passwords passwords) {
  switch (program) {
    case Program::curl: return curl_text(settled, credential, passwords);
    case Program::opencti: return opencti_text(settled, credential, passwords);
    case Program::misp: return misp_text(settled, credential, passwords);
    case Program::taxii2_client: return taxii2_client_text(settled, credential, passwords);
    case Program::taxii: break;
  }
  return taxii_text(settled, credential, passwords);
}

// Asks for one object of each collection that may be read.
Exit test(Remote& remote, Settled const& settled) {
  Table table{{"tried", "answer", "what came"}, {}};
  Exit exit = Exit::done;
  for (auto const& root : settled.roots)
    for (auto const& one : root.collections) {
      if (!one.may.starts_with("read")) continue;
      auto const answer =
          remote.get(path_in(root.url) + "collections/" + segment(one.id) + "/objects/?limit=1", taxii_type);
      auto const value = value_of(answer);
      if (!value) exit = exit_of(value.error());
      std::string const objects = value && !rows_at(*value, "objects").empty() ? "objects" : "nothing yet";
      table.rows.push_back({path_in(root.url) + "  " + one.title,
                            answer ? std::to_string(answer->status) : "none",
                            value ? objects : value.error().detail});
    }
  say_aside(table.rows.empty() ? "\nNo collection may be read yet.\n"
                               : "\n" + drawn(table, output_columns()));
  return exit;
}

json::Value as_json(Settled const& settled, Credential const& credential) {
  json::Array roots;
  for (auto const& root : settled.roots) {
    json::Array collections;
    for (auto const& one : root.collections)
      collections.push_back(json::Object{{"id", one.id}, {"title", one.title}, {"may", one.may}});
    roots.push_back(
        json::Object{{"url", root.url}, {"title", root.title}, {"collections", std::move(collections)}});
  }
  return json::Object{{"discovery", settled.discovery},
                      {"user", credential.user},
                      {"password_in", credential.source},
                      {"api_roots", std::move(roots)}};
}

}  // namespace

Exit connect(Settings const& settings, Program program, Passwords passwords) {
  auto remote = Remote::connect(settings);
  if (!remote) return complain(remote.error());
  auto const settled = read_settings(*remote);
  if (!settled) return complain(settled.error());
  if (settings.format == Format::json) {
    say_json(json::write(as_json(*settled, remote->credential())));
  } else {
    say(text_for(program, *settled, remote->credential(), passwords));
  }
  return test(*remote, *settled);
}

}  // namespace comity::cli
