// Which entities lie in a cell: for every search of the standard's kind (f3548-rules G6, G9).
//
// A hash table from cell to rows of spans, sorted by the beginning of their time and cut into blocks of at most 96, each with the
// latest end of its spans: a search passes by the blocks that ended before it begins, and stops at the first that begins after its
// end. So it costs what is there in its time, whatever else the cell holds. What lasts long has a row of its own, or it would keep
// the blocks of what is short from being passed by. A hull has a span in each of its cells; what is found in several is told once.
// Intervals are closed; times are kept in whole seconds, so that what is found may begin or end up to a second too late or too early.
//
// A span may say more of where its entity is (`Where`, which has `meets`): what shares a cell and does not meet is passed by.
//
// Whose a span is stands in it, so that who looks for others passes by its own without looking them up, and its own in one cell can be
// counted.
//
// A span takes 24 octets and its `Where` in each cell, and a tenth more for blocks that are not full. Adding and removing look through one block.
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

// Of an index that knows of places by their cells alone.
struct Anywhere {
  bool meets(Anywhere) const { return true; }
};

template <class Where = Anywhere>
class CellIndex {
 public:
  void add(uint32_t key, model::Hull const& hull, uint32_t owner = nobody, Where const& where = {}) {
    Seconds const during(hull);
    for (model::Cell const cell : hull.cells)
      add({during, hull.low_mm, hull.high_mm, key, owner, where}, rows_[cell][lasts_long(hull)]);
  }

  void remove(uint32_t key, model::Hull const& hull) {
    for (model::Cell const cell : hull.cells) {
      auto const found = rows_.find(cell);
      auto& rows = found->second;
      remove(key, Seconds(hull).from, rows[lasts_long(hull)]);
      if (rows[0].empty() && rows[1].empty()) rows_.erase(found);
    }
  }

  // Calls `found(key)` once for each entity whose hull shares a cell, a second and an altitude with this one (G9) and meets it there; but
  // those of one owner. Whoever has the hulls has to ask them for the instant.
  template <class Found>
  void each(model::Hull const& hull, Found const& found, uint32_t but_of = nobody,
            Where const& where = {}) const {
    std::vector<uint32_t> keys;
    Span const asked{Seconds(hull), hull.low_mm, hull.high_mm, 0, but_of, where};
    for (model::Cell const cell : hull.cells) {
      auto const rows = rows_.find(cell);
      if (rows == rows_.end()) continue;
      for (Row const& row : rows->second) search(row, asked, keys);
    }
    std::ranges::sort(keys);
    auto const repeated = std::ranges::unique(keys);
    keys.erase(repeated.begin(), repeated.end());
    for (uint32_t const key : keys) found(key);
  }

  // Of one owner in one cell, at whatever altitude, what ends at that time or later, but for one key. What ended before is passed by in
  // blocks.
  size_t count_in(model::Cell cell, uint32_t owner, UtcTime since, uint32_t but = nobody) const {
    auto const rows = rows_.find(cell);
    if (rows == rows_.end()) return 0;
    uint32_t const first = Seconds::bounded(since.us / 1'000'000);
    auto const counts = [&](Span const& span) {
      return span.owner == owner && span.key != but && span.until() >= first;
    };
    size_t count = 0;
    for (Row const& row : rows->second)
      for (Block const& block : row)
        if (block.latest >= first) count += static_cast<size_t>(std::ranges::count_if(block.spans, counts));
    return count;
  }

  static constexpr uint32_t nobody = UINT32_MAX;

 private:
  // Since 1970; what lies before or after all that these can say is at their ends.
  struct Seconds {
    explicit Seconds(model::Hull const& hull)
        : from(bounded(hull.from.us / 1'000'000)),
          until(bounded(hull.until.us / 1'000'000 + (hull.until.us % 1'000'000 > 0))) {}
    static uint32_t bounded(int64_t seconds) {
      return static_cast<uint32_t>(std::clamp<int64_t>(seconds, 0, UINT32_MAX));
    }
    uint32_t from, until;
  };
  struct Span {
    Seconds during;
    int32_t low_mm, high_mm;
    uint32_t key, owner;
    [[no_unique_address]] Where where;
    uint32_t from() const { return during.from; }
    uint32_t until() const { return during.until; }
  };
  struct Block {
    uint32_t first, latest;   // the earliest beginning and the latest end
    std::vector<Span> spans;  // sorted by their beginning; at least one
  };
  using Row = std::vector<Block>;  // likewise
  static constexpr size_t most = 96, step = 8;

  // An hour is about what a flight takes. Halved, since a bound may be missing.
  static size_t lasts_long(model::Hull const& hull) {
    return hull.until.us / 2 - hull.from.us / 2 > hours(1).us / 2;
  }

  // `asked.owner`: whose are passed by.
  static void search(Row const& row, Span const& asked, std::vector<uint32_t>& keys) {
    for (Block const& block : row) {
      if (block.first > asked.until()) break;
      if (block.latest < asked.from()) continue;
      for (Span const& span : block.spans)
        if (span.from() <= asked.until() && span.until() >= asked.from() && span.low_mm <= asked.high_mm &&
            span.high_mm >= asked.low_mm && (asked.owner == nobody || span.owner != asked.owner) &&
            span.where.meets(asked.where))
          keys.push_back(span.key);
    }
  }

  // By doubling at first, then by steps: a block is never much larger than what is in it.
  static void make_room(std::vector<Span>& spans) {
    if (spans.size() == spans.capacity())
      spans.reserve(spans.size() + std::clamp(spans.size(), size_t{1}, step));
  }

  static uint32_t latest_of(std::vector<Span> const& spans) {
    return std::ranges::max_element(spans, {}, &Span::until)->until();
  }

  static void add(Span const& span, Row& row) {
    auto at = std::ranges::upper_bound(row, span.from(), {}, &Block::first);
    if (at == row.begin() && at != row.end()) ++at;  // before all: into the first
    if (at == row.begin()) at = row.insert(at, {span.from(), span.until(), {}}) + 1;
    Block& block = *(at - 1);
    make_room(block.spans);
    block.spans.insert(std::ranges::upper_bound(block.spans, span.from(), {}, &Span::from), span);
    block.first = std::min(block.first, span.from()), block.latest = std::max(block.latest, span.until());
    if (block.spans.size() <= most) return;
    auto const half = block.spans.begin() + most / 2;
    Block second{half->from(), {}, {half, block.spans.end()}};
    block.spans = {block.spans.begin(), half};
    block.latest = latest_of(block.spans), second.latest = latest_of(second.spans);
    row.insert(at, std::move(second));
  }

  // Among those that begin at that time, who may stand in several blocks.
  static void remove(uint32_t key, uint32_t from, Row& row) {
    auto block = std::ranges::lower_bound(row, from, {}, &Block::first);
    if (block != row.begin()) --block;
    auto span = std::ranges::find(block->spans, key, &Span::key);
    while (span == block->spans.end()) span = std::ranges::find((++block)->spans, key, &Span::key);
    block->spans.erase(span);
    if (block->spans.capacity() > block->spans.size() + 2 * step) block->spans.shrink_to_fit();
    if (block->spans.empty()) {
      row.erase(block);
    } else {
      block->first = block->spans.front().from(), block->latest = latest_of(block->spans);
    }
  }

  std::unordered_map<model::Cell, std::array<Row, 2>> rows_;  // never iterated
};

}  // namespace comity::state
