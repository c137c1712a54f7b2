#include "sequencer/replay.h"

#include <fmt/format.h>

#include <algorithm>

#include "codec/codec.h"
#include "commands/adopt_ruleset.h"
#include "commands/contribute.h"
#include "commands/machine.h"
#include "commands/pulse.h"
#include "commands/seed_item.h"
#include "commands/telling.h"
#include "crypto/sha256.h"
#include "journal/snapshots.h"
#include "sequencer/framework.h"
#include "sequencer/signature.h"
#include "state/encoding.h"

namespace comity::sequencer {
namespace {

bool is_decidable(model::Record const& record) {
  if (record.sealed_destroyed) return false;
  for (model::Reason const& reason : record.ruling.reasons)
    if (reason.code == model::ReasonCode::unknown_ruleset) return false;
  return record.ruling.accepted() || record.command.kind != model::CommandKind::contribute;
}

enum class Again : uint8_t { the_same, other_releases, another };

// Of what was loaded: whether it is in the tree that its record names, as the record has it.
bool is_as_published(journal::Reader const& reader, model::Record const& record) {
  if (record.command.kind != model::CommandKind::load_framework_object || record.payload == 0) return true;
  auto const payload = reader.payload(record.payload);
  return payload && record.command.compare && is_in_framework(record.command, *payload);
}

Again decide_again(state::State const& state, model::Record const& record) {
  if (record.ruleset != state.ruleset) return Again::another;
  if (record.command.act && record.command.act->verified != signature_holds(state.law, record.command))
    return Again::another;
  PayloadKey const payload = record.payload_commitment.is_none() ? 0 : state.next_payload;
  commands::Context const context{record.index, record.time, record.ruleset, payload};
  commands::Verdict const verdict = commands::decide(state, record.command, context);
  if (verdict.kind != commands::Verdict::Kind::record) return Again::another;
  if (codec::encode(verdict.ruling) == codec::encode(record.ruling)) return Again::the_same;
  model::Ruling again = verdict.ruling;
  again.deletions = record.ruling.deletions;
  again.releases = record.ruling.releases;
  again.unfinished = record.ruling.unfinished;
  return codec::encode(again) == codec::encode(record.ruling) ? Again::other_releases : Again::another;
}

// Items whose facts were destroyed later than this place of the log: what is released of them, and of what refers to them,
// cannot be decided again until the log comes to their deletion (50-ledger).
class WithoutFacts {
 public:
  void on_applied(state::State const& state, model::Record const& record) {
    if (!record.sealed_destroyed) return;
    auto const id = commands::contributed_id(record.command);
    if (!id) return;
    for (ItemKey key : state.holdings.with_id(*id))
      if (state.holdings.item(key).payload == record.payload) keys_.push_back(key);
  }
  bool any(state::State const& state) {
    std::erase_if(keys_, [&](ItemKey key) { return state.holdings.item(key).is_gone(); });
    return !keys_.empty();
  }

