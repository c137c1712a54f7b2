// The keys of one's own party: which there are, new ones, ended ones, recovery.
#include <algorithm>
#include <charconv>

#include "base/contains.h"
#include "base/limits.h"
#include "cli/acts.h"
#include "cli/kept_acts.h"
#include "cli/key_file.h"
#include "cli/members.h"
#include "cli/plain.h"
#include "cli/show.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

// What the party has, as the centre tells it.
struct Known {
  std::string id, purpose, acts;
  bool valid = false;
};

std::vector<Known> keys_in(json::Value const& me) {
  std::vector<Known> all;
  auto const* party = me.if_object() ? me.as_object().if_contains("party") : nullptr;
  auto const* keys = party && party->is_object() ? party->as_object().if_contains("keys") : nullptr;
  if (!keys || !keys->is_array()) return all;
  for (json::Value const& one : keys->as_array())
    all.push_back({text_at(one, "key"), text_at(one, "purpose"), cell_at(one, "acts"),
                   text_at(one, "state") == "valid"});
  return all;
}

std::string keys_text(json::Value const& me) {
  auto const* party = me.if_object() ? me.as_object().if_contains("party") : nullptr;
  if (!party || !party->is_object()) return "you act for no party\n";
  std::string text =
      as_table({{"key", "key"}, {"purpose", "purpose"}, {"acts", "may sign"}, {"state", "state"}})(
          json::Value(party->as_object().if_contains("keys") ? party->at("keys") : json::Array{}));
  if (auto const* needed = party->as_object().if_contains("recovery_needed"))
    text += json::write(*needed) + " recovery keys change the keys together.\n";
  return text + "A binding key without a list may sign all that binds the party.\n";
}

Exit list(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  return finish(call.settings.format, remote->get("/api/v1/me"), keys_text);
}

Result<std::vector<crypto::SecretKey>> keys_of(std::vector<std::string> const& files) {
  std::vector<crypto::SecretKey> keys;
  for (std::string const& file : files) keys.push_back(TRY(read_key(file)));
  return keys;
}

Result<int64_t> count_of(std::string const& text) {
  int64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 1)
    return fail(ErrorCode::bad_input, "--needed takes a whole number from 1");
  return value;
}

// A change of keys before it is signed: the act's members, the new keys, and which end.
struct Change {
  std::string kind;
  json::Object members = {};
  std::vector<crypto::SecretKey> made = {};
  std::vector<std::string> ends = {};
};

json::Array described(std::vector<crypto::SecretKey> const& made, std::string const& purpose,
                      std::vector<std::string> const& acts) {
  json::Array all;
  for (crypto::SecretKey const& key : made) {
    json::Object one{{"key", public_text(key.public_key())}, {"purpose", purpose}};
    if (!acts.empty()) one["acts"] = json::Array(acts.begin(), acts.end());
    all.push_back(std::move(one));
  }
  return all;
}

// What the party has afterwards, in words, for whoever is about to sign it.
std::string what_follows(Change const& change, json::Value const& me) {
  std::string text = "What follows, from its record on:\n";
  std::vector<std::string> made;
  for (crypto::SecretKey const& key : change.made) made.push_back(crypto::key_id(key.public_key()));
  for (std::string const& id : made) text += "  " + id + " is a key of your party\n";
  for (std::string const& id : change.ends)
    text += "  " + plain(id) + " signs nothing more; what it has signed stands\n";
  if (auto const* needed = change.members.if_contains("recovery_needed"))
    text += "  " + json::write(*needed) +
            " recovery keys change the keys together, and nobody else touches them\n";
  text += "  keys that stay:";
  size_t stay = 0;
  for (Known const& one : keys_in(me))
    if (one.valid && !contains(change.ends, one.id)) text += " " + plain(one.id), ++stay;
  return text + (stay == 0 ? " none\n" : "\n");
}

std::string refusal_text(json::Value const& answer) {
  auto const* steps = answer.if_object() ? answer.as_object().if_contains("refused?") : nullptr;
  bool const one = steps && steps->is_array() && steps->as_array().size() == 1;
  return one ? ruling_text(steps->as_array()[0]) : as_pairs(answer);
}

Exit preview(Call const& call, Remote& remote, Change const& change) {
  json::Object const command{{"kind", change.kind}, {"body", change.members}};
  json::Object const question{{"commands", json::Array{command}}, {"questions", json::Array{"refused?"}}};
  return finish(call.settings.format, remote.post("/api/v1/previews", json::write(question)), refusal_text);
}

// Signed by --key, by the new keys, and by those of --also; sent, or written for others to sign.
Exit carry_out(Call const& call, Change const& change) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const me = value_of(remote->get("/api/v1/me"));
  if (!me) return complain(me.error());
  say_aside(what_follows(change, *me));
  if (call.has("--preview")) return preview(call, *remote, change);
  auto const key = key_of(call, remote->credential());
  if (!key) return complain(key.error());
  auto others = keys_of(call.list("--also"));
  if (!others) return complain(others.error());
  others->insert(others->end(), change.made.begin(), change.made.end());
  Duration const life = call.has("--write") ? offline_life : online_life;
  auto document = signed_document(*remote, {change.kind, change.members, life}, *key, *others);
  if (!document) return complain(document.error());
  if (call.has("--write")) return say(json::write(*document) + "\n"), Exit::done;
  document->as_object()["kind"] = change.kind;
  return finish_ruling(call.settings.format, post_command(*remote, document->as_object()));
}

