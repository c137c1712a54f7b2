// How a record lies on disk: its parts, each with its salt. How they are hashed into a leaf is merkle/record_hash.h.
//
// Each told part stands at a place of the tree of told parts that is drawn at random, so that its place says nothing of
// how many others there are. On disk they keep the order of model::parts_of; the place is stored beside each.
//
// A part that was destroyed has lost its bytes and its salt and kept its hash: the record still hashes to its
// leaf.
//
// Errors: `corrupt` where bytes are not a record. Pure functions of their arguments but for the Salts;
// thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/seam.h"
#include "merkle/record_hash.h"
#include "model/record.h"

namespace comity::journal {

// Random octets drawn from the system in large pieces: one call for every salt would cost more than the
// insert.
class Salts {
 public:
  explicit Salts(Entropy& entropy) : entropy_(entropy), pool_(8'192), used_(pool_.size()) {}

  Digest digest();
  // Uniform among 0 … bound - 1; bound is small, so that the bias of the remainder is below 2^-50.
  uint32_t below(uint32_t bound);

 private:
  uint8_t const* take(size_t octets);

  Entropy& entropy_;
  std::vector<uint8_t> pool_;
  size_t used_;
};

struct StoredPart {
  model::PartKind kind = model::PartKind::envelope;
  uint32_t place = 0;          // of a told part, in their tree; of others 0
  Digest salt;                 // of a destroyed part: its hash
  std::optional<Bytes> bytes;  // absent: destroyed

  auto fields(this auto& self) { return std::tie(self.kind, self.place, self.salt, self.bytes); }
};

struct StoredRecord {
  std::vector<StoredPart> parts;
  Digest filler_seed;  // never given to anybody: it tells fillers from parts

  auto fields(this auto& self) { return std::tie(self.parts, self.filler_seed); }
};

// The digest under which a payload is named inside the sealed part (25-isolation E2).
Digest payload_commitment(Digest const& salt, BytesView payload);

StoredRecord scatter(model::Record const& record, Salts& salts);
// The inverse. The record says if its sealed part is gone.
Result<model::Record> gather(StoredRecord stored);

// The list of hashes. Fails when a place is doubled or out of range, or a part is there twice.
Result<merkle::RecordList> list_of(StoredRecord const& stored);
// The leaf hash, computed from what is stored.
Result<Digest> leaf_of(StoredRecord const& stored);

// The parts that are the author's. What is sealed goes with them where it was made of a payload that the author sent, and
// never where it holds the verifier of a password.
Result<model::OwnParts> own_parts(StoredRecord const& stored, model::Record const& record);

// Takes bytes and salt out of the sealed part and leaves its hash. False: there was nothing left to destroy.
bool destroy_sealed(StoredRecord& stored);

}  // namespace comity::journal
