// Replay offline: the state made again from the journal, and each ruling decided again (50-ledger).
//
// Boot trusts recorded rulings; this does not: with Redecide::yes every command is decided anew in the state before it,
// its signature verified again, and the ruling compared with the one recorded. What cannot be decided again is counted
// apart: refused contributions, whose facts are not kept, what was destroyed, and adoptions of a ruleset that the program of
// then did not know. Each record is decided by the ruleset it names. Stops at the first mismatch. Needs no lock:
// it may run beside a centre at work. One thread; time goes with the number of records.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "journal/journal.h"
#include "state/state.h"
#include "views/office_log.h"

namespace comity::sequencer {

enum class Redecide : uint8_t { no, yes };

struct ReplayReport {
  Index records = 0;
  Index not_decidable = 0;
  std::optional<Index> mismatch;  // the first record whose ruling is not what the machine rules
  Digest state;                   // SHA-256 of the state's encoding after the last record
};

Result<ReplayReport> replay(journal::Reader const& reader, Redecide decide,
                            std::function<void(Index)> const& progress);

// SHA-256 of the state's encoding. Asked of here, since to compile the encoding of all that there is takes long.
Digest digest_of(state::State const& state);

// The machine and its views as one snapshot holds them.
struct Image {
  state::State state;
  views::OfficeLog log;
};
// One behind the other, in the canonical encoding.
Bytes octets_of(Image const& image);
Result<Image> read_image(BytesView octets);

// The newest snapshot whose digest a pulse of this very journal noted (25-isolation G15, E9), completed; else the empty
// image, from which everything is replayed. A snapshot that is damaged, of another history or not noted is as good as
// none: it is never even decoded, since to apply records to a wrong state would be a bug.
Result<Image> trusted_image(std::string const& data, journal::Reader const& reader);

// From which record on a start would apply what the log holds: the index of that snapshot; 0: there is none.
Result<Index> start_begins_at(std::string const& data, journal::Reader const& reader);

// The digest of the state after `size` records by the way that a start goes, from that snapshot on. None: there is none of so few
// records. What a replay gives must be the same, or the snapshot is not what the records add up to.
Result<std::optional<Digest>> state_by_snapshot(std::string const& data, journal::Reader const& reader,
                                                Index size);

// Replays on from the last trusted snapshot and stores a new one: what the child process does. Gives its index and
// digest; it counts from the pulse on that notes them.
struct Snapshotted {
  Index index = 0;
  Digest digest;
};
Result<Snapshotted> take_snapshot(std::string const& data);

// A journal of a newer program is not read by an older one, which would apply it by other rules: an error that says so. Asked
// of each record before it is applied, and of the state that is served from.
Result<void> known_ruleset(state::State const& before, model::Record const& record);
Result<void> known_ruleset(state::State const& state);
// The same of a journal that is only looked at or copied, by its last record.
Result<void> known_ruleset(journal::Reader const& reader);

std::string journal_path(std::string const& data);
std::string snapshots_path(std::string const& data);

}  // namespace comity::sequencer
