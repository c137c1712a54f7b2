// The machine alone, in memory: commands in, rulings out, without journal, keys or JSON.
//
//     Machine machine;
//     machine.party("ru", {"staff"});
//     machine.party("il", {"staff"});
//     machine.in_force("il.pact", {"il/staff", "ru/staff"}, {grant_to_others()});
//     machine.must(machine.contribution("il/staff", "il.pact", {.id = "indicator--1"}));
//     machine.ask(…)                                        // a ruling, whatever it is
//
// Every command is decided twice and must be ruled alike; a refusal must leave law and holdings as they were. What the
// machine has to do by itself (deadlines, adoptions) follows each command, as the sequencer has it. Signatures count as
// verified: that is the prepare step's matter. Digests of objects are made of their words, not by SHA-256.
// Parties have one person, `duty@PARTY`, with every ordinary role, and each office one client, `OFFICE/feed`.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/ensure.h"
#include "base/seam.h"
#include "codec/codec.h"
#include "commands/all.h"
#include "commands/machine.h"
#include "commands/telling.h"
#include "commands/to_look_at.h"
#include "model/stix_types.h"

namespace comity::tests {

// Not a good hash, but the same for the same words and hardly ever for others.
inline Digest digest_of(std::string_view words) {
  Digest made;
  uint64_t seed = 0xcbf29ce484222325;
  for (char const one : words) seed = (seed ^ static_cast<uint8_t>(one)) * 0x100000001b3;
  SeededEntropy(seed).fill(made.octets);
  return made;
}

inline model::Clause grant_to_others(std::string const& id = "all") {
  model::Clause clause;
  clause.id = id;
  clause.type = model::ClauseType::grant;
  clause.from.kind = model::Selector::Kind::each;
  clause.to.kind = model::Selector::Kind::others;
  clause.onward = model::Onward::originator_consent;
  return clause;
}

// An object as a test needs it; `words` is what a copier cannot change without changing the substance.
struct Object {
  std::string id;
  std::string version = "2025-06-01T10:00:00.000Z";
  std::string words = {};  // empty: the id
  std::string spacing = {};
  std::vector<model::Reference> references = {};
  std::string creator = {};
  bool revoked = false;
  std::vector<std::string> markings = {};
};

inline model::Reference reference(std::string const& id,
                                  model::ReferenceKind kind = model::ReferenceKind::in_list) {
  return {id, kind, "object_refs"};
}

class Machine {
 public:
  static constexpr UtcTime start{1'700'000'000'000'000};

  state::State state;
  UtcTime now = start;

  // `on_record` is called with every record once it is applied.
  explicit Machine(std::function<void(model::Record const&)> on_record = [](model::Record const&) {})
      : on_record_(std::move(on_record)) {
    commands::Genesis genesis;
    genesis.centre_name = "Test centre";
    genesis.origin = "test.example";
    genesis.host_slug = "hosting", genesis.host_name = "Host", genesis.host_office = "operations";
    genesis.host_key_id = key_of("hosting");
    for (char const* officer : {"first", "second"})
      genesis.officers.push_back({officer, key_of(officer), {}});
    must(make(Author::system, "", model::CommandKind::genesis, genesis));
  }

  // --- commands ---

  enum class Author : uint8_t { system, person, client };

  // `office` is who it is sent as; a person is `duty`, or the officer named.
  template <class Body>
  model::Command make(Author author, std::string const& office, model::CommandKind kind, Body const& body,
                      std::string const& person = "duty") {
    model::Command command;
    command.kind = kind;
    command.body = codec::encode(body);
    command.office = state.law.find_office(office);
    if (author == Author::person)
      command.actor = {model::Actor::Kind::person,
                       state.law.find_person(person + "@" + party_of(office)).value};
    if (author == Author::client)
      command.actor = {model::Actor::Kind::client, state.law.find_client(office + "/feed").value};
    command.digest =
        author == Author::system ? Digest{} : digest_of("command " + std::to_string(++commands_));
    return command;
  }
  // By the office's person, unsigned.
  template <class Body>
  model::Command by(std::string const& office, model::CommandKind kind, Body const& body) {
    return make(Author::person, office, kind, body);
  }
  // By the office's person, with an act signed by the party's key, or of a host officer by the officer's own.
  template <class Body>
  model::Command signed_by(std::string const& office, model::CommandKind kind, Body const& body,
                           std::string const& person = "duty") {
    model::Command command = make(Author::person, office, kind, body, person);
    sign(command, person == "duty" ? key_of(party_of(office)) : key_of(person));
    return command;
  }
  void sign(model::Command& command, std::string const& key);
  // By these keys too, beside the one that the act names.
  static model::Command also_by(model::Command command, std::vector<std::string> const& keys) {
    for (std::string const& key : keys) command.act->signatures.push_back({key, {}});
    return command;
  }
  static std::string key_of(std::string const& name) { return "key of " + name; }

  // --- the machine ---

  commands::Verdict decide(model::Command const& command, bool payload = true) const;

  // With a payload, unless told otherwise; then what the machine does by itself.
  model::Ruling ask(model::Command command, bool payload = true);
  // What the machine does by itself now.
  std::optional<model::Command> next_own() const {
    auto own = commands::next_system_command(state, now);
    return own ? own : commands::next_portion(state, now);
  }
  void must(model::Command command, bool payload = true);

  // --- a world ---

  // What the prepare step would have minted.
  static std::string identity_of(std::string const& slug) {
    std::string const digits = to_hex(digest_of("identity of " + slug)).substr(0, 12);
    return "identity--00000000-0000-4000-8000-" + digits;
  }

  void party(std::string const& slug, std::vector<std::string> const& offices,
             model::Listing listing = model::Listing::listed);

  // A text between offices, or parties as a whole; the first one's party sponsors.
  static model::Text text(std::string const& id, std::vector<std::string> const& names,
                          std::vector<model::Clause> clauses);
  static commands::OnText on(std::string const& id) { return {id, 1, digest_of(id)}; }

  void draft(std::string const& office, model::Text const& made) {
    must(by(office, model::CommandKind::draft_agreement, commands::DraftAgreement{made, digest_of(made.id)}));
  }
  void tabled(std::vector<std::string> const& offices, model::Text const& made);
  AgreementKey in_force(std::string const& id, std::vector<std::string> const& offices,
                        std::vector<model::Clause> clauses);

  model::Command contribution(std::string const& office, std::string const& agreement, Object const& object);

  bool has(std::string const& office, std::string const& id) const;

  static std::string party_of(std::string const& name) { return name.substr(0, name.find('/')); }

 private:
  // All that a refusal must leave as it was. (The seq of a good act is used up all the same, G8.)
  Bytes matter() const;

  void record(model::Command&& command, model::Ruling const& ruling, bool payload);

  // All that the type requires, and what every object has.
  static std::vector<std::string> properties_of(std::string const& type);

  std::function<void(model::Record const&)> on_record_;
  uint64_t commands_ = 0;
};

}  // namespace comity::tests
