#include "journal/row.h"

#include "codec/codec.h"
#include "journal/parts.h"

namespace comity::journal {
namespace {

Result<model::Record> open(Index index, BytesView parts, BytesView leaf, Reader::Check check) {
  auto stored = TRY(codec::decode<StoredRecord>(parts));
  if (check == Reader::Check::leaves && TRY(leaf_of(stored)).view() != leaf)
    return fail(ErrorCode::corrupt, "its parts do not hash to its leaf");
  auto record = TRY(gather(std::move(stored)));
  if (record.index != index)
    return fail(ErrorCode::corrupt, "its envelope has index " + std::to_string(record.index));
  return record;
}

}  // namespace

Result<model::Record> open_row(Index index, BytesView parts, BytesView leaf, Reader::Check check) {
  auto record = open(index, parts, leaf, check);
  if (!record)
    return fail(ErrorCode::corrupt, "record " + std::to_string(index) + ": " + record.error().detail);
  return record;
}

}  // namespace comity::journal
