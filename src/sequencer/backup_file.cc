#include "sequencer/backup_file.h"

#include <algorithm>

#include "base/ensure.h"
#include "base/limits.h"
#include "codec/codec.h"
#include "crypto/sha256.h"

namespace comity::sequencer {
namespace {

constexpr BytesView magic = "comity-backup/1\n";
constexpr unsigned private_file = 0600;
constexpr size_t length_octets = 4;

Bytes length_of(size_t size) {
  ensure(size <= UINT32_MAX);
  Bytes out(length_octets, '\0');
  for (size_t i = 0; i < length_octets; ++i)
    out[i] = static_cast<char>(size >> (8 * (length_octets - 1 - i)) & 0xff);
  return out;
}

size_t length_in(BytesView octets) {
  size_t length = 0;
  for (char const octet : octets) length = length << 8 | static_cast<uint8_t>(octet);
  return length;
}

std::unexpected<Error> damaged(std::string const& what) {
  return fail(ErrorCode::corrupt, "the backup is damaged: " + what + ". Nothing was made. Take another one.");
}

Digest with(Digest const& so_far, BytesView octets) {
  return crypto::Sha256().update(so_far.view()).update(octets).finish();
}

// Any octets at all: what is wrong with them is damage, whatever reading them says.
template <class T>
Result<T> read_as(BytesView octets) {
  auto read = codec::decode<T>(octets);
  if (!read) return damaged(read.error().detail);
  return read;
}

}  // namespace

Result<BackupWriter> BackupWriter::begin(std::string const& path, UtcTime made,
                                         std::optional<crypto::RecipientPublicKey> const& recipient,
                                         Seam seam) {
  BackupWriter writer;
  BackupHeading heading{journal::row_format(), made, {}};
  if (recipient) {
    writer.session_ = crypto::SymmetricKey::generate(seam.entropy);
    writer.sealer_.emplace(*writer.session_);
    heading.sealed =
        SealedTo{recipient->id(), crypto::seal_key(*recipient, *writer.session_), writer.sealer_->header()};
  }
  writer.heading_ = codec::encode(heading);
  writer.file_ = TRY(seam.files.create(path, private_file));
  TRY_VOID(writer.file_->write(magic));
  TRY_VOID(writer.write(writer.heading_));
  return writer;
}

Result<void> BackupWriter::write(BytesView octets) {
  so_far_ = with(so_far_, octets);
  TRY_VOID(file_->write(length_of(octets.size())));
  return file_->write(octets);
}

Result<void> BackupWriter::put(KeptFile file) {
  piece_.files.push_back(std::move(file));
  return {};
}

Result<void> BackupWriter::put(journal::Row row) {
  waiting_ += row.bytes ? row.bytes->size() : 0;
  piece_.rows.push_back(std::move(row));
  if (waiting_ < limits::backup_piece_bytes) return {};
  return flush(crypto::Piece::another);
}

Result<void> BackupWriter::flush(crypto::Piece which) {
  Bytes octets = codec::encode(piece_);
  if (sealer_) octets = sealer_->seal(octets, heading_, which);
  heading_.clear();
  piece_ = {};
  waiting_ = 0;
  return write(octets);
}

Result<void> BackupWriter::end(journal::Head const& head, uint64_t payloads) {
  TRY_VOID(flush(crypto::Piece::another));
  piece_.end = BackupEnd{head.size, head.running, payloads, so_far_};
  TRY_VOID(flush(crypto::Piece::last));
  return file_->sync();
}

Result<BackupReader> BackupReader::begin(std::string const& path, Seam seam) {
  BackupReader reader;
  reader.file_ = TRY(seam.files.open(path));
  reader.left_ = reader.file_->size();
  auto const no_backup = [&] { return fail(ErrorCode::bad_input, path + " is no backup of Comity"); };
  if (reader.left_ < magic.size()) return no_backup();
  Bytes const first = TRY(reader.file_->read(magic.size()));
  if (first != magic) {
    if (!first.starts_with("comity-backup/")) return no_backup();
    return fail(ErrorCode::newer_format,
                path + " was written by a newer Comity. Nothing was made. Install that one to restore it.");
  }
  reader.left_ -= magic.size();
  reader.beside_ = TRY(reader.octets());
  reader.heading_ = TRY(read_as<BackupHeading>(reader.beside_));
  return reader;
}

Result<void> BackupReader::open_with(crypto::SymmetricKey const& session) {
  ensure(heading_.sealed.has_value());
  opener_.emplace(TRY(crypto::StreamOpener::begin(session, heading_.sealed->header)));
  return {};
}

Result<Bytes> BackupReader::octets() {
  if (left_ < length_octets) return damaged("it was cut off");
  Bytes const length = TRY(file_->read(length_octets));
  left_ -= length_octets;
  if (length_in(length) > left_) return damaged("it was cut off, or its bytes were changed");
  Bytes octets = TRY(file_->read(length_in(length)));
  left_ -= octets.size();
  so_far_ = with(so_far_, octets);
  return octets;
}

Result<BackupPiece> BackupReader::next() {
  Digest const before = so_far_;
  Bytes stored = TRY(octets());
  bool is_last = left_ == 0;
  if (opener_) {
    auto opened = opener_->open(stored, beside_);
    if (!opened) return damaged("a sealed piece does not open");
    stored = std::move(opened->bytes);
    is_last = opened->which == crypto::Piece::last;
    beside_.clear();
  }
  auto piece = TRY(read_as<BackupPiece>(stored));
  if (piece.end.has_value() != is_last || (is_last && left_ != 0)) return damaged("its end is not its end");
  if (piece.end && piece.end->before != before) return damaged("its bytes were changed");
  return piece;
}

}  // namespace comity::sequencer
