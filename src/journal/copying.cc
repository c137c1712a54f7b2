#include "journal/copying.h"

#include "base/limits.h"
#include "journal/batch_chain.h"
#include "journal/database.h"
#include "journal/parts.h"
#include "journal/read_connections.h"
#include "journal/row.h"
#include "journal/verify.h"

namespace comity::journal {
namespace {

std::unexpected<Error> out_of_place(char const* what, uint64_t key) {
  return fail(ErrorCode::corrupt, std::string(what) + " " + std::to_string(key) + " is out of its place");
}

class Copy {
 public:
  Copy(ReadConnection& connection, TakeRow const& take) : connection_(connection), take_(take) {}

  Result<Head> run() {
    TRY_VOID(connection_.database.run("BEGIN"));
    auto const done = records();
    TRY_VOID(connection_.database.run("COMMIT"));
    if (!done) return std::unexpected(done.error());
    return head_;
  }

 private:
  Result<void> records() {
    Statement& rows = connection_.records;
    Resetting const resetting(rows);
    rows.bind(1, 0);
    rows.bind(2, INT64_MAX);
    while (TRY(rows.step())) TRY_VOID(one(rows.number(0), rows.blob(1), Digest::from(rows.blob(2))));
    return {};
  }

  Result<void> one(Index index, BytesView parts, Digest const& leaf) {
    auto const record = TRY(open_row(index, parts, leaf.view(), Reader::Check::nothing));
    TRY_VOID(take_({Row::Kind::record, index, Bytes(parts), leaf}));
    if (record.payload != 0) TRY_VOID(payload(record.payload));
    return batch_that_ends_with(index);
  }

  Result<void> payload(PayloadKey key) {
    Statement& found = connection_.payload;
    Resetting const resetting(found);
    found.bind(1, key);
    if (!TRY(found.step())) return fail(ErrorCode::corrupt, "payload " + std::to_string(key) + " is missing");
    Row row{Row::Kind::payload, key, {}, {}};
    if (!found.is_null(0)) row.bytes = Bytes(found.blob(0));
    return take_(std::move(row));
  }

  Result<void> batch_that_ends_with(Index index) {
    Statement& found = connection_.batch;
    Resetting const resetting(found);
    found.bind(1, index);
    if (!TRY(found.step()) || found.number(0) != index) return {};
    head_ = {index + 1, Digest::from(found.blob(1))};
    return take_({Row::Kind::batch, index, {}, head_.running});
  }

  ReadConnection& connection_;
  TakeRow const& take_;
  Head head_;
};

}  // namespace

int64_t row_format() { return journal_format; }

Result<Head> copy_rows(std::string const& path, TakeRow const& take) {
  auto const connection = TRY(ReadConnection::open(path));
  return Copy(*connection, take).run();
}

struct RowCheck::Work {
  Head head;                         // of the batches that were whole so far
  Index next = 0;                    // record
  PayloadKey last_payload = 0;       // named by a record
  std::optional<model::Record> due;  // the record whose payload comes next
  RunningDigest running{Digest{}};
  uint64_t payloads = 0;

