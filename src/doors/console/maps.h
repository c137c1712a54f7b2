// The site's own maps (70-console): files `NAME.pmtiles` that the host has laid into DATA/maps, for whoever is signed in.
//
// They are no party's matter, and the centre does not look into them: octets of a range, as they are (release/egress.h,
// SiteMap). A name has letters, digits, `-`, `_` and `.` and is one of the folder's, so no path leads out of it; a link in the
// folder is not followed. Read anew each time: files may be exchanged while the centre runs, and then have another ETag.
// Blocks on the disk. Thread-safe: no state but the path.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "release/egress.h"

namespace comity::console {

// Octets of a file from `first`, so many; of a request, `bytes=FIRST-LAST`, `bytes=FIRST-` or `bytes=-LAST` (RFC 9110, 14).
struct Range {
  uint64_t first = 0, count = 0;
};
// None: not of that form, or there is nothing of it. At most limits::map_range_bytes.
std::optional<Range> range_in(std::string_view field, uint64_t size);

class Maps {
 public:
  explicit Maps(std::string folder) : folder_(std::move(folder)) {}

  // At most limits::maps, in order.
  std::vector<std::string> names() const;

  struct File {
    uint64_t size = 0;
    std::string tag;  // another one for another content
  };
  std::optional<File> find(std::string_view name) const;
  // Fewer octets than were asked for: the file is another one by now.
  release::Released<Bytes> read(std::string_view name, Range range) const;

 private:
  int open(std::string_view name) const;  // -1: there is none
  std::string const folder_;
};

}  // namespace comity::console
