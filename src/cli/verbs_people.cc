// Clients, people, offices and keys of one's own party.
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <iostream>

#include "base/limits.h"
#include "cli/acts.h"
#include "cli/credentials.h"
#include "cli/given_file.h"
#include "cli/kept_acts.h"
#include "cli/key_file.h"
#include "cli/new_password.h"
#include "cli/show.h"
#include "cli/verb.h"
#include "crypto/base64.h"
#include "crypto/certificate_pin.h"

namespace comity::cli {
namespace {

json::Array words_of(std::vector<std::string> const& words) {
  return json::Array(words.begin(), words.end());
}

// Never from the command line: from a file, from standard input, or made here.
struct Password {
  std::string text;
  bool is_new = false;
};

Result<Password> password_of(Call const& call) {
  std::string const file = call.text("--password-file");
  if (file.empty()) {
    return Password{new_password(system_seam().entropy, 18), true};
  }
  std::string text;
  if (file == "-") {
    std::getline(std::cin, text);
  } else {
    text = TRY(read_private_file(file));
    text = text.substr(0, text.find_first_of("\r\n"));
  }
  if (text.empty() || text.size() > limits::password_bytes)
    return fail(ErrorCode::bad_input, "a password has 1 to 1024 bytes, in the first line of the file");
  return Password{std::move(text), false};
}

Exit post(Call const& call, std::string const& kind, json::Object body) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  json::Object command{{"kind", kind}, {"body", std::move(body)}};
  return finish_ruling(call.settings.format, post_command(*remote, std::move(command)));
}

// A command that brings a password; a new one is shown once, after the centre has it.
Exit post_with_password(Call const& call, std::string const& kind, json::Object body) {
  auto const password = password_of(call);
  if (!password) return complain(password.error());
  body["password"] = password->text;
  Exit const exit = post(call, kind, std::move(body));
  if (exit == Exit::done && password->is_new)
    say_aside("password, shown this once: " + password->text +
              "\nPut it into the credentials file of whoever uses it.\n");
  return exit;
}

Exit list(Call const& call, std::string const& path) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  return finish(call.settings.format, remote->get(path), as_table());
}

// It comes in with tokens of an issuer, and needs no password.
Exit add_client_of_issuer(Call const& call) {
  return post(call, "register_client",
              {{"office", call.text("office")},
               {"slug", call.text("slug")},
               {"rights", words_of(call.list("--right"))},
               {"issuer", call.text("--issuer")},
               {"subject", call.text("--subject")}});
}

Exit add_client(Call const& call) {
  if (call.has("--issuer") || call.has("--subject")) return add_client_of_issuer(call);
  return post_with_password(call, "register_client",
                            {{"office", call.text("office")},
                             {"slug", call.text("slug")},
                             {"rights", words_of(call.list("--right"))}});
}

// She signs in by a provider, and needs no password.
Exit add_person_of_issuer(Call const& call) {
  return post(call, "register_person",
              {{"slug", call.text("slug")},
               {"office", call.text("office")},
               {"roles", words_of(call.list("--role"))},
               {"issuer", call.text("--issuer")},
               {"subject", call.text("--subject")}});
}

Exit set_subject(Call const& call) {
  json::Object body{{"person", call.text("person")}};
  if (call.has("--issuer")) body["issuer"] = call.text("--issuer");
  if (call.has("--subject")) body["subject"] = call.text("--subject");
  return post(call, "set_subject", std::move(body));
}

Exit add_person(Call const& call) {
  if (call.has("--issuer") || call.has("--subject")) return add_person_of_issuer(call);
  return post_with_password(call, "register_person",
                            {{"slug", call.text("slug")},
                             {"office", call.text("office")},
                             {"roles", words_of(call.list("--role"))}});
}

Exit pin_certificate(Call const& call) {
  auto const pem = given_file(call.text("file"));
  if (!pem) return complain(pem.error());
  auto const pin = crypto::certificate_pin_of(*pem);
  if (!pin) return complain({pin.error().code, call.text("file") + ": " + pin.error().detail});
  return post(call, "set_credential", {{"user", call.text("client")}, {"verifier", *pin}});
}

// The token stands behind a #, which browsers send to nobody: no log has it.
Exit make_link(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const answer = remote->post("/api/v1/link", "{}");
  if (call.settings.format == Format::json) return finish(Format::json, answer, as_pairs);
  auto const value = value_of(answer);
  if (!value) return complain(value.error());
  say(remote->settings().url + "/sign-in#" + cell_at(*value, "link") + "\n");
  say_aside("It signs you in once, until " + cell_at(*value, "expires") + ".\n");
  return Exit::done;
}

Exit set_roles(Call const& call) {
  return post(call, "set_roles",
              {{"person", call.text("person")},
               {"office", call.text("office")},
               {"roles", words_of(call.list("--role"))}});
}

Exit add_office(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  json::Object const members{{"slug", call.text("slug")},
                             {"listing", call.has("--unlisted") ? "unlisted" : "listed"}};
  return finish_ruling(call.settings.format, post_signed(call, *remote, "register_office", members));
}

// Standard output is the key alone, for a file that others may read; what it is called goes beside it.
void print_public(crypto::SecretKey const& key) {
  say(public_text(key.public_key()) + "\n");
  say_aside(crypto::key_id(key.public_key()) + "\n");
}

