// Who would be told of something that an office files, as clauses say it (40-deconfliction): worked out of the law and of what is filed alone
// (commands/would_tell.h). Plain structs. Thread rule: as any value.
#pragma once

#include <compare>
#include <cstdint>

#include "base/ids.h"
#include "model/agreement.h"
#include "model/conflict.h"

namespace comity::model {

struct WouldTell {
  enum class When : uint8_t {
    filed = 1,  // as soon as it is filed
    met,        // where it meets what that office has filed
  };
  ClauseName under;
  OfficeKey office;  // none: whoever the clause runs to, which the author may not know
  Level learns = Level::warning;
  When when = When::met;
  auto operator<=>(WouldTell const&) const = default;
};

}  // namespace comity::model
