#include "sequencer/put_back.h"

#include <algorithm>
#include <charconv>

#include "base/mutant.h"

namespace comity::sequencer {
namespace {

using Cause = state::Restoring::Cause;

std::string mark_of(std::string const& data) { return data + "/put-back"; }

// What restore() wrote: two numbers. A mark that is unreadable is a mark.
KnownOfLog known_by(BytesView mark) {
  KnownOfLog known;
  char const* const end = mark.data() + mark.size();
  auto const size = std::from_chars(mark.data(), end, known.size);
  if (size.ec == std::errc() && size.ptr != end) std::from_chars(size.ptr + 1, end, known.epoch);
  return known;
}

Result<std::optional<Cause>> by_head_file(state::State const& state, InFlight const& in_flight,
                                          journal::Journal const& journal) {
  auto const head = in_flight.remembered();
  if (!head) return journal.next_index() > 1 ? std::optional(Cause::no_head) : std::nullopt;
  if (!TRY(journal.reader().agrees(*head)))
    return head->size > journal.next_index() ? Cause::shorter : Cause::another;
  if (in_flight.was_copied() && !state.centre.demo) return Cause::copied;
  return std::nullopt;
}

}  // namespace

Result<void> mark_as_put_back(std::string const& data, KnownOfLog known, Files& files) {
  return files.write(mark_of(data), std::to_string(known.size) + " " + std::to_string(known.epoch) + "\n",
                     0600);
}

bool is_marked_as_put_back(std::string const& data, Files& files) { return files.exists(mark_of(data)); }

Result<void> take_mark_away(std::string const& data, Files& files) { return files.remove(mark_of(data)); }

Result<std::optional<commands::PutBack>> found_put_back(std::string const& data, state::State const& state,
                                                        InFlight const& in_flight,
                                                        journal::Journal const& journal, Files& files) {
  if (mutated(Mutant::served_after_restore)) return std::nullopt;
  auto const mark =
      files.exists(mark_of(data)) ? std::optional(TRY(files.read(mark_of(data)))) : std::nullopt;
  auto const cause = mark ? std::optional(Cause::restored) : TRY(by_head_file(state, in_flight, journal));
  if (!cause) return std::nullopt;
  KnownOfLog const by_mark = mark ? known_by(*mark) : KnownOfLog{};
  auto const head = in_flight.remembered();
  Index const known = std::max(by_mark.size, head ? head->size : 0);
  return commands::PutBack{*cause, journal.next_index(), known, std::max(by_mark.epoch, in_flight.epoch()),
                           state.last_time};
}

}  // namespace comity::sequencer
