#include "journal/parts.h"

#include <cstring>
#include <numeric>

#include "base/ensure.h"
#include "codec/codec.h"
#include "crypto/sha256.h"
#include "merkle/leaf.h"
#include "merkle/record_hash.h"

namespace comity::journal {
namespace {

Digest hash_of(StoredPart const& part) {
  return part.bytes ? merkle::part_hash(part.salt, *part.bytes) : part.salt;
}

Digest filler(Digest const& seed, uint32_t place) { return merkle::part_hash(seed, codec::encode(place)); }

}  // namespace

uint8_t const* Salts::take(size_t octets) {
  if (pool_.size() - used_ < octets) entropy_.fill(pool_), used_ = 0;
  uint8_t const* const start = pool_.data() + used_;
  used_ += octets;
  return start;
}

Digest Salts::digest() {
  Digest drawn;
  std::memcpy(drawn.octets.data(), take(drawn.octets.size()), drawn.octets.size());
  return drawn;
}

uint32_t Salts::below(uint32_t bound) {
  uint64_t drawn;
  std::memcpy(&drawn, take(sizeof drawn), sizeof drawn);
  return static_cast<uint32_t>(drawn % bound);
}

Digest payload_commitment(Digest const& salt, BytesView payload) { return merkle::part_hash(salt, payload); }

StoredRecord scatter(model::Record const& record, Salts& salts) {
  std::vector<model::Part> parts = model::parts_of(record);
  std::vector<uint32_t> places(merkle::padded_count(parts.size()));
  std::iota(places.begin(), places.end(), 0);
  StoredRecord stored;
  stored.parts.reserve(parts.size());
  for (size_t i = 0; i < parts.size(); ++i) {
    std::swap(places[i], places[i + salts.below(static_cast<uint32_t>(places.size() - i))]);
    stored.parts.push_back({parts[i].kind, places[i], salts.digest(), std::move(parts[i].bytes)});
  }
  stored.size = static_cast<uint32_t>(places.size());
  stored.filler_seed = salts.digest();
  return stored;
}

Result<std::vector<Digest>> list_of(StoredRecord const& stored) {
  size_t const size = stored.size;
  if (size != merkle::padded_count(stored.parts.size()))
    return fail(ErrorCode::corrupt, "the list of parts is not padded");
  std::vector<Digest> list(size);
  std::vector<uint8_t> taken(size);
  for (StoredPart const& part : stored.parts) {
    if (part.place >= size || taken[part.place]++) return fail(ErrorCode::corrupt, "two parts at one place");
    list[part.place] = hash_of(part);
  }
  for (uint32_t place = 0; place < size; ++place)
    if (!taken[place]) list[place] = filler(stored.filler_seed, place);
  return list;
}

Result<Digest> leaf_of(StoredRecord const& stored) {
  return merkle::leaf_hash(merkle::record_hash(TRY(list_of(stored))));
}

Result<model::Record> gather(StoredRecord stored) {
  std::vector<model::Part> parts;
  parts.reserve(stored.parts.size());
  bool destroyed = false;
  for (StoredPart& part : stored.parts) {
    if (part.bytes) {
      parts.push_back({part.kind, std::move(*part.bytes)});
    } else {
      destroyed = true;
      if (part.kind != model::PartKind::sealed)
        return fail(ErrorCode::corrupt, "a part is destroyed that may not be");
    }
  }
  model::Record record = TRY(model::record_of(parts));
  if (record.sealed_destroyed && !destroyed) return fail(ErrorCode::corrupt, "the sealed part is missing");
  record.sealed_destroyed = destroyed;
  return record;
}

Result<model::OwnParts> own_parts(StoredRecord const& stored, model::Record const& record) {
  model::OwnParts own{{}, TRY(list_of(stored))};
  for (StoredPart const& part : stored.parts) {
    bool const of_payload = part.kind == model::PartKind::sealed && !record.payload_commitment.is_none();
    bool const given =
        part.kind == model::PartKind::command || part.kind == model::PartKind::ruling || of_payload;
    if (given && part.bytes) own.parts.push_back({part.kind, part.place, part.salt, *part.bytes});
  }
  return own;
}

bool destroy_sealed(StoredRecord& stored) {
  for (StoredPart& part : stored.parts) {
    if (part.kind != model::PartKind::sealed || !part.bytes) continue;
    part.salt = hash_of(part);
    part.bytes.reset();
    return true;
  }
  return false;
}

}  // namespace comity::journal
