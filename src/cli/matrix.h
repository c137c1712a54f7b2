// The matrix: party by party, the clauses that run from one to the other now (70-console, Agreements).
//
// Rows give, columns receive. Each clause has a letter, explained below the table; a minus before it is a
// prohibition. It is put together from the matrices of the agreements one may know; where the centre
// withholds one it is not there, and an empty cell says "none disclosed to you", never "none".
#pragma once

#include <string>
#include <vector>

#include "cli/remote.h"
#include "json/json.h"

namespace comity::cli {

struct MatrixCell {
  std::string from, to, agreement, clause, type;
};

Result<std::vector<MatrixCell>> read_matrix(Remote& remote);
std::string drawn_matrix(std::vector<MatrixCell> const& cells);
json::Value matrix_json(std::vector<MatrixCell> const& cells);

}  // namespace comity::cli