Exit new_key(Call const& call) {
  auto const key = make_key(call.text("file"), system_seam());
  if (!key) return complain(key.error());
  print_public(*key);
  return Exit::done;
}

Exit show_key(Call const& call) {
  auto const key = read_key(call.text("file"));
  if (!key) return complain(key.error());
  print_public(*key);
  return Exit::done;
}

Argument password_file() {
  return {"--password-file", Takes::value, "FILE",
          "its first line; - for standard input; else one is made and shown"};
}
Argument rights() {
  return {"--right", Takes::values, "RIGHT", "what it may do", {"read", "contribute", "file", "acknowledge"}};
}
Argument roles() {
  return {"--role",
          Takes::values,
          "ROLE",
          "what the person may do",
          {"watch", "releasing", "signing", "audit", "admin"}};
}
Argument office_word() { return {"office", Takes::word, "OFFICE", "an office of your party, like ru/mfa"}; }

Verbs client_verbs() {
  return {
      {"clients list",
       "The machines of your party",
       "comity clients list",
       {},
       [](Call const& call) { return list(call, "/api/v1/clients"); }},
      {"clients add",
       "Register a machine for one office",
       "comity clients add ru/general-staff feed --right read --right contribute\n"
       "comity clients add ru/general-staff feed --right read --issuer login --subject feed-17",
       {office_word(),
        {"slug", Takes::word, "NAME", "its name in the office"},
        rights(),
        password_file(),
        {"--issuer", Takes::value, "NAME", "it comes in with tokens of this issuer, and gets no password"},
        {"--subject", Takes::value, "SUBJECT", "what these tokens call it (`sub`)"}},
       add_client},
      {"clients certificate",
       "Let a machine come in by its TLS certificate instead of a password",
       "comity clients certificate ru/general-staff/feed feed.pem",
       {{"client", Takes::word, "CLIENT", "like ru/general-staff/feed: the common name of the certificate"},
        {"file", Takes::word, "FILE", "the certificate in PEM; its key is pinned"}},
       pin_certificate},
      {"clients revoke",
       "Cut a machine off, at once",
       "comity clients revoke ru/general-staff/feed",
       {{"client", Takes::word, "CLIENT", "like ru/general-staff/feed"}},
       [](Call const& call) { return post(call, "revoke_client", {{"client", call.text("client")}}); }},
  };
}

Verbs person_verbs() {
  Argument const person{"person", Takes::word, "PERSON", "like anna@ru"};
  return {
      {"people list",
       "The people of your party",
       "comity people list",
       {},
       [](Call const& call) { return list(call, "/api/v1/people"); }},
      {"people add",
       "Register a person in one office",
       "comity people add anna ru/mfa --role releasing --role signing\n"
       "comity people add anna ru/mfa --role watch --issuer login --subject 8f3a61",
       {{"slug", Takes::word, "NAME", "her name in the party"},
        office_word(),
        roles(),
        password_file(),
        {"--issuer", Takes::value, "NAME", "she signs in by this issuer, and gets no password"},
        {"--subject", Takes::value, "SUBJECT", "what it calls her (`sub`)"}},
       add_person},
      {"people subject",
       "Who a person is at an issuer, by which she signs in; without both, by none any more",
       "comity people subject anna@ru --issuer login --subject 8f3a61",
       {person,
        {"--issuer", Takes::value, "NAME", "your party's name for it"},
        {"--subject", Takes::value, "SUBJECT", "what it calls her (`sub`)"}},
       set_subject},
      {"people revoke",
       "Cut a person off, at once",
       "comity people revoke anna@ru",
       {person},
       [](Call const& call) { return post(call, "revoke_person", {{"person", call.text("person")}}); }},
      {"people roles",
       "Set what a person may do in an office; without --role, nothing",
       "comity people roles anna@ru ru/mfa --role watch",
       {person, office_word(), roles()},
       set_roles},
      {"people link",
       "Make a link that signs you in to the console once",
       "comity --as ru/mfa people link",
       {},
       make_link},
      {"people password",
       "A new password for a person or a client; older tokens no longer hold",
       "comity people password anna@ru",
       {{"user", Takes::word, "USER", "like anna@ru or ru/mfa/feed"}, password_file()},
       [](Call const& call) {
         return post_with_password(call, "set_credential", {{"user", call.text("user")}});
       }},
  };
}

Verbs key_verbs() {
  return {
      {"office add",
       "Add an office to your party, signed by its key",
       "comity office add embassy --key ru.key",
       {{"slug", Takes::word, "NAME", "its name in the party"},
        {"--unlisted", Takes::nothing, "", "known only to those who share an agreement with it"},
        {"--key", Takes::value, "FILE", "the party's private key; default: the credentials file's"}},
       add_office},
      {"key new",
       "Make a private key (mode 0600) and print its public half",
       "comity key new ru.key > ru.pub",
       {{"file", Takes::word, "FILE", "where the private key is written; never overwritten"}},
       new_key},
      {"key show",
       "Print the public half of a private key",
       "comity key show ru.key > ru.pub",
       {{"file", Takes::word, "FILE", "the private key"}},
       show_key},
  };
}

}  // namespace

Verbs people_verbs() {
  Verbs verbs = client_verbs();
  for (auto& verb : person_verbs()) verbs.push_back(std::move(verb));
  for (auto& verb : key_verbs()) verbs.push_back(std::move(verb));
  return verbs;
}

}  // namespace comity::cli
