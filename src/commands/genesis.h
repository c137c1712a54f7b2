// genesis (1): record 0. Says what the centre is, who hosts it and who its first officers are. Written by `comity init`
// before any door opens, never through one. Refused: malformed (a name out of shape, fewer than two officers).
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct Officer {
  std::string slug;  // the person becomes slug@host
  std::string key_id;
  std::array<uint8_t, 32> key{};
  auto fields(this auto& self) { return std::tie(self.slug, self.key_id, self.key); }
};

struct Genesis {
  std::string centre_name, origin;
  bool demo = false;
  std::string host_slug, host_name, host_office;  // the office as which officers act: its slug
  std::string host_key_id;                        // the host party's own founding key
  std::array<uint8_t, 32> host_key{};
  std::vector<Officer> officers;        // two or more
  std::string identity, host_identity;  // STIX ids minted for the centre and for the host; empty: none
  auto fields(this auto& self) {
    return std::tie(self.centre_name, self.origin, self.demo, self.host_slug, self.host_name,
                    self.host_office, self.host_key_id, self.host_key, self.officers, self.identity,
                    self.host_identity);
  }
};

Ruling decide(Sight const& sight, Genesis const& command);
void apply(State& state, Genesis const& command, model::Record const& record);

}  // namespace comity::commands
