#include "journal/verify.h"

#include "base/limits.h"
#include "journal/batch_chain.h"
#include "journal/parts.h"
#include "journal/read_connections.h"
#include "journal/row.h"

namespace comity::journal {
namespace {

class Verifier {
 public:
  Verifier(ReadConnection& connection, VerifyProgress const& progress)
      : connection_(connection), progress_(progress) {}

  Result<VerifyReport> run() {
    // One read transaction: nothing is destroyed between a record and its payload.
    TRY_VOID(connection_.database.run("BEGIN"));
    auto found = structure();
    if (found) found = records();
    if (found) found = leftovers();
    if (!found && found.error().code != ErrorCode::corrupt) return std::unexpected(found.error());
    if (!found) report_.damage = Damage{at_, found.error().detail};
    TRY_VOID(connection_.database.run("COMMIT"));
    return std::move(report_);
  }

 private:
  Result<void> structure() {
    auto check = TRY(Statement::prepare(connection_.database, "PRAGMA integrity_check(1)"));
    if (!TRY(check.step()) || check.blob(0) != "ok")
      return fail(ErrorCode::corrupt, "file: " + Bytes(check.blob(0)));
    return {};
  }

  Result<void> records() {
    auto const total = static_cast<Index>(TRY(connection_.database.number("SELECT count(*) FROM records")));
    chain_ = TRY(BatchChain::at(connection_, 0));
    Statement& rows = connection_.records;
    Resetting const resetting(rows);
    rows.bind(1, 0);
    rows.bind(2, total);
    for (at_ = 0; TRY(rows.step()); at_ = report_.head.size) {
      if (rows.number(0) != *at_) return fail(ErrorCode::corrupt, "the record is missing");
      auto const record = TRY(open_row(*at_, rows.blob(1), rows.blob(2), Reader::Check::leaves));
      TRY_VOID(one(record, rows.blob(2)));
      if (++report_.head.size % limits::scan_records == 0) progress_(report_.head.size, total);
    }
    at_.reset();
    progress_(report_.head.size, total);
    return {};
  }

  Result<void> one(model::Record const& record, BytesView leaf) {
    TRY_VOID(chain_->add(connection_, record.index, Digest::from(leaf)));
    report_.destroyed += record.sealed_destroyed;
    return record.payload == 0 ? Result<void>() : payload_of(record);
  }

  Result<void> payload_of(model::Record const& record) {
    if (record.payload != ++last_payload_)
      return fail(ErrorCode::corrupt, "its payload's key is out of order");
    Statement& payload = connection_.payload;
    Resetting const resetting(payload);
    payload.bind(1, record.payload);
    if (!TRY(payload.step())) return fail(ErrorCode::corrupt, "its payload is missing");
    if (record.sealed_destroyed != payload.is_null(0))
      return fail(ErrorCode::corrupt, record.sealed_destroyed ? "its payload should be destroyed and is there"
                                                              : "its payload is gone and was not destroyed");
    if (record.sealed_destroyed) return {};
    if (payload_commitment(record.payload_salt, payload.blob(0)) != record.payload_commitment)
      return fail(ErrorCode::corrupt, "its payload is not the one it committed to");
    ++report_.payloads;
    return {};
  }

  // What stands behind the last record.
  Result<void> leftovers() {
    auto const batches = TRY(connection_.database.number("SELECT coalesce(max(last), -1) + 1 FROM batches"));
    if (static_cast<Index>(batches) != report_.head.size)
      return fail(ErrorCode::corrupt, "the batches go to record " + std::to_string(batches - 1) +
                                          ", the records to " +
                                          std::to_string(static_cast<int64_t>(report_.head.size) - 1));
    auto const chained = chain_->batches();
    if (static_cast<uint64_t>(TRY(connection_.database.number("SELECT count(*) FROM batches"))) != chained)
      return fail(ErrorCode::corrupt, "there are batches without records");
    if (static_cast<PayloadKey>(TRY(connection_.database.number("SELECT count(*) FROM payloads"))) !=
        last_payload_)
      return fail(ErrorCode::corrupt, "there are payloads that no record names");
    report_.head.running = chain_->running();
    return {};
  }

  ReadConnection& connection_;
  VerifyProgress const& progress_;
  VerifyReport report_;
  std::optional<BatchChain> chain_;
  std::optional<Index> at_;
  PayloadKey last_payload_ = 0;
};

}  // namespace

Result<VerifyReport> verify(std::string const& path, VerifyProgress const& progress) {
  auto const connection = TRY(ReadConnection::open(path));
  return Verifier(*connection, progress).run();
}

}  // namespace comity::journal
