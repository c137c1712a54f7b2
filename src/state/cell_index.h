// Which entities lie in a cell: for every search of the standard's kind (f3548-rules G6, G9).
//
// A hash table from cell to a row of spans, sorted by the end of their time, so that what is over is passed by in one step. A
// hull has a span in each of its cells; an entity that is found in several is told once, by the first cell that both have: no
// set of what was found already is kept. Intervals are closed.
//
// A span takes 32 octets in each cell. Adding and removing cost a search in the rows and a move of what lies behind.
// Deterministic: the table is looked up by cell and never iterated, and what is found comes in the order of the cells asked for.
// Thread rule: state.h.
#pragma once

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "model/airspace.h"

namespace comity::state {

class CellIndex {
 public:
  void add(uint32_t key, model::Hull const& hull) {
    for (model::Cell const cell : hull.cells) {
      auto& row = rows_[cell];
      Span const span{hull.until, hull.from, hull.low_mm, hull.high_mm, key};
      row.insert(std::ranges::lower_bound(row, hull.until, {}, &Span::until), span);
    }
  }

  void remove(uint32_t key, model::Hull const& hull) {
    for (model::Cell const cell : hull.cells) {
      auto const found = rows_.find(cell);
      auto& row = found->second;
      auto at = std::ranges::lower_bound(row, hull.until, {}, &Span::until);
      while (at->key != key) ++at;
      row.erase(at);
      if (row.empty()) rows_.erase(found);
    }
  }

  // Calls `found(key)` once for each entity whose hull shares a cell, an instant and an altitude with this one (G9). `hull_of(key)` is
  // asked for the cells of what lies in several.
  template <class HullOf, class Found>
  void each(model::Hull const& hull, HullOf const& hull_of, Found const& found) const {
    for (model::Cell const cell : hull.cells) {
      auto const at = rows_.find(cell);
      if (at == rows_.end()) continue;
      auto const& row = at->second;
      for (auto span = std::ranges::lower_bound(row, hull.from, {}, &Span::until); span != row.end();
           ++span) {
        if (span->from > hull.until || span->low_mm > hull.high_mm || span->high_mm < hull.low_mm) continue;
        if (first_shared(hull.cells, hull_of(span->key).cells) == cell) found(span->key);
      }
    }
  }

 private:
  struct Span {
    UtcTime until, from;
    int32_t low_mm, high_mm;
    uint32_t key;
  };

  static model::Cell first_shared(std::vector<model::Cell> const& a, std::vector<model::Cell> const& b) {
    for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
      if (a[i] == b[j]) return a[i];
      a[i] < b[j] ? ++i : ++j;
    }
    return 0;
  }

  std::unordered_map<model::Cell, std::vector<Span>> rows_;  // never iterated
};

}  // namespace comity::state
