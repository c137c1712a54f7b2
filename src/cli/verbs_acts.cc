// Signing offline, and commands as they are written.
#include "base/limits.h"
#include "cli/acts.h"
#include "cli/given_file.h"
#include "cli/kept_acts.h"
#include "cli/key_file.h"
#include "cli/members.h"
#include "cli/plain.h"
#include "cli/show.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

Exit sign(Call const& call) {
  auto document = given_file(call.text("file"));
  if (!document) return complain(document.error());
  auto const key = key_of(call, {});
  if (!key) return complain(key.error());
  auto const signed_act =
      sign_offline({std::move(*document), call.text("--seq"), system_seam().clock.now()}, *key);
  if (!signed_act)
    return complain({signed_act.error().code, signed_act.error().detail + " " + signed_act.error().pointer});
  say(json::write(*signed_act) + "\n");
  return Exit::done;
}

// A signed act alone becomes the command of its kind.
Result<Bytes> command_of(Bytes document) {
  auto const value = TRY(json::parse(document, limits::request_body_bytes, json::Numbers::any));
  auto const* members = value.if_object();
  auto const* act = members ? members->if_contains("act") : nullptr;
  if (!act || members->contains("kind")) return document;
  json::Object command = *members;
  command["kind"] = text_at(*act, "kind");
  return json::write(command);
}

// Kept, where it is one of those; anything else goes octet for octet as it is written.
Result<http::Response> post_as_written(Call const& call, Remote& remote, Bytes const& body) {
  std::string const key = call.text("--idempotency-key");
  auto const value = json::parse(body, limits::request_body_bytes, json::Numbers::any);
  auto const* members = value ? value->if_object() : nullptr;
  if (!members || !is_worth_keeping(*members))
    return remote.post("/api/v1/commands", body, key.empty() ? new_idempotency_key() : key);
  json::Object one = *members;
  if (!key.empty()) one["idempotency_key"] = key;
  return post_command(remote, std::move(one));
}

Exit command(Call const& call) {
  auto document = given_file(call.text("file"));
  if (!document) return complain(document.error());
  auto const body = command_of(std::move(*document));
  if (!body) return complain(body.error());
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  return finish_ruling(call.settings.format, post_as_written(call, *remote, *body), Digests::shown);
}

// What was kept, sent once more; each file by itself, so that one that is refused or is none stops no other.
Exit present(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  Exit exit = Exit::done;
  for (auto const& path : call.list("file")) {
    auto const file = given_file(path);
    auto const command = file ? presented(*file) : std::unexpected(file.error());
    if (!command) {
      exit = complain({command.error().code, path + ": " + command.error().detail});
      continue;
    }
    if (was_refused(*file)) say_aside(plain(path) + ": it was refused when it was sent first\n");
    std::string const key = text_at(*command, "idempotency_key");
    auto const answer =
        remote->post("/api/v1/commands", json::write(*command), key.empty() ? new_idempotency_key() : key);
    say_aside(plain(path) + ": ");
    if (Exit const one = finish_ruling(call.settings.format, answer); one != Exit::done) exit = one;
  }
  return exit;
}

// The token alone on standard output: COMITY_TOKEN=$(comity token).
Exit token(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const answer = remote->send(http::Method::post, "/api/v1/token", {{"Accept", json_type}}, {});
  return finish(call.settings.format, answer, [](json::Value const& value) {
    say_aside("holds until " + plain(text_at(value, "expires")) + "\n");
    return plain(text_at(value, "token")) + "\n";
  });
}

}  // namespace

Verbs act_verbs() {
  return {
      {"sign",
       "Sign an act on this machine, without a network, or add a signature; prints the signed document",
       "comity sign act.json --key ru.key --seq 8 > signed.json\ncomity command signed.json\n"
       "comity sign rotation.json --key second-safe.key > rotation-2.json",
       {{"file", Takes::word, "ACT.json", "the act (docs/formats.md); key, seq and not_after are filled in"},
        {"--key", Takes::required, "FILE", "the private key"},
        {"--seq", Takes::value, "N", "the party's next sequence number"}},
       sign},
      {"command",
       "Send a command, a list of commands, or a signed act as it is written",
       "comity command signed.json --as ru/mfa\n"
       "comity command list.json --idempotency-key today-1",
       {{"file", Takes::word, "FILE", "JSON: {kind, body} or {act, signatures}, or a list"},
        {"--idempotency-key", Takes::value, "KEY", "under this key; the same again does nothing twice"}},
       command},
      {"present",
       "Give a centre that was restored from a backup again what was taken back since; see "
       "docs/operations.md",
       "comity --as ru/mfa present ~/.local/state/comity/acts/*-revoke_client.json",
       {{"file", Takes::words, "FILE",
         "kept by this command line, or a command or signed act as it was sent"}},
       present},
      {"token",
       "A bearer token for this office, for an hour",
       "COMITY_TOKEN=$(comity token --as ru/mfa) comity me",
       {},
       token},
  };
}

}  // namespace comity::cli