 private:
  std::vector<ItemKey> keys_;
};

// What those were told to whom something became visible. Commitments to payloads that were destroyed since are not known
// any more.
bool tells_the_same(state::State const& after, model::Record const& record) {
  std::vector<model::Telling> again = commands::tellings(after, record);
  if (again.size() != record.told.size()) return false;
  for (size_t i = 0; i < again.size(); ++i) {
    for (size_t k = 0; k < again[i].items.size() && k < record.told[i].items.size(); ++k)
      if (again[i].items[k].commitment.is_none())
        again[i].items[k].commitment = record.told[i].items[k].commitment;
    if (codec::encode(again[i]) != codec::encode(record.told[i])) return false;
  }
  return true;
}

bool notes(model::Record const& record, Index index, Digest const& snapshot) {
  if (record.command.kind != model::CommandKind::pulse) return false;
  auto const pulse = codec::decode<commands::Pulse>(record.command.body);
  return pulse && pulse->snapshot_index == index && pulse->snapshot == snapshot;
}

// Whether the log says that the state after `index` records had this digest. Ends at the record that says so.
Result<bool> is_noted(journal::Reader const& reader, Index index, Digest const& snapshot) {
  if (index >= TRY(reader.head()).size) return false;
  bool found = false;
  auto const done = reader.scan(index, journal::Reader::Check::leaves,
                                [&](model::Record&& record, Digest const&) -> Result<void> {
                                  found = notes(record, index, snapshot);
                                  if (found) return fail(ErrorCode::not_found, "no need to look further");
                                  return {};
                                });
  if (!done && !found) return std::unexpected(done.error());
  return found;
}

journal::Trust noted_in(journal::Reader const& reader) {
  return [&reader](Index index, Digest const& digest) { return is_noted(reader, index, digest); };
}

// What a start does, up to this many records.
Result<void> apply_rest(Image& image, journal::Reader const& reader, Index size) {
  return reader.scan(image.state.next_index, journal::Reader::Check::leaves,
                     [&](model::Record&& record, Digest const&) -> Result<void> {
                       if (record.index >= size) return {};
                       TRY_VOID(known_ruleset(image.state, record));
                       commands::apply(image.state, record);
                       image.log.on_record(record);
                       return {};
                     });
}

}  // namespace

Result<void> known_ruleset(state::State const& before, model::Record const& record) {
  uint32_t const ruleset = std::max(before.ruleset, record.ruleset);
  if (ruleset <= commands::newest_ruleset) return {};
  return fail(ErrorCode::unsupported,
              fmt::format("record {} is ruled on by ruleset {}, and this program knows rulesets up to {}: "
                          "open this centre with the program it ran with last, or a newer one",
                          record.index, ruleset, commands::newest_ruleset));
}

Result<void> known_ruleset(state::State const& state) {
  model::Record next;
  next.index = state.next_index;
  return known_ruleset(state, next);
}

Result<void> known_ruleset(journal::Reader const& reader) {
  Index const size = TRY(reader.head()).size;
  if (size == 0) return {};
  return known_ruleset(state::State{}, TRY(reader.read(size - 1)));
}

std::string journal_path(std::string const& data) { return data + "/journal.sqlite"; }
std::string snapshots_path(std::string const& data) { return data + "/snapshots.sqlite"; }

Result<ReplayReport> replay(journal::Reader const& reader, Redecide decide,
                            std::function<void(Index)> const& progress) {
  ReplayReport report;
  state::State state;
  WithoutFacts without_facts;
  auto const visit = [&](model::Record&& record, Digest const&) -> Result<void> {
    if (report.mismatch) return {};
    TRY_VOID(known_ruleset(state, record));
    if (decide == Redecide::yes) {
      if (!is_decidable(record)) {
        ++report.not_decidable;
      } else if (!is_as_published(reader, record)) {
        report.mismatch = record.index;
        return {};
      } else if (Again const again = decide_again(state, record); again != Again::the_same) {
        if (again == Again::another || !without_facts.any(state)) {
          report.mismatch = record.index;
          return {};
        }
        ++report.not_decidable;
      }
    }
    commands::apply(state, record);
    without_facts.on_applied(state, record);
    if (decide == Redecide::yes && record.index != 0 && !tells_the_same(state, record)) {
      report.mismatch = record.index;
      return {};
    }
    if (++report.records % 10'000 == 0) progress(report.records);
    return {};
  };
  TRY_VOID(reader.scan(0, journal::Reader::Check::leaves, visit));
  report.state = digest_of(state);
  return report;
}

Bytes octets_of(Image const& image) { return codec::encode(image.state) + codec::encode(image.log); }

Result<Image> read_image(BytesView octets) {
  Image image;
  image.state = TRY(codec::decode_head<state::State>(octets));
  image.log = TRY(codec::decode<views::OfficeLog>(octets));
  return image;
}

Digest digest_of(state::State const& state) { return crypto::sha256(codec::encode(state)); }

Result<Image> trusted_image(std::string const& data, journal::Reader const& reader) {
  auto const snapshot = journal::latest_snapshot(snapshots_path(data), noted_in(reader));
  if (!snapshot || !*snapshot) return Image{};  // what cannot be read costs time and nothing else
  auto image = read_image((*snapshot)->bytes);
  if (!image || image->state.next_index != (*snapshot)->index) return Image{};  // of an older program
  state::complete(image->state);
  return image;
}

Result<Index> start_begins_at(std::string const& data, journal::Reader const& reader) {
  auto const snapshot = TRY(journal::latest_snapshot(snapshots_path(data), noted_in(reader)));
  return snapshot ? snapshot->index : 0;
}

Result<std::optional<Digest>> state_by_snapshot(std::string const& data, journal::Reader const& reader,
                                                Index size) {
  Image image = TRY(trusted_image(data, reader));
  if (image.state.next_index == 0 || image.state.next_index > size) return std::nullopt;
  TRY_VOID(apply_rest(image, reader, size));
  return digest_of(image.state);
}

Result<Snapshotted> take_snapshot(std::string const& data) {
  auto const reader = TRY(journal::Reader::open(journal_path(data)));
  Image image = TRY(trusted_image(data, *reader));
  TRY_VOID(apply_rest(image, *reader, UINT64_MAX));
  Snapshotted made;
  made.index = image.state.next_index;
  made.digest =
      TRY(journal::put_snapshot(snapshots_path(data), made.index, octets_of(image), noted_in(*reader)));
  return made;
}

}  // namespace comity::sequencer
