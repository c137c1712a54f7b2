#include "journal/parts.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <set>
#include <utility>

#include "base/ensure.h"
#include "crypto/sha256.h"
#include "merkle/leaf.h"

namespace comity::journal {
namespace {

Digest hash_of(StoredPart const& part) {
  return part.bytes ? merkle::part_hash(part.salt, *part.bytes) : part.salt;
}

merkle::Place place_of(model::PartKind kind) {
  return static_cast<merkle::Place>(static_cast<int>(kind) - 1);
}

Result<Digest> root_of_told(StoredRecord const& stored) {
  std::vector<merkle::ToldHash> told;
  for (StoredPart const& part : stored.parts)
    if (part.kind == model::PartKind::told) told.push_back({part.place, hash_of(part)});
  std::ranges::sort(told, {}, &merkle::ToldHash::place);
  bool const doubled = std::ranges::adjacent_find(told, {}, &merkle::ToldHash::place) != told.end();
  if (doubled || (!told.empty() && told.back().place >= merkle::told_places))
    return fail(ErrorCode::corrupt, "two told parts at one place, or one at none");
  return merkle::told_root(stored.filler_seed, told);
}

// Of other kinds what is sealed is the verifier of a password.
bool is_of_what_was_sent(model::CommandKind kind) {
  using enum model::CommandKind;
  return kind == contribute || kind == draft_agreement || kind == edit_draft;
}

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
  StoredRecord stored;
  stored.parts.reserve(parts.size());
  std::set<uint32_t> taken;
  for (model::Part& part : parts) {
    uint32_t place = 0;
    if (part.kind == model::PartKind::told) {
      do place = salts.below(merkle::told_places);
      while (!taken.insert(place).second);
    }
    stored.parts.push_back({part.kind, place, salts.digest(), std::move(part.bytes)});
  }
  stored.filler_seed = salts.digest();
  return stored;
}

Result<merkle::RecordList> list_of(StoredRecord const& stored) {
  merkle::RecordList list;
  std::array<bool, list.size()> there{};
  for (StoredPart const& part : stored.parts) {
    auto const place = static_cast<size_t>(place_of(part.kind));
    if (place >= list.size()) return fail(ErrorCode::corrupt, "a part of an unknown kind");
    if (part.kind == model::PartKind::told) continue;
    if (part.place != 0) return fail(ErrorCode::corrupt, "a part at a place that is not its own");
    if (std::exchange(there[place], true)) return fail(ErrorCode::corrupt, "two parts at one place");
    list[place] = hash_of(part);
  }
  list.back() = TRY(root_of_told(stored));
  for (size_t place = 0; place + 1 < list.size(); ++place)
    if (!there[place]) list[place] = merkle::filler(stored.filler_seed, static_cast<merkle::Place>(place));
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
  merkle::RecordList const list = TRY(list_of(stored));
  model::OwnParts own{{}, {list.begin(), list.end()}};
  for (StoredPart const& part : stored.parts) {
    bool const of_payload = part.kind == model::PartKind::sealed && is_of_what_was_sent(record.command.kind);
    bool const given =
        part.kind == model::PartKind::command || part.kind == model::PartKind::ruling || of_payload;
    if (given && part.bytes)
      own.parts.push_back({part.kind, static_cast<uint32_t>(place_of(part.kind)), part.salt, *part.bytes});
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
