// Whether the journal of a directory is the one that it had (25-isolation G15): what boot asks before anybody is served.
//
//   the head file agrees       served. A journal that goes on after it is one whose last commit was not noted any more
//   it is shorter              an older state was put back: `shorter`
//   another digest there       it is another history: `another`
//   no head file, or empty     of a journal that has more than record 0: `no_head`. A directory was put together by hand
//   the head file was copied   it is not the file that it was (its inode and the time of its birth): `copied`. So is a whole
//                              directory that was copied or moved to another disk. What runs on where it came from is not
//                              seen from here, and neither is a disk that was put back as a whole with its inodes. Demos may be copied
//   marked by restore()        `restored`
//
// What is found becomes a record (commands/put_back.h), after which the head file is in order again and the log says that nobody is
// served. The mark goes when that record is durable; if we die in between, it is recorded twice.
#pragma once

#include <optional>
#include <string>

#include "base/seam.h"
#include "commands/put_back.h"
#include "journal/journal.h"
#include "sequencer/in_flight.h"
#include "state/state.h"

namespace comity::sequencer {

// How far the log is known to have gone, and the highest epoch that it had; zeros: nobody knows.
struct KnownOfLog {
  Index size = 0;
  uint32_t epoch = 0;
};
Result<void> mark_as_put_back(std::string const& data, KnownOfLog known, Files& files);
bool is_marked_as_put_back(std::string const& data, Files& files);
Result<void> take_mark_away(std::string const& data, Files& files);

Result<std::optional<commands::PutBack>> found_put_back(std::string const& data, state::State const& state,
                                                        InFlight const& in_flight,
                                                        journal::Journal const& journal, Files& files);

}  // namespace comity::sequencer
