// The file of a backup: a heading, pieces, an end. Shared by the sources of backup.h and nobody else.
//
//   "comity-backup/1\n"
//   heading   length in 4 octets, most significant first; BackupHeading
//   pieces    each: length in 4 octets; BackupPiece, sealed if the heading says so
//
// The last piece has an end with the digest of all that stands before it, so that a file that was cut off or changed is told
// from a whole one also where nothing is sealed: of the heading SHA-256(32 zeros ‖ its octets), and of each piece
// SHA-256(the digest before ‖ its octets). The heading is authenticated with the first sealed piece.
#pragma once

#include <memory>
#include <optional>
#include <tuple>
#include <vector>

#include "base/seam.h"
#include "crypto/sealed_stream.h"
#include "journal/copying.h"

namespace comity::sequencer {

struct SealedTo {
  std::string recipient;  // id of the key
  Bytes key, header;      // of the stream
  auto fields(this auto& self) { return std::tie(self.recipient, self.key, self.header); }
};

struct BackupHeading {
  int64_t row_format = 0;
  UtcTime made;
  std::optional<SealedTo> sealed;
  auto fields(this auto& self) { return std::tie(self.row_format, self.made, self.sealed); }
};

struct KeptFile {
  std::string name;  // in the folder of keys
  Bytes bytes;
  auto fields(this auto& self) { return std::tie(self.name, self.bytes); }
};

struct BackupEnd {
  Index size = 0;
  Digest running;
  uint64_t payloads = 0;
  Digest before;
  auto fields(this auto& self) { return std::tie(self.size, self.running, self.payloads, self.before); }
};

struct BackupPiece {
  std::vector<KeptFile> files;
  std::vector<journal::Row> rows;
  std::optional<BackupEnd> end;
  auto fields(this auto& self) { return std::tie(self.files, self.rows, self.end); }
};

class BackupWriter {
 public:
  static Result<BackupWriter> begin(std::string const& path, UtcTime made,
                                    std::optional<crypto::RecipientPublicKey> const& recipient, Seam seam);

  Result<void> put(KeptFile file);
  Result<void> put(journal::Row row);
  // Durable when it returns.
  Result<void> end(journal::Head const& head, uint64_t payloads);
  // With which what was written can be read back.
  std::optional<crypto::SymmetricKey> const& session() const { return session_; }

 private:
  BackupWriter() = default;
  Result<void> flush(crypto::Piece which);
  Result<void> write(BytesView octets);

  std::unique_ptr<Writing> file_;
  std::optional<crypto::SymmetricKey> session_;
  std::optional<crypto::StreamSealer> sealer_;
  Bytes heading_;  // until the first piece is out
  BackupPiece piece_;
  size_t waiting_ = 0;
  Digest so_far_;
};

class BackupReader {
 public:
  static Result<BackupReader> begin(std::string const& path, Seam seam);
  BackupHeading const& heading() const { return heading_; }
  // Before next(), where the heading says that it is sealed.
  Result<void> open_with(crypto::SymmetricKey const& session);
  // Pieces up to the one that has the end, which is checked; nothing may stand behind it.
  Result<BackupPiece> next();

 private:
  BackupReader() = default;
  Result<Bytes> octets();

  std::unique_ptr<Reading> file_;
  uint64_t left_ = 0;
  BackupHeading heading_;
  Bytes beside_;
  std::optional<crypto::StreamOpener> opener_;
  Digest so_far_;
};

}  // namespace comity::sequencer
