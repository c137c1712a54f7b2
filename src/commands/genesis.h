// genesis (1): record 0. Says what the centre is, who hosts it and who its first officers are. Written by `comity init`
// before any door opens, never through one.
//
// With `opening` the centre is one open arrangement (preset `taxii`, model/arrangement.h): the host party has one more
// office, to which all users belong, and no other party and no agreement ever joins. Its quotas begin at the highest, since
// what is a share of many elsewhere is the whole of one here.
// With preset `dss` it is a DSS of ASTM F3548-21 and nothing else (f3548-rules M2): whoever a token of its issuers is about is a party
// of it, everybody sees the references of everybody, and there are no agreements. Which issuers these are is said whenever it is
// served. It is outside the release rule, as 25-isolation D18 and exception 3 say.
// Refused: malformed (a name out of shape, fewer than two officers, two roots of which one is under the other), and of the
// collections what open_collection refuses.
#pragma once

#include "commands/open_collection.h"
#include "commands/sight.h"
#include "model/arrangement.h"
#include "model/record.h"

namespace comity::commands {

struct Officer {
  std::string slug;  // the person becomes slug@host
  std::string key_id;
  std::array<uint8_t, 32> key{};
  auto fields(this auto& self) { return std::tie(self.slug, self.key_id, self.key); }
};

struct Opening {
  std::string office;  // of the users: its slug
  std::string title, description, contact;
  std::string default_root;  // empty: none is named
  std::vector<model::OpenRoot> roots;
  std::vector<std::string> users;  // each a client, who gets a password by set_credential
  std::vector<OpenCollection> collections;
  auto fields(this auto& self) {
    return std::tie(self.office, self.title, self.description, self.contact, self.default_root, self.roots,
                    self.users, self.collections);
  }
};

struct Genesis {
  std::string centre_name, origin;
  bool demo = false;
  std::string host_slug, host_name, host_office;  // the office as which officers act: its slug
  std::string host_key_id;                        // the host party's own founding key
  std::array<uint8_t, 32> host_key{};
  std::vector<Officer> officers;        // two or more
  std::string identity, host_identity;  // STIX ids minted for the centre and for the host; empty: none
  std::optional<Opening> opening = {};
  enum class Preset : uint8_t { agreements = 1, dss } preset = Preset::agreements;
  auto fields(this auto& self) {
    return std::tie(self.centre_name, self.origin, self.demo, self.host_slug, self.host_name,
                    self.host_office, self.host_key_id, self.host_key, self.officers, self.identity,
                    self.host_identity, self.opening, self.preset);
  }
};

Ruling decide(Sight const& sight, Genesis const& command);
void apply(State& state, Genesis const& command, model::Record const& record);

}  // namespace comity::commands
