// The watches of offices, and the calls of lines (model/watch.h).
//
// A watch is a list in the order in which people came: the first is the first to be paged. A hand-over is said by both, who goes
// and who comes; its note stays with who came until that one hands over or goes. A line is a `contact` clause; its calls are kept up to limits::calls_per_line, the latest.
//
// Who lost the role or was revoked stays in the table until somebody signs on, and is passed over: may_watch() says who counts.
//
// Tables and no rule. Deterministic; thread rule: state.h.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/limits.h"
#include "model/watch.h"
#include "state/law.h"

namespace comity::state {

// A person of the office that has the role and is not revoked.
inline bool may_watch(Law const& law, OfficeKey office, PersonKey key) {
  model::Person const& person = law.people[key.value];
  auto const roles = person.roles.find(office);
  return person.revoked == 0 && roles != person.roles.end() && (roles->second & model::role::watch) != 0;
}

struct HandOver {
  PersonKey from, to;
  UtcTime at;
  std::string note = {};  // in words, for who comes; empty: none (model::is_handover_note)
  auto fields(this auto& self) { return std::tie(self.from, self.to, self.at, self.note); }
};

struct OnWatch {
  PersonKey person;
  UtcTime since;
  std::vector<model::Contact> contacts;  // in order, at most limits::contacts
  std::optional<HandOver> taken = {};    // the last one that came with a note
  auto fields(this auto& self) { return std::tie(self.person, self.since, self.contacts, self.taken); }
};

struct Watch {
  std::vector<OnWatch> on;        // at most limits::on_watch
  std::vector<HandOver> offered;  // one by each of them at most
  auto fields(this auto& self) { return std::tie(self.on, self.offered); }

  OnWatch const* find(PersonKey person) const {
    auto const found = std::ranges::find(on, person, &OnWatch::person);
    return found == on.end() ? nullptr : &*found;
  }
  void end(PersonKey person) {
    std::erase_if(on, [&](OnWatch const& one) { return one.person == person; });
    std::erase_if(offered, [&](HandOver const& one) { return one.from == person; });
  }
};

struct CallMade {
  OfficeKey office;
  PersonKey person;
  UtcTime at;
  model::LineCall call;
  auto fields(this auto& self) { return std::tie(self.office, self.person, self.at, self.call); }
};

struct Watches {
  std::map<OfficeKey, Watch> offices;
  std::map<model::ClauseName, std::vector<CallMade>> lines;
  // How often any of them was changed since the program began: as Entities::changes. No part of the state.
  uint64_t changes = 0;
  auto fields(this auto& self) { return std::tie(self.offices, self.lines); }

  // To be changed.
  Watch& at(OfficeKey office) { return ++changes, offices[office]; }
  Watch const& of(OfficeKey office) const {
    static Watch const none;
    auto const found = offices.find(office);
    return found == offices.end() ? none : found->second;
  }
  std::vector<CallMade> const& calls_of(model::ClauseName line) const {
    static std::vector<CallMade> const none;
    auto const found = lines.find(line);
    return found == lines.end() ? none : found->second;
  }
  void add(model::ClauseName line, CallMade call) {
    ++changes;
    std::vector<CallMade>& calls = lines[line];
    calls.push_back(std::move(call));
    if (calls.size() > limits::calls_per_line) calls.erase(calls.begin());
  }
};

}  // namespace comity::state
