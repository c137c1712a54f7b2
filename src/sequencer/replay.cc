#include "sequencer/replay.h"

#include "codec/codec.h"
#include "commands/machine.h"
#include "crypto/sha256.h"
#include "journal/snapshots.h"
#include "sequencer/signature.h"

namespace comity::sequencer {
namespace {

bool is_decidable(model::Record const& record) {
  if (record.sealed_destroyed) return false;
  return record.ruling.accepted() || record.command.kind != model::CommandKind::contribute;
}

bool rules_the_same(state::State const& state, model::Record const& record) {
  if (record.command.act && record.command.act->verified != signature_holds(state.law, record.command))
    return false;
  PayloadKey const payload = record.payload_commitment.is_none() ? 0 : state.next_payload;
  commands::Context const context{record.index, record.time, record.ruleset, payload};
  commands::Verdict const verdict = commands::decide(state, record.command, context);
  return verdict.kind == commands::Verdict::Kind::record &&
         codec::encode(verdict.ruling) == codec::encode(record.ruling);
}

// From a snapshot, if there is one; whether it may be trusted is the caller's business.
Result<Image> last_image(std::string const& data) {
  auto const snapshot = TRY(journal::latest_snapshot(snapshots_path(data)));
  if (!snapshot) return Image{};
  Image image = TRY(codec::decode<Image>(snapshot->bytes));
  state::complete(image.state);
  return image;
}

}  // namespace

std::string journal_path(std::string const& data) { return data + "/journal.sqlite"; }
std::string snapshots_path(std::string const& data) { return data + "/snapshots.sqlite"; }

Result<ReplayReport> replay(journal::Reader const& reader, Redecide decide,
                            std::function<void(Index)> const& progress) {
  ReplayReport report;
  state::State state;
  auto const visit = [&](model::Record&& record, Digest const&) -> Result<void> {
    if (report.mismatch) return {};
    if (decide == Redecide::yes) {
      if (!is_decidable(record)) {
        ++report.not_decidable;
      } else if (!rules_the_same(state, record)) {
        report.mismatch = record.index;
        return {};
      }
    }
    commands::apply(state, record);
    if (++report.records % 10'000 == 0) progress(report.records);
    return {};
  };
  TRY_VOID(reader.scan(0, journal::Reader::Check::leaves, visit));
  report.state = crypto::sha256(codec::encode(state));
  return report;
}

Result<Snapshotted> take_snapshot(std::string const& data) {
  auto const reader = TRY(journal::Reader::open(journal_path(data)));
  Image image = TRY(last_image(data));
  TRY_VOID(reader->scan(image.state.next_index, journal::Reader::Check::leaves,
                        [&](model::Record&& record, Digest const&) -> Result<void> {
                          commands::apply(image.state, record);
                          image.log.on_record(record);
                          return {};
                        }));
  Snapshotted made;
  made.index = image.state.next_index;
  made.digest = TRY(journal::put_snapshot(snapshots_path(data), made.index, codec::encode(image)));
  return made;
}

}  // namespace comity::sequencer
