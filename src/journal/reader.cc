#include "journal/reader.h"

#include <limits>
#include <optional>

#include "base/limits.h"
#include "codec/codec.h"
#include "journal/batch_chain.h"
#include "journal/parts.h"
#include "journal/payload_cache.h"
#include "journal/read_connections.h"
#include "journal/row.h"

namespace comity::journal {
namespace {

Result<Bytes> load(ReadConnection& connection, PayloadCache& cache, PayloadKey key) {
  if (auto cached = cache.get(key)) return std::move(*cached);
  uint64_t const epoch = cache.epoch();
  Resetting const resetting(connection.payload);
  connection.payload.bind(1, key);
  if (!TRY(connection.payload.step()) || connection.payload.is_null(0))
    return fail(ErrorCode::not_found, "there is no payload " + std::to_string(key) + ", or it was destroyed");
  Bytes bytes(connection.payload.blob(0));
  cache.put(key, bytes, epoch);
  return bytes;
}

// Reads records from `next` on and moves it along; false when there are no more.
class Scan {
 public:
  Scan(ReadConnection& connection, Index from, Reader::Check check, Reader::Visit const& visit)
      : connection_(connection), next_(from), check_(check), visit_(visit) {}

  Result<void> run() {
    if (check_ == Reader::Check::leaves) chain_ = TRY(BatchChain::at(connection_, next_));
    while (TRY(some()) == limits::scan_records) continue;
    return {};
  }

 private:
  // One read transaction's worth.
  Result<size_t> some() {
    Statement& records = connection_.records;
    Resetting const resetting(records);
    records.bind(1, next_);
    records.bind(2, limits::scan_records);
    size_t count = 0;
    for (; TRY(records.step()); ++count, ++next_)
      TRY_VOID(one(records.number(0), records.blob(1), records.blob(2)));
    return count;
  }

  Result<void> one(Index index, BytesView parts, BytesView leaf) {
    if (index != next_)
      return fail(ErrorCode::corrupt, "record " + std::to_string(next_) + ": it is missing");
    auto record = TRY(open_row(index, parts, leaf, check_));
    Digest const digest = Digest::from(leaf);
    if (chain_) TRY_VOID(chain_->add(connection_, index, digest));
    return visit_(std::move(record), digest);
  }

  ReadConnection& connection_;
  Index next_;
  Reader::Check const check_;
  Reader::Visit const& visit_;
  std::optional<BatchChain> chain_;
};

}  // namespace

Reader::Reader(std::string const& path)
    : connections_(std::make_unique<ReadConnections>(path)),
      cache_(std::make_unique<PayloadCache>(limits::payload_cache_bytes)) {}

Reader::~Reader() = default;

Result<std::unique_ptr<Reader>> Reader::open(std::string const& path) {
  std::unique_ptr<Reader> reader(new Reader(path));
  TRY(reader->connections_->lend());  // says now if the file is no journal
  return reader;
}

Result<Head> Reader::head() const {
  auto const connection = TRY(connections_->lend());
  Resetting const resetting(connection->before);
  connection->before.bind(1, static_cast<uint64_t>(std::numeric_limits<int64_t>::max()));
  if (!TRY(connection->before.step())) return Head{};
  return Head{connection->before.number(0) + 1, Digest::from(connection->before.blob(1))};
}

Result<bool> Reader::agrees(Head const& head) const {
  if (head.size == 0) return head.running.is_none();
  auto const connection = TRY(connections_->lend());
  Resetting const resetting(connection->batch);
  connection->batch.bind(1, head.size - 1);
  if (!TRY(connection->batch.step())) return false;
  return connection->batch.number(0) == head.size - 1 && connection->batch.blob(1) == head.running.view();
}

Result<model::Record> Reader::read(Index index) const {
  auto const connection = TRY(connections_->lend());
  Statement& record = connection->record;
  Resetting const resetting(record);
  record.bind(1, index);
  if (!TRY(record.step())) return fail(ErrorCode::not_found, "there is no record " + std::to_string(index));
  return open_row(index, record.blob(0), record.blob(1), Check::leaves);
}

Result<Reader::WithParts> Reader::read_with_parts(Index index) const {
  auto const connection = TRY(connections_->lend());
  Statement& record = connection->record;
  Resetting const resetting(record);
  record.bind(1, index);
  if (!TRY(record.step())) return fail(ErrorCode::not_found, "there is no record " + std::to_string(index));
  WithParts read{TRY(open_row(index, record.blob(0), record.blob(1), Check::leaves)), {}};
  auto const stored = TRY(codec::decode<StoredRecord>(record.blob(0)));
  read.own = TRY(own_parts(stored, read.record));
  return read;
}

Result<void> Reader::scan(Index from, Check check, Visit const& visit) const {
  auto const connection = TRY(connections_->lend());
  return Scan(*connection, from, check, visit).run();
}

Result<Bytes> Reader::payload(PayloadKey key) const {
  if (auto cached = cache_->get(key)) return std::move(*cached);
  auto const connection = TRY(connections_->lend());
  return load(*connection, *cache_, key);
}

Result<std::vector<Bytes>> Reader::payloads(std::span<PayloadKey const> keys) const {
  auto const connection = TRY(connections_->lend());
  std::vector<Bytes> all;
  all.reserve(keys.size());
  for (PayloadKey const key : keys) all.push_back(TRY(load(*connection, *cache_, key)));
  return all;
}

void Reader::forget_payload(PayloadKey key) const { cache_->destroy(key); }

}  // namespace comity::journal
