#include "journal/batch_chain.h"

namespace comity::journal {
namespace {

struct Batch {
  Index last = 0;
  Digest digest;
};

Result<std::optional<Batch>> find(Statement& statement, Index index) {
  Resetting const resetting(statement);
  statement.bind(1, index);
  if (!TRY(statement.step())) return std::nullopt;
  if (statement.blob(1).size() != 32)
    return fail(ErrorCode::corrupt, "a running digest is not 32 octets long");
  return Batch{statement.number(0), Digest::from(statement.blob(1))};
}

}  // namespace

Result<BatchChain> BatchChain::at(ReadConnection& connection, Index from) {
  auto const before = TRY(find(connection.before, from));
  if (from == 0 || (before && before->last + 1 == from))
    return BatchChain(before ? before->digest : Digest{}, from);
  auto const around = TRY(find(connection.batch, from));
  if (!around) return fail(ErrorCode::not_found, "the journal ends before record " + std::to_string(from));
  return BatchChain(around->digest, around->last + 1);
}

Result<void> BatchChain::add(ReadConnection& connection, Index index, Digest const& leaf) {
  if (index < first_) return {};
  if (!open_) {
    auto const batch = TRY(find(connection.batch, index));
    if (!batch) return fail(ErrorCode::corrupt, "record " + std::to_string(index) + " belongs to no batch");
    last_ = batch->last, expected_ = batch->digest, open_ = true;
  }
  digest_.add(leaf);
  if (index < last_) return {};
  running_ = digest_.end_batch();
  if (running_ != expected_)
    return fail(ErrorCode::corrupt, "the running digest of the batch that ends with record " +
                                        std::to_string(index) + " is not that of its leaves");
  open_ = false;
  ++batches_;
  return {};
}

}  // namespace comity::journal
