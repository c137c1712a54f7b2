#include "journal/snapshots.h"

#include <unistd.h>

#include <vector>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "journal/sqlite.h"

namespace comity::journal {
namespace {

// The format number is part of the name of the table: to another program's snapshots this one is blind, and
// replays.
constexpr char schema[] =
    "PRAGMA synchronous = FULL;"
    "PRAGMA secure_delete = ON;"
    "CREATE TABLE IF NOT EXISTS snapshots_1(idx INTEGER PRIMARY KEY, digest BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS pieces_1(idx INTEGER, piece INTEGER, bytes BLOB NOT NULL, PRIMARY KEY(idx, "
    "piece));";

Result<Connection> open_file(std::string const& path) {
  auto database = TRY(Connection::open(path, Connection::Mode::create));
  TRY_VOID(database.run(schema));
  return database;
}

Result<void> write(Connection& database, Index index, Digest const& digest, BytesView bytes) {
  auto remove = TRY(Statement::prepare(database, "DELETE FROM pieces_1 WHERE idx = ?1"));
  remove.bind(1, index);
  TRY_VOID(remove.run());
  auto head =
      TRY(Statement::prepare(database, "INSERT OR REPLACE INTO snapshots_1(idx, digest) VALUES(?1, ?2)"));
  head.bind(1, index);
  head.bind_blob(2, digest.view());
  TRY_VOID(head.run());
  auto put = TRY(Statement::prepare(database, "INSERT INTO pieces_1(idx, piece, bytes) VALUES(?1, ?2, ?3)"));
  for (uint64_t piece = 0; !bytes.empty(); ++piece) {
    BytesView const part = bytes.substr(0, limits::snapshot_piece_bytes);
    put.bind(1, index);
    put.bind(2, piece);
    put.bind_blob(3, part);
    TRY_VOID(put.run());
    bytes.remove_prefix(part.size());
  }
  return {};
}

Result<std::vector<Snapshot>> heads_newest_first(Connection& database) {
  auto heads = TRY(Statement::prepare(database, "SELECT idx, digest FROM snapshots_1 ORDER BY idx DESC"));
  std::vector<Snapshot> all;
  while (TRY(heads.step())) all.push_back({heads.number(0), Digest::from(heads.blob(1)), {}});
  return all;
}

bool trust_all(Index, Digest const&) { return true; }

// All but the one that was put and the newest other one that may be used.
Result<void> remove_old(Connection& database, Index put, Trust const& trust) {
  Index other = put;
  for (Snapshot const& one : TRY(heads_newest_first(database)))
    if (other == put && one.index != put && TRY(trust(one.index, one.digest))) other = one.index;
  for (char const* sql : {"DELETE FROM pieces_1 WHERE idx NOT IN (?1, ?2)",
                          "DELETE FROM snapshots_1 WHERE idx NOT IN (?1, ?2)"}) {
    auto remove = TRY(Statement::prepare(database, sql));
    remove.bind(1, put);
    remove.bind(2, other);
    TRY_VOID(remove.run());
  }
  return {};
}

Result<Bytes> bytes_of(Connection& database, Index index) {
  auto pieces = TRY(Statement::prepare(database, "SELECT bytes FROM pieces_1 WHERE idx = ?1 ORDER BY piece"));
  pieces.bind(1, index);
  Bytes bytes;
  while (TRY(pieces.step())) bytes.append(pieces.blob(0));
  return bytes;
}

Result<std::optional<Snapshot>> newest(Connection& database, Trust const& trust) {
  TRY_VOID(database.run("BEGIN"));
  for (Snapshot& snapshot : TRY(heads_newest_first(database))) {
    if (!TRY(trust(snapshot.index, snapshot.digest))) continue;
    auto bytes = bytes_of(database, snapshot.index);
    if (!bytes || crypto::sha256(*bytes) != snapshot.digest) continue;
    snapshot.bytes = std::move(*bytes);
    return std::move(snapshot);
  }
  return std::nullopt;
}

}  // namespace

Result<Digest> put_snapshot(std::string const& path, Index index, BytesView bytes) {
  return put_snapshot(path, index, bytes, trust_all);
}

Result<Digest> put_snapshot(std::string const& path, Index index, BytesView bytes, Trust const& trust) {
  Digest const digest = crypto::sha256(bytes);
  auto database = TRY(open_file(path));
  TRY_VOID(database.run("BEGIN IMMEDIATE"));
  TRY_VOID(write(database, index, digest, bytes));
  TRY_VOID(remove_old(database, index, trust));
  // Dying before this line leaves the snapshots as they were; after it, the new one and the one before.
  TRY_VOID(database.run("COMMIT"));
  return digest;
}

Result<std::optional<Snapshot>> latest_snapshot(std::string const& path) {
  return latest_snapshot(path, trust_all);
}

Result<std::optional<Snapshot>> latest_snapshot(std::string const& path, Trust const& trust) {
  if (::access(path.c_str(), F_OK) != 0) return std::nullopt;
  auto database = TRY(open_file(path));
  auto found = newest(database, trust);
  if (!found && found.error().code == ErrorCode::corrupt) return std::nullopt;
  return found;
}

}  // namespace comity::journal
