#include "journal/journal.h"

#include <unistd.h>

#include <utility>

#include "base/ensure.h"
#include "base/in_parallel.h"
#include "base/limits.h"
#include "codec/codec.h"
#include "journal/batch_chain.h"
#include "journal/database.h"
#include "journal/file_lock.h"
#include "journal/parts.h"

namespace comity::journal {
namespace {

struct Row {
  Bytes parts;
  Digest leaf;
};

void commit_to(Entry& entry, Salts& salts) {
  if (!entry.payload || !entry.record.payload_commitment.is_none()) return;
  entry.record.payload_salt = salts.digest();
  entry.record.payload_commitment = payload_commitment(entry.record.payload_salt, *entry.payload);
}

constexpr size_t records_worth_a_thread = 100;  // to be hashed; a thread takes as long to start as twenty

// Commits to the payloads, then to the parts, of which the sealed one names the payload's commitment. Salts are drawn one after
// another; what is made of them then is made on all cores.
std::vector<Row> seal(std::span<Entry> entries, Salts& salts) {
  std::vector<StoredRecord> stored;
  stored.reserve(entries.size());
  for (Entry& entry : entries) {
    commit_to(entry, salts);
    stored.push_back(scatter(entry.record, salts));
  }
  std::vector<Row> rows(entries.size());
  in_parallel(entries.size(), records_worth_a_thread, [&](size_t i) {
    auto const leaf = leaf_of(stored[i]);
    ensure(leaf);
    entries[i].leaf = *leaf;
    rows[i] = {codec::encode(stored[i]), *leaf};
  });
  return rows;
}

struct Statements {
  Statement begin, commit, rollback, put_record, put_payload, put_batch, find_record, replace_parts,
      empty_payload;

  static Result<Statements> prepare(Connection& database) {
    auto const make = [&](char const* sql) { return Statement::prepare(database, sql); };
    return Statements{
        .begin = TRY(make("BEGIN IMMEDIATE")),
        .commit = TRY(make("COMMIT")),
        .rollback = TRY(make("ROLLBACK")),
        .put_record = TRY(make("INSERT INTO records(idx, parts, leaf) VALUES(?1, ?2, ?3)")),
        .put_payload = TRY(make("INSERT INTO payloads(key, bytes) VALUES(?1, ?2)")),
        .put_batch = TRY(make("INSERT INTO batches(last, digest) VALUES(?1, ?2)")),
        .find_record = TRY(make("SELECT parts FROM records WHERE idx = ?1")),
        .replace_parts = TRY(make("UPDATE records SET parts = ?2 WHERE idx = ?1")),
        .empty_payload = TRY(make("UPDATE payloads SET bytes = NULL WHERE key = ?1")),
    };
  }
};

// What is left of a record, and which payload goes with what is destroyed.
struct Remains {
  Index index;
  Bytes parts;
  PayloadKey payload;
};

Result<Remains> remains_of(Statement& find_record, Index index) {
  Resetting const resetting(find_record);
  find_record.bind(1, index);
  if (!TRY(find_record.step()))
    return fail(ErrorCode::not_found, "there is no record " + std::to_string(index));
  auto stored = TRY(codec::decode<StoredRecord>(find_record.blob(0)));
  PayloadKey const payload = TRY(gather(stored)).payload;
  destroy_sealed(stored);
  return Remains{index, codec::encode(stored), payload};
}

Result<Head> checked_head(Connection& database, Reader const& reader) {
  Head const head = TRY(reader.head());
  auto const records =
      static_cast<Index>(TRY(database.number("SELECT coalesce(max(idx), -1) + 1 FROM records")));
  if (records != head.size)
    return fail(ErrorCode::corrupt, "the journal ends with record " + std::to_string(records) +
                                        ", its batches with " + std::to_string(head.size) +
                                        ". Restore it from a backup.");
  return head;
}

}  // namespace

struct Journal::Writer {
  FileLock lock;
  Connection database;
  Statements sql;
  std::unique_ptr<Reader> reader;
  Salts salts;
  Head head;
  RunningDigest running;
  PayloadKey next_payload;
  int log_frames = 0;  // in the write-ahead log after the last commit
  bool log_holds_destroyed = false;
  unsigned vain_tries = 0;  // to empty the log, since it last was
  std::optional<Error> stopped = {};

