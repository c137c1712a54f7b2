#include "merkle/record_hash.h"

#include <algorithm>

#include "base/ensure.h"
#include "crypto/sha256.h"
#include "merkle/tree.h"

namespace comity::merkle {
namespace {

constexpr uint8_t list_level = 0xff;

Digest filler_at(Digest const& seed, unsigned level, uint32_t place) {
  char const where[] = {static_cast<char>(level), static_cast<char>(place >> 24),
                        static_cast<char>(place >> 16), static_cast<char>(place >> 8),
                        static_cast<char>(place)};
  return part_hash(seed, {where, sizeof where});
}

// The node at `place` of the level that is `level` above the leaves; `parts` are those below it.
Digest node_at(Digest const& seed, unsigned level, uint32_t place, std::span<ToldHash const> parts) {
  if (parts.empty()) return filler_at(seed, level, place);
  if (level == 0) {
    ensure(parts.size() == 1);
    return parts.front().hash;
  }
  uint32_t const middle = (2 * place + 1) << (level - 1);
  auto const right = std::ranges::lower_bound(parts, middle, {}, &ToldHash::place);
  auto const left_count = static_cast<size_t>(right - parts.begin());
  return node_hash(node_at(seed, level - 1, 2 * place, parts.first(left_count)),
                   node_at(seed, level - 1, 2 * place + 1, parts.subspan(left_count)));
}

}  // namespace

Digest part_hash(Digest const& salt, BytesView part) {
  static thread_local crypto::Sha256 reused;
  return reused.update(salt.view()).update(part).finish();
}

Digest filler(Digest const& seed, Place place) {
  return filler_at(seed, list_level, static_cast<uint32_t>(place));
}

Digest told_root(Digest const& seed, std::span<ToldHash const> parts) {
  ensure(std::ranges::is_sorted(parts, {}, &ToldHash::place));
  ensure(parts.empty() || parts.back().place < told_places);
  return node_at(seed, told_levels, 0, parts);
}

Digest record_hash(RecordList const& list) {
  static thread_local crypto::Sha256 reused;
  for (Digest const& entry : list) reused.update(entry.view());
  return reused.finish();
}

}  // namespace comity::merkle
