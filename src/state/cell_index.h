// Which entities lie in a cell: for every search of the standard's kind (f3548-rules G6, G9).
//
// A hash table from cell to rows of spans, sorted by the beginning of their time and cut into blocks of at most 96, each with the
// latest end of its spans: a search passes by the blocks that ended before it begins, and stops at the first that begins after its
// end. So it costs what is there in its time, whatever else the cell holds. What lasts long has a row of its own, or it would keep
// the blocks of what is short from being passed by. A hull has a span in each of its cells; what is found in several is told once.
// Intervals are closed.
//
// Whose a span is stands in it, so that who looks for others passes by its own without looking them up, and its own in one cell can be
// counted.
//
// A span takes 32 octets in each cell, and a third more for blocks that are not full. Adding and removing look through one block.
// Deterministic: the table is looked up by cell and never iterated, and what is found comes in the order of its keys.
// Thread rule: state.h.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "model/airspace.h"

namespace comity::state {

class CellIndex {
 public:
  void add(uint32_t key, model::Hull const& hull, uint32_t owner = nobody) {
    for (model::Cell const cell : hull.cells)
      add({hull.from, hull.until, hull.low_mm, hull.high_mm, key, owner}, rows_[cell][lasts_long(hull)]);
  }

  void remove(uint32_t key, model::Hull const& hull) {
    for (model::Cell const cell : hull.cells) {
      auto const found = rows_.find(cell);
      auto& rows = found->second;
      remove(key, hull.from, rows[lasts_long(hull)]);
      if (rows[0].empty() && rows[1].empty()) rows_.erase(found);
    }
  }

  // Calls `found(key)` once for each entity whose hull shares a cell, an instant and an altitude with this one (G9); but those of one owner.
  template <class Found>
  void each(model::Hull const& hull, Found const& found, uint32_t but_of = nobody) const {
    std::vector<uint32_t> keys;
    for (model::Cell const cell : hull.cells) {
      auto const rows = rows_.find(cell);
      if (rows == rows_.end()) continue;
      for (Row const& row : rows->second) search(row, hull, but_of, keys);
    }
    std::ranges::sort(keys);
    auto const repeated = std::ranges::unique(keys);
    keys.erase(repeated.begin(), repeated.end());
    for (uint32_t const key : keys) found(key);
  }

  // Of one owner in one cell, at whatever time and altitude.
  size_t count_in(model::Cell cell, uint32_t owner) const {
    size_t count = 0;
    auto const rows = rows_.find(cell);
    if (rows == rows_.end()) return count;
    for (Row const& row : rows->second)
      for (Block const& block : row)
        count += static_cast<size_t>(std::ranges::count(block.spans, owner, &Span::owner));
    return count;
  }

  static constexpr uint32_t nobody = UINT32_MAX;

 private:
  struct Span {
    UtcTime from, until;
    int32_t low_mm, high_mm;
    uint32_t key, owner;
  };
  struct Block {
    UtcTime first, latest;    // the earliest beginning and the latest end
    std::vector<Span> spans;  // sorted by their beginning; at least one
  };
  using Row = std::vector<Block>;  // likewise
  static constexpr size_t most = 96;

  // An hour is about what a flight takes. Halved, since a bound may be missing.
  static size_t lasts_long(model::Hull const& hull) {
    return hull.until.us / 2 - hull.from.us / 2 > hours(1).us / 2;
  }

  static void search(Row const& row, model::Hull const& hull, uint32_t but_of, std::vector<uint32_t>& keys) {
    for (Block const& block : row) {
      if (block.first > hull.until) break;
      if (block.latest < hull.from) continue;
      for (Span const& span : block.spans)
        if (span.from <= hull.until && span.until >= hull.from && span.low_mm <= hull.high_mm &&
            span.high_mm >= hull.low_mm && (but_of == nobody || span.owner != but_of))
          keys.push_back(span.key);
    }
  }

  static UtcTime latest_of(std::vector<Span> const& spans) {
    return std::ranges::max_element(spans, {}, &Span::until)->until;
  }

  static void add(Span const& span, Row& row) {
    auto at = std::ranges::upper_bound(row, span.from, {}, &Block::first);
    if (at == row.begin() && at != row.end()) ++at;  // before all: into the first
    if (at == row.begin()) at = row.insert(at, {span.from, span.until, {}}) + 1;
    Block& block = *(at - 1);
    block.spans.insert(std::ranges::upper_bound(block.spans, span.from, {}, &Span::from), span);
    block.first = std::min(block.first, span.from), block.latest = std::max(block.latest, span.until);
    if (block.spans.size() <= most) return;
    auto const half = block.spans.begin() + most / 2;
    Block second{half->from, {}, {half, block.spans.end()}};
    block.spans.erase(half, block.spans.end());
    block.latest = latest_of(block.spans), second.latest = latest_of(second.spans);
    row.insert(at, std::move(second));
  }

  // Among those that begin at that time, who may stand in several blocks.
  static void remove(uint32_t key, UtcTime from, Row& row) {
    auto block = std::ranges::lower_bound(row, from, {}, &Block::first);
    if (block != row.begin()) --block;
    auto span = std::ranges::find(block->spans, key, &Span::key);
    while (span == block->spans.end()) span = std::ranges::find((++block)->spans, key, &Span::key);
    block->spans.erase(span);
    if (block->spans.empty()) {
      row.erase(block);
    } else {
      block->first = block->spans.front().from, block->latest = latest_of(block->spans);
    }
  }

  std::unordered_map<model::Cell, std::array<Row, 2>> rows_;  // never iterated
};

}  // namespace comity::state