  static Result<std::unique_ptr<Writer>> open(std::string const& path, FileLock lock, Entropy& entropy);

  Result<void> refuse_if_stopped() const;
  Result<void> stop(Error error);
  Result<void> write(std::span<Entry const> entries, std::span<Row const> rows, Digest const& digest);
  Result<void> write(std::span<Remains const> all);
  Result<void> tend_log();
};

Result<std::unique_ptr<Journal::Writer>> Journal::Writer::open(std::string const& path, FileLock lock,
                                                               Entropy& entropy) {
  // A commit whose fsync failed may be visible and yet stand in the system's cache only. It is made durable
  // before the database is touched, or losing power then would leave a part of it there.
  TRY_VOID(rewrite(path + "-wal"));
  auto database = TRY(open_database(path));
  // A destruction may have been cut off before the log was emptied. Dying in here leaves it to the next
  // start.
  TRY_VOID(database.checkpoint(Connection::Checkpoint::truncate));
  database.wait_at_most(limits::log_empty_wait);
  auto sql = TRY(Statements::prepare(database));
  auto reader = TRY(Reader::open(path));
  Head const head = TRY(checked_head(database, *reader));
  auto const payloads = TRY(database.number("SELECT coalesce(max(key), 0) FROM payloads"));
  std::unique_ptr<Writer> writer(
      new Writer{std::move(lock), std::move(database), std::move(sql), std::move(reader), Salts(entropy),
                 head, RunningDigest(head.running), static_cast<PayloadKey>(payloads) + 1});
  writer->database.watch_log(&writer->log_frames);
  return writer;
}

Result<void> Journal::Writer::refuse_if_stopped() const {
  if (stopped) return std::unexpected(*stopped);
  return {};
}

// From here on nothing is written, not even when the file is closed. Whether the batch is on the disk is
// open.
Result<void> Journal::Writer::stop(Error error) {
  static_cast<void>(sql.rollback.run());  // SQLite may have rolled back itself
  database.leave_log_on_close();
  stopped = Error{
      ErrorCode::io,
      "the journal has stopped and takes nothing more; start again when this is mended: " + error.detail};
  return refuse_if_stopped();
}

Result<void> Journal::Writer::write(std::span<Entry const> entries, std::span<Row const> rows,
                                    Digest const& digest) {
  TRY_VOID(sql.begin.run());
  for (size_t i = 0; i < entries.size(); ++i) {
    model::Record const& record = entries[i].record;
    sql.put_record.bind(1, record.index);
    sql.put_record.bind_blob(2, rows[i].parts);
    sql.put_record.bind_blob(3, rows[i].leaf.view());
    TRY_VOID(sql.put_record.run());
    if (record.payload == 0) continue;
    sql.put_payload.bind(1, record.payload);
    sql.put_payload.bind_blob(2, *entries[i].payload);
    TRY_VOID(sql.put_payload.run());
  }
  sql.put_batch.bind(1, entries.back().record.index);
  sql.put_batch.bind_blob(2, digest.view());
  TRY_VOID(sql.put_batch.run());
  // Dying before this line leaves nothing of the batch; within it, all or nothing, and nobody was answered;
  // after it, all. An error in it: not written, or failed but written (see the header); opening again settles
  // which.
  return sql.commit.run();
}

Result<void> Journal::Writer::write(std::span<Remains const> all) {
  TRY_VOID(sql.begin.run());
  for (Remains const& remains : all) {
    sql.replace_parts.bind(1, remains.index);
    sql.replace_parts.bind_blob(2, remains.parts);
    TRY_VOID(sql.replace_parts.run());
    if (remains.payload == 0) continue;
    sql.empty_payload.bind(1, remains.payload);
    TRY_VOID(sql.empty_payload.run());
  }
  // Dying before this line destroys nothing, and boot asks for it again; after it, the old pages are still in
  // the write-ahead log, which opening empties.
  return sql.commit.run();
}

// After a commit. A failure here takes nothing back of what was committed, but the journal has stopped.
Result<void> Journal::Writer::tend_log() {
  if (!log_holds_destroyed && log_frames < limits::log_pages) return {};
  // Where one reads on for long, a backup say, not every commit waits for it.
  database.wait_at_most(vain_tries % limits::log_vain_tries == 0 ? limits::log_empty_wait : Duration{});
  auto const moved = database.checkpoint(log_holds_destroyed ? Connection::Checkpoint::truncate
                                                             : Connection::Checkpoint::passive);
  database.wait_at_most(limits::log_empty_wait);
  vain_tries = moved ? 0 : vain_tries + 1;
  if (moved) {
    log_holds_destroyed = false;
  } else if (moved.error().code !=
             ErrorCode::busy) {  // busy: a reader is in the way, the next commit tries again
    return stop(moved.error());
  }
  return {};
}

Journal::Journal(std::unique_ptr<Writer> writer) : writer_(std::move(writer)) {}
Journal::~Journal() = default;

Result<std::unique_ptr<Journal>> Journal::create(std::string const& path, Entropy& entropy) {
  auto lock = TRY(FileLock::take(path));
  TRY_VOID(create_database(path));
  auto writer = TRY(Writer::open(path, std::move(lock), entropy));
  return std::unique_ptr<Journal>(new Journal(std::move(writer)));
}

Result<std::unique_ptr<Journal>> Journal::open(std::string const& path, Entropy& entropy) {
  if (::access(path.c_str(), F_OK) != 0) return fail(ErrorCode::not_found, "there is no journal " + path);
  auto lock = TRY(FileLock::take(path));
  auto writer = TRY(Writer::open(path, std::move(lock), entropy));
  return std::unique_ptr<Journal>(new Journal(std::move(writer)));
}

void Journal::commit_to_payload(Entry& entry) { commit_to(entry, writer_->salts); }

Result<void> Journal::append(std::span<Entry> entries, Tend tend) {
  TRY_VOID(writer_->refuse_if_stopped());
  if (entries.empty()) return {};
  Index next_index = writer_->head.size;
  PayloadKey next_payload = writer_->next_payload;
  for (Entry const& entry : entries) {
    ensure(entry.record.index == next_index++);
    ensure(entry.record.payload == 0 || (entry.payload && entry.record.payload == next_payload++));
    ensure(!entry.record.sealed_destroyed);
  }
  std::vector<Row> const rows = seal(entries, writer_->salts);
  for (Row const& row : rows) writer_->running.add(row.leaf);
  Digest const digest = writer_->running.end_batch();
  if (auto const written = writer_->write(entries, rows, digest); !written)
    return writer_->stop(written.error());
  writer_->head = {writer_->head.size + entries.size(), digest};
  writer_->next_payload = next_payload;
  if (tend == Tend::now) static_cast<void>(writer_->tend_log());  // the next one is told
  return {};
}

Result<void> Journal::tend() {
  TRY_VOID(writer_->refuse_if_stopped());
  return writer_->tend_log();
}

Result<void> Journal::destroy(std::span<Index const> records) {
  TRY_VOID(writer_->refuse_if_stopped());
  if (records.empty()) return {};
  std::vector<Remains> all;
  for (Index const index : records) all.push_back(TRY(remains_of(writer_->sql.find_record, index)));
  if (auto const written = writer_->write(all); !written) return writer_->stop(written.error());
  for (Remains const& remains : all) writer_->reader->forget_payload(remains.payload);
  writer_->log_holds_destroyed = true;
  static_cast<void>(writer_->tend_log());  // it is destroyed; the next one is told
  return {};
}

Head const& Journal::head() const { return writer_->head; }
PayloadKey Journal::next_payload() const { return writer_->next_payload; }
Reader const& Journal::reader() const { return *writer_->reader; }

}  // namespace comity::journal