// New keys from files, whose private halves prove that somebody holds them.
Exit add_keys(Call const& call, std::string const& purpose, std::vector<std::string> ends) {
  auto made = keys_of(call.list("files"));
  if (!made) return complain(made.error());
  Change change{"rotate_key"};
  change.members["keys"] = described(*made, purpose, call.list("--act"));
  if (!ends.empty()) change.members["ends"] = json::Array(ends.begin(), ends.end());
  if (call.has("--needed")) {
    auto const needed = count_of(call.text("--needed"));
    if (!needed) return complain(needed.error());
    change.members["recovery_needed"] = *needed;
  }
  change.made = std::move(*made);
  change.ends = std::move(ends);
  return carry_out(call, change);
}

Exit add(Call const& call) { return add_keys(call, "bind", call.list("--end")); }

// The one that signs ends, unless others are named; a recovery key that signs has to name them.
Exit rotate(Call const& call) {
  auto ends = call.list("--end");
  if (ends.empty()) {
    auto remote = Remote::connect(call.settings);
    if (!remote) return complain(remote.error());
    auto const key = key_of(call, remote->credential());
    if (!key) return complain(key.error());
    auto const me = value_of(remote->get("/api/v1/me"));
    if (!me) return complain(me.error());
    std::string const id = crypto::key_id(key->public_key());
    if (std::ranges::any_of(keys_in(*me),
                            [&](Known const& one) { return one.id == id && one.purpose == "recovery"; }))
      return complain({ErrorCode::bad_input,
                       id + " is a recovery key, which a binding key does not replace; say with --end which "
                            "key ends"});
    ends.push_back(id);
  }
  return add_keys(call, "bind", std::move(ends));
}

Exit revoke(Call const& call) {
  Change change{"revoke_key"};
  change.members["ends"] = call.text("key");
  change.ends = {call.text("key")};
  return carry_out(call, change);
}

Exit set_recovery(Call const& call) { return add_keys(call, "recovery", call.list("--end")); }

Exit recoveries(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  return finish(call.settings.format, remote->get("/api/v1/recoveries"),
                as_table({{"party", "party"},
                          {"new_key", "new key"},
                          {"filed", "filed"},
                          {"effective", "takes effect"},
                          {"agreement", "agreement"},
                          {"waits_for", "waits for"}},
                         "no recovery is under way"));
}

Exit object(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  return finish_ruling(call.settings.format,
                       post_signed(call, *remote, "object_to_recovery", {{"new_key", call.text("key")}}));
}

Argument signing_key() {
  return {"--key", Takes::value, "FILE", "the key that signs; default: the credentials file's"};
}
Argument new_keys() { return {"files", Takes::words, "FILE…", "private keys, made by `comity key new`"}; }
Argument ending(std::string help) { return {"--end", Takes::values, "KEY", std::move(help)}; }
std::vector<Argument> signing() {
  return {signing_key(),
          {"--also", Takes::values, "FILE", "another recovery key that signs"},
          {"--preview", Takes::nothing, "", "sign and send nothing; say what would follow"},
          {"--write", Takes::nothing, "",
           "print the signed act, for others to add their signature (`comity sign`)"}};
}
std::vector<Argument> with_signing(std::vector<Argument> own) {
  for (auto& one : signing()) own.push_back(std::move(one));
  return own;
}
Argument acts() {
  return {"--act", Takes::values, "KIND", "it may sign this kind of act, like sign; without any, all"};
}

Verbs recovery_verbs() {
  return {
      {"recovery set", "Register recovery keys, which change the party's keys when others are lost or stolen",
       "comity recovery set safe-1.key safe-2.key safe-3.key --needed 2 --key ru.key",
       with_signing({new_keys(),
                     {"--needed", Takes::value, "N", "so many of them sign together"},
                     ending("a recovery key that ends with it")}),
       set_recovery},
      {"recovery list",
       "New keys that the host is about to give to parties you deal with, and to your own",
       "comity recovery list",
       {},
       recoveries},
      {"recovery object",
       "Stop the host from giving your party a new key: you still hold one",
       "comity recovery object ed25519:0123456789abcdef --key ru.key",
       {{"key", Takes::word, "KEY", "the new key, as `recovery list` has it"}, signing_key()},
       object},
  };
}

}  // namespace

Verbs party_key_verbs() {
  Verbs verbs = {
      {"keys list",
       "The keys of your party, and what each may sign",
       "comity keys list --as ru/mfa",
       {},
       list},
      {"keys add", "Register another key that may sign for your party, signed by one of its keys",
       "comity keys add embassy.key --act sign --act sponsor --key ru.key",
       with_signing({new_keys(), acts(), ending("a key that ends with it")}), add},
      {"keys rotate", "A new key in place of the one that signs",
       "comity keys rotate ru-2027.key --key ru.key\n"
       "comity keys rotate ru-2027.key --end ed25519:0123456789abcdef --key safe-1.key --also safe-2.key",
       with_signing({new_keys(), acts(), ending("a key that ends, instead of the one that signs")}), rotate},
      {"keys revoke", "End a key, at once; what it has signed stands",
       "comity keys revoke ed25519:0123456789abcdef --key ru.key",
       with_signing({{"key", Takes::word, "KEY", "its id, as `keys list` has it"}}), revoke},
  };
  for (auto& verb : recovery_verbs()) verbs.push_back(std::move(verb));
  return verbs;
}

}  // namespace comity::cli
