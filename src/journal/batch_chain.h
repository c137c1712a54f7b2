// The running digest, computed anew from leaves while records are read, and compared where a batch ends.
//
//   digest of a batch = SHA-256(digest of the batch before ‖ leaf hashes of the batch in order)
//
// Reading may start inside a batch: what is left of that one is passed over, and the check begins with the
// next. Private to the journal; one thread.
#pragma once

#include "base/bytes.h"
#include "base/ids.h"
#include "base/result.h"
#include "crypto/sha256.h"
#include "journal/read_connections.h"

namespace comity::journal {

// Fed leaf by leaf; goes on with the next batch where one ends.
class RunningDigest {
 public:
  explicit RunningDigest(Digest const& before) { hash_.update(before.view()); }
  void add(Digest const& leaf) { hash_.update(leaf.view()); }
  Digest end_batch() {
    Digest const digest = hash_.finish();
    hash_.update(digest.view());
    return digest;
  }

 private:
  crypto::Sha256 hash_;
};

class BatchChain {
 public:
  // For reading records from `from` on. `not_found` when the journal ends before that.
  static Result<BatchChain> at(ReadConnection& connection, Index from);

  // The next record's leaf. `corrupt` when it ends a batch and the digest differs, or when no batch holds it.
  Result<void> add(ReadConnection& connection, Index index, Digest const& leaf);

  // Over the batches that were whole so far.
  Digest const& running() const { return running_; }
  uint64_t batches() const { return batches_; }

 private:
  BatchChain(Digest const& before, Index first) : first_(first), running_(before), digest_(before) {}

  Index first_;      // where checking begins
  Index last_ = 0;   // of the batch at work, if `open_`
  Digest expected_;  // as stored
  bool open_ = false;
  Digest running_;
  uint64_t batches_ = 0;
  RunningDigest digest_;
};

}  // namespace comity::journal
