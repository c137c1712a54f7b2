// What officers of the host are told of the centre itself (15-forms 1: a host sees envelopes, and no data of parties).
//
//   host   {ruleset, time, log_stands_still_at?, put_back?, limits, proposals, suspended, destinations, collections?}
//   put_back   {cause, from, last, since, epoch, known?}: why nobody is served (commands/put_back.h); records that were there and
//              the time of the last one, how far the log is known to have gone, and the lowest epoch that is free
//   limits     [{limit, value, least, usual, most, what}], every quota that set_limits can set
//   proposals  [{digest, kind, by, at, until, document}], host acts that a second officer may countersign, oldest first;
//              `document` is the act as the first one signed it
//   suspended  [{office, kind, since}], what lift_fault_suspension lifts
//   collections   [{root, id, title, description, alias, readers, writers}] of an open arrangement (open_collection)
//   destinations  [{destination, url, allowed, addresses}], what allow_destination allows
//   issuers       as in told_issuers.h, each with its party's name before its own; what allow_issuer allows
//
// Only for who has the role `host` (the door asks for it): others get not_found. It says nothing that a clause grants, so it
// may be asked while everything else is closed (25-isolation G14, G15). Thread rule: told.h.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/record.h"
#include "release/eyes.h"
#include "release/told.h"

namespace comity::release {

// The clock, and the time at which acts are recorded while it is not believed.
struct HostTimes {
  UtcTime clock;
  std::optional<UtcTime> stands_still_at;
};

// `proposing` are records of proposals; those of proposals that are not open are passed over.
Result<Told> tell_host(Eyes const& eyes, HostTimes times, std::vector<model::Record> const& proposing);

}  // namespace comity::release
