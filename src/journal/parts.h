// How a record lies on disk: its parts, each with its salt, in a list whose order tells nothing (25-isolation
// G7).
//
//   part hash    SHA-256(salt ‖ part), salt 32 random octets
//   list         part hashes and fillers, 4, 16, 64 … in all
//   filler       SHA-256(seed ‖ place), the seed 32 random octets of the record's own, the place one octet or more
//   record hash  SHA-256(list)
//   leaf         RFC 6962 leaf hash of 0x01 ‖ record hash
//
// Each part stands at a place of the list drawn at random. Who is given a part with its siblings therefore
// learns from its place nothing about the parts before it: neither whether the command had effects nor how
// many others were told. On disk the parts keep the order of model::parts_of, because replay must see
// releases in the order of the ruling; the place is stored beside each.
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
  uint32_t place = 0;
  Digest salt;                 // of a destroyed part: its hash
  std::optional<Bytes> bytes;  // absent: destroyed

  auto fields(this auto& self) { return std::tie(self.kind, self.place, self.salt, self.bytes); }
};

struct StoredRecord {
  std::vector<StoredPart> parts;
  uint32_t size = 0;   // of the list
  Digest filler_seed;  // never given to anybody: it tells fillers from parts

  auto fields(this auto& self) { return std::tie(self.parts, self.size, self.filler_seed); }
};

// The digest under which a payload is named inside the sealed part (25-isolation E2).
Digest payload_commitment(Digest const& salt, BytesView payload);

StoredRecord scatter(model::Record const& record, Salts& salts);
// The inverse. The record says if its sealed part is gone.
Result<model::Record> gather(StoredRecord stored);

// The whole list. Fails when places are doubled or out of range, or the list has not its length.
Result<std::vector<Digest>> list_of(StoredRecord const& stored);
// The leaf hash, computed from what is stored.
Result<Digest> leaf_of(StoredRecord const& stored);

// The parts that are the author's. What is sealed goes with them where it was made of a payload that the author sent, and
// never where it holds the verifier of a password.
Result<model::OwnParts> own_parts(StoredRecord const& stored, model::Record const& record);

// Takes bytes and salt out of the sealed part and leaves its hash. False: there was nothing left to destroy.
bool destroy_sealed(StoredRecord& stored);

}  // namespace comity::journal
