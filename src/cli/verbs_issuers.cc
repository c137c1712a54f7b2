// Whose tokens act for machines of one's own party.
#include "cli/acts.h"
#include "cli/given_file.h"
#include "cli/kept_acts.h"
#include "cli/plain.h"
#include "cli/show.h"
#include "cli/token_keys.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

json::Array words_of(std::vector<std::string> const& words) {
  return json::Array(words.begin(), words.end());
}

Exit list(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  return finish(call.settings.format, remote->get("/api/v1/issuers"),
                as_table({{"issuer", "issuer"},
                          {"url", "url"},
                          {"allowed", "allowed"},
                          {"revoked", "revoked"},
                          {"offices", "offices"},
                          {"rights", "rights"},
                          {"roles", "roles"},
                          {"keys", "keys"}},
                         "no issuers"));
}

Exit enrol(Call const& call) {
  auto const file = given_file(call.text("--keys"));
  if (!file) return complain(file.error());
  auto const keys = token_keys(*file);
  if (!keys) return complain(keys.error());
  for (std::string const& line : keys->left_out) say_aside("left out: " + plain(line) + "\n");
  for (std::string const& line : keys->warnings) say_aside("beware: " + plain(line) + "\n");
  json::Object body{{"issuer", call.text("issuer")},
                    {"url", call.text("url")},
                    {"rights", words_of(call.list("--right"))},
                    {"keys", keys->keys}};
  if (auto const roles = call.list("--role"); !roles.empty()) body["roles"] = words_of(roles);
  if (auto const offices = call.list("--office"); !offices.empty()) body["offices"] = words_of(offices);
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  json::Object const command{{"kind", "register_issuer"}, {"body", std::move(body)}};
  Exit const exit = finish_ruling(call.settings.format, post_command(*remote, command));
  if (exit == Exit::done)
    say_aside("An officer of the host has to allow it, unless its URL was allowed: comity issuers allow\n");
  return exit;
}

Exit allow(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  json::Object const members{{"issuer", call.text("issuer")},
                             {"url", call.text("url")},
                             {"allowed", call.has("--not") ? "no" : "yes"}};
  return finish_ruling(call.settings.format, post_host_act(call, *remote, "allow_issuer", members, {}));
}

// An officer of the host signs it, an admin of the party need not.
Exit revoke(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  json::Object const members{{"issuer", call.text("issuer")}};
  if (call.has("--key"))
    return finish_ruling(call.settings.format, post_signed(call, *remote, "revoke_issuer", members));
  json::Object const command{{"kind", "revoke_issuer"}, {"body", members}};
  return finish_ruling(call.settings.format, post_command(*remote, command));
}

}  // namespace

Verbs issuer_verbs() {
  Argument const named{"issuer", Takes::word, "PARTY/NAME", "like ru/login"};
  return {
      {"issuers list",
       "Whose tokens your party's machines may come in with, and by whom its people may sign in",
       "comity issuers list --as ru/mfa",
       {},
       list},
      {"issuers register",
       "Name an issuer of tokens, or give it other keys, offices, rights or roles (role admin)",
       "comity issuers register login https://login.example/realms/ru --keys jwks.json --right read "
       "--office ru/general-staff\n"
       "comity issuers register login https://login.example/realms/ru --keys jwks.json --role watch",
       {{"issuer", Takes::word, "NAME", "your party's name for it"},
        {"url", Takes::word, "ISS", "what its tokens say as `iss`"},
        {"--keys", Takes::required, "FILE",
         "its public keys: PEM, or a JSON Web Key Set; nothing is fetched"},
        {"--right",
         Takes::values,
         "RIGHT",
         "what it may give to machines",
         {"read", "contribute", "file", "acknowledge"}},
        {"--role",
         Takes::values,
         "ROLE",
         "what it may give to people who sign in by it; without any, it signs nobody in",
         {"watch", "releasing", "signing", "audit", "admin"}},
        {"--office", Takes::values, "OFFICE", "it may speak for this office; without any, for all"}},
       enrol},
      {"issuers allow",
       "Let the centre take tokens of an issuer that a party has named (officer of the host)",
       "comity issuers allow ru/login https://login.example/realms/ru --key anna.key",
       {named,
        {"url", Takes::word, "ISS", "as the party gave it; `host show` lists them"},
        {"--not", Takes::nothing, "", "from now on it does not"},
        {"--key", Takes::value, "FILE", "the officer's private key; default: the credentials file's"}},
       allow},
      {"issuers revoke",
       "No token of this issuer holds any more (role admin, or an officer of the host)",
       "comity issuers revoke ru/login\ncomity issuers revoke ru/login --key anna.key",
       {named, {"--key", Takes::value, "FILE", "of an officer of the host, who signs it"}},
       revoke},
  };
}

}  // namespace comity::cli
