// What an office did and was told: a fold over records, rebuildable, that no ruling looks at.
//
// Two things for each office: the indices of its own records (audit, GET /records), and its refusals inbox, since
// clients hide refusals from people (30-exchange): "12 refused, by reason, and what would fix it". The inbox keeps
// the newest limits::inbox_refusals. Reasons hold keys, and are told in the reader's view when they are read (G6).
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "model/record.h"

namespace comity::views {

struct Refusal {
  Index index = 0;
  UtcTime time;
  model::CommandKind kind = model::CommandKind::pulse;
  std::string about;  // what was refused, in the author's own words: a STIX id or an agreement's name
  std::vector<model::Reason> reasons;
  auto fields(this auto& self) {
    return std::tie(self.index, self.time, self.kind, self.about, self.reasons);
  }
};

class OfficeLog {
 public:
  void on_record(model::Record const& record);

  std::vector<Index> const& records_of(OfficeKey office) const;
  std::vector<Refusal> const& refusals_of(OfficeKey office) const;  // oldest first

  auto fields(this auto& self) { return std::tie(self.records_, self.refusals_); }

 private:
  std::map<OfficeKey, std::vector<Index>> records_;
  std::map<OfficeKey, std::vector<Refusal>> refusals_;
};

}  // namespace comity::views
