// allow_framework (73): two host officers say which framework may be loaded into the reference set: its name, and the root
// and number of the objects of one bundle (state/frameworks.h). Named anew, it is another bundle of the same framework;
// with no objects it ends. The root is that of RFC 6962 over the objects as they are written in the bundle, in the order of
// their ids and versions (`comity frameworks digest`), so the two can compute it from what each has fetched herself.
// Refused: not_permitted outside the two-officer rule and in a centre of preset `taxii`, malformed (name, title, number), unknown_framework (to end), quota.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct AllowFramework {
  std::string framework;  // a slug: `ics-attack`
  std::string title;      // for people; empty if it ends
  Digest root;
  uint32_t objects = 0;  // 0: it ends
  auto fields(this auto& self) { return std::tie(self.framework, self.title, self.root, self.objects); }
};

Ruling decide(Sight const& sight, AllowFramework const& command);
void apply(State& state, AllowFramework const& command, model::Record const& record);

}  // namespace comity::commands