  Result<void> record(Row const& row);
  Result<void> payload(Row const& row);
  Result<void> batch(Row const& row);
};

Result<void> RowCheck::Work::record(Row const& row) {
  if (due || row.key != next || !row.bytes) return out_of_place("record", row.key);
  auto opened = TRY(open_row(row.key, *row.bytes, row.digest.view(), Reader::Check::leaves));
  running.add(row.digest);
  ++next;
  if (opened.payload == 0) return {};
  if (opened.payload != ++last_payload) return out_of_place("payload", opened.payload);
  due = std::move(opened);
  return {};
}

Result<void> RowCheck::Work::payload(Row const& row) {
  if (!due || row.key != due->payload) return out_of_place("payload", row.key);
  std::string const whose = "the payload of record " + std::to_string(due->index);
  if (due->sealed_destroyed == row.bytes.has_value())
    return fail(ErrorCode::corrupt,
                whose + (row.bytes ? " should be destroyed and is there" : " is gone and was not destroyed"));
  if (row.bytes && payload_commitment(due->payload_salt, *row.bytes) != due->payload_commitment)
    return fail(ErrorCode::corrupt, whose + " is not the one it committed to");
  payloads += row.bytes.has_value();
  due.reset();
  return {};
}

Result<void> RowCheck::Work::batch(Row const& row) {
  if (due || next == 0 || row.key != next - 1) return out_of_place("batch", row.key);
  if (running.end_batch() != row.digest)
    return fail(ErrorCode::corrupt, "the running digest of the batch that ends with record " +
                                        std::to_string(row.key) + " is not that of its leaves");
  head = {next, row.digest};
  return {};
}

RowCheck::RowCheck() : work_(std::make_unique<Work>()) {}
RowCheck::~RowCheck() = default;
RowCheck::RowCheck(RowCheck&&) noexcept = default;

Result<void> RowCheck::take(Row const& row) {
  switch (row.kind) {
    case Row::Kind::record: return work_->record(row);
    case Row::Kind::payload: return work_->payload(row);
    case Row::Kind::batch: return work_->batch(row);
  }
  return fail(ErrorCode::corrupt, "a row of no known kind");
}

Result<Head> RowCheck::finish() const {
  if (work_->due || work_->head.size != work_->next)
    return fail(ErrorCode::corrupt, "the last batch is not whole");
  return work_->head;
}

uint64_t RowCheck::payloads() const { return work_->payloads; }

struct Rebuilding::Work {
  std::string path;
  std::optional<Connection> database;  // ends after the statements
  Statement begin, commit, put_record, put_payload, put_batch;
  size_t waiting = 0;  // records since the last commit

  Result<void> put(Row const& row);
  Result<void> some();
};

Result<void> Rebuilding::Work::put(Row const& row) {
  Statement& into = row.kind == Row::Kind::record    ? put_record
                    : row.kind == Row::Kind::payload ? put_payload
                                                     : put_batch;
  into.bind(1, row.key);
  if (row.kind == Row::Kind::batch) {
    into.bind_blob(2, row.digest.view());
  } else if (row.bytes) {
    into.bind_blob(2, *row.bytes);
  } else {
    into.bind_nothing(2);
  }
  if (row.kind == Row::Kind::record) into.bind_blob(3, row.digest.view());
  return into.run();
}

// Nobody looks at it before it is whole, so a commit is there to keep the write-ahead log short.
Result<void> Rebuilding::Work::some() {
  waiting = 0;
  TRY_VOID(commit.run());
  return begin.run();
}

Rebuilding::Rebuilding(std::unique_ptr<Work> work) : work_(std::move(work)) {}
Rebuilding::~Rebuilding() = default;
Rebuilding::Rebuilding(Rebuilding&&) noexcept = default;

Result<Rebuilding> Rebuilding::begin(std::string const& path) {
  TRY_VOID(create_database(path));
  auto database = TRY(open_database(path));
  auto const make = [&](char const* sql) { return Statement::prepare(database, sql); };
  auto begin = TRY(make("BEGIN IMMEDIATE")), commit = TRY(make("COMMIT"));
  auto record = TRY(make("INSERT INTO records(idx, parts, leaf) VALUES(?1, ?2, ?3)"));
  auto payload = TRY(make("INSERT INTO payloads(key, bytes) VALUES(?1, ?2)"));
  auto batch = TRY(make("INSERT INTO batches(last, digest) VALUES(?1, ?2)"));
  TRY_VOID(begin.run());
  return Rebuilding(
      std::unique_ptr<Work>(new Work{path, std::move(database), std::move(begin), std::move(commit),
                                     std::move(record), std::move(payload), std::move(batch)}));
}

Result<void> Rebuilding::put(Row const& row) {
  TRY_VOID(work_->put(row));
  if (++work_->waiting < limits::scan_records) return {};
  return work_->some();
}

Result<Head> Rebuilding::finish() {
  TRY_VOID(work_->commit.run());
  TRY_VOID(work_->database->checkpoint(Connection::Checkpoint::truncate));
  std::string const path = work_->path;
  work_.reset();
  auto const report = TRY(verify(path, [](Index, Index) {}));
  if (report.damage) return fail(ErrorCode::corrupt, report.damage->what);
  return report.head;
}

}  // namespace comity::journal
