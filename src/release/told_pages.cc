#include "release/told_pages.h"

#include <fmt/format.h>

#include <algorithm>

#include "crypto/sha256.h"
#include "release/compose.h"
#include "release/telling.h"

namespace comity::release {

std::optional<Released<Bytes>> page_text(Eyes const& eyes, Exercise exercise) {
  size_t waiting = 0;
  uint64_t first = 0;
  UtcTime due = never;
  for (auto const& [number, notice] : eyes.state.airspace.notices.of(eyes.office())) {
    bool const counts = notice.is_open() && notice.answered_at == never &&
                        notice.raised.exercise == (exercise == Exercise::yes);
    if (!counts) continue;
    if (waiting++ == 0) first = number;
    due = std::min(due, notice.raised.answer_by);
  }
  if (waiting == 0) return std::nullopt;
  Digest const mark =
      crypto::prf(eyes.keys.prf, "page", eyes.view.name_of(eyes.office()), std::to_string(first));
  constexpr size_t time_of_day = 11, minutes_shown = 5;  // of 2015-10-01T14:20:00.000000Z
  std::string const until =
      due == never ? "" : ", answer due " + to_text(due).substr(time_of_day, minutes_shown) + "Z";
  std::string text =
      fmt::format("{}Comity: {} {} waiting{}, ref {:02X}{:02X}", exercise == Exercise::yes ? "EXERCISE " : "",
                  waiting, waiting == 1 ? "notice" : "notices", until, mark.octets[0], mark.octets[1]);
  return Composer::plain(Teller::tell(eyes, json::Value(std::move(text))));
}

}  // namespace comity::release
