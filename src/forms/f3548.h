// The bodies of ASTM F3548-21, read (f3548-fields; f3548-rules 4 to 9): what a client puts becomes a command.
//
// Members that the standard does not declare are skipped, and null is as if it were not there (T4). All extents of a filing become
// one hull, and what a hull must have is asked of the hull, not of each extent (G7). Circles and polygons become cells here, by earth/.
//
// A reader returns the first thing that is wrong, in the order in which the standard looks (U1 to U4): a status, and a sentence that
// quotes nothing. What depends on what is filed already is the machine's to say. Times are those of `now`, the door's clock; the
// machine looks again at its own.
//
// OVNs, versions and ids that the centre makes are not made here: the fields stay empty. Thread-safe: no state.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "commands/file_error_report.h"
#include "commands/put_constraint.h"
#include "commands/put_intent.h"
#include "commands/put_subscription.h"
#include "commands/set_availability.h"
#include "earth/cells.h"

namespace comity::forms {

struct F3548Fault {
  int status = 400;
  std::string message;
};
template <class T>
using F3548 = std::expected<T, F3548Fault>;

// How the door is set up.
enum class BaseUrls : uint8_t { https_only, http_too };
// Whether volumes are kept as they were filed, beside their cells: where they are compared under agreements. Preset `dss` knows cells only.
enum class Footprints : uint8_t { cells, exact };
// What the token allows besides.
enum class ConformanceMonitoring : uint8_t { no, yes };

struct F3548Setting {
  UtcTime now;
  BaseUrls urls = BaseUrls::https_only;
  ConformanceMonitoring monitoring = ConformanceMonitoring::no;
  Footprints footprints = Footprints::cells;
};

// Of the path. Without an OVN, or a version, it is about something new.
struct EntityPath {
  std::string_view id;
  std::optional<std::string_view> ovn = {};
};
F3548<model::EntityId> read_path_id(std::string_view text);
// An OVN or version that was never given matches nothing.
model::SeenOvn shown_ovn(std::string_view text);

struct PutIntentForm {
  commands::PutIntent command;       // without OVNs and ids that the centre makes
  std::optional<model::Ovn> suffix;  // I4: as asked for
};
F3548<PutIntentForm> read_put_intent(BytesView body, EntityPath const& path, F3548Setting const& setting);
F3548<commands::PutConstraint> read_put_constraint(BytesView body, EntityPath const& path,
                                                   F3548Setting const& setting);
F3548<commands::PutSubscription> read_put_subscription(BytesView body, EntityPath const& path,
                                                       F3548Setting const& setting);
F3548<commands::SetAvailability> read_availability(BytesView body, std::string_view uss);

// The area of interest of a search; times and altitudes may be open. `too_large`: the status for an area beyond G4.
F3548<model::Hull> read_query(BytesView body, int too_large);

// R1, D8: the report with its id, and without credentials. `report_id` is what it is answered with.
F3548<commands::FileErrorReport> read_error_report(BytesView body, std::string const& report_id);

}  // namespace comity::forms
