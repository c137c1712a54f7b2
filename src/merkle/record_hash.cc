#include "merkle/record_hash.h"

#include "base/ensure.h"
#include "crypto/sha256.h"

namespace comity::merkle {

Digest part_hash(Digest const& salt, BytesView part) {
  static thread_local crypto::Sha256 reused;
  return reused.update(salt.view()).update(part).finish();
}

size_t padded_count(size_t parts) {
  size_t count = 4;
  while (count < parts) count *= 4;
  return count;
}

std::vector<Digest> hash_list(std::vector<Digest> part_hashes, std::span<Digest const> padding) {
  ensure(part_hashes.size() + padding.size() == padded_count(part_hashes.size()));
  part_hashes.insert(part_hashes.end(), padding.begin(), padding.end());
  return part_hashes;
}

Digest record_hash(std::span<Digest const> hash_list) {
  ensure(hash_list.size() == padded_count(hash_list.size()));
  static thread_local crypto::Sha256 reused;
  for (Digest const& entry : hash_list) reused.update(entry.view());
  return reused.finish();
}

}  // namespace comity::merkle
