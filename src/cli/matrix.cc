#include "cli/matrix.h"

#include <map>
#include <set>

#include "cli/agreement_view.h"
#include "cli/members.h"
#include "cli/table.h"

namespace comity::cli {
namespace {

Result<void> add_agreement(Remote& remote, std::string const& id, std::vector<MatrixCell>& cells) {
  auto const answer = remote.get("/api/v1/agreements/" + segment(id) + "/matrix");
  if (answer && answer->status == 404) return {};  // its acts are not for us
  auto const value = TRY(value_of(answer));
  auto const* members = value.if_object();
  auto const* rows = members ? members->if_contains("matrix") : nullptr;
  if (!rows || !rows->is_array()) return {};
  for (auto const& row : rows->as_array())
    cells.push_back(
        {text_at(row, "from"), text_at(row, "to"), id, text_at(row, "clause"), text_at(row, "type")});
  return {};
}

// a … z, a2 … z2, …
std::string letter_of(size_t number) {
  std::string letter(1, static_cast<char>('a' + number % 26));
  return number < 26 ? letter : letter + std::to_string(number / 26 + 1);
}

using Clause = std::pair<std::string, std::string>;  // agreement, clause

}  // namespace

Result<std::vector<MatrixCell>> read_matrix(Remote& remote) {
  std::vector<MatrixCell> cells;
  for (auto const& row : TRY(agreement_rows(remote)))
    TRY_VOID(add_agreement(remote, text_at(row, "id"), cells));
  return cells;
}

std::string drawn_matrix(std::vector<MatrixCell> const& cells) {
  if (cells.empty()) return "No clause in force is disclosed to you.\n";
  std::set<std::string> givers, receivers;
  std::map<Clause, std::string> types;
  std::map<std::pair<std::string, std::string>, std::set<Clause>> between;
  for (auto const& cell : cells) {
    givers.insert(cell.from);
    receivers.insert(cell.to);
    types[{cell.agreement, cell.clause}] = cell.type;
    between[{cell.from, cell.to}].insert({cell.agreement, cell.clause});
  }
  std::map<Clause, std::string> marks;
  Table legend{{"", "agreement", "clause", "what it does"}, {}};
  for (auto const& [clause, type] : types) {
    std::string const mark = (type == "prohibit" ? "-" : "") + letter_of(marks.size());
    marks[clause] = mark;
    legend.rows.push_back({mark, clause.first, clause.second, type == "prohibit" ? "prohibits" : "grants"});
  }
  Table table{{"from \\ to"}, {}};
  table.head.insert(table.head.end(), receivers.begin(), receivers.end());
  for (auto const& giver : givers) {
    std::vector<std::string> row{giver};
    for (auto const& receiver : receivers) {
      std::string text;
      if (auto const found = between.find({giver, receiver}); found != between.end())
        for (auto const& clause : found->second) text += (text.empty() ? "" : " ") + marks[clause];
      row.push_back(text.empty() ? "·" : text);
    }
    table.rows.push_back(std::move(row));
  }
  return drawn(table, output_columns()) + "\n" + drawn(legend, output_columns()) +
         "\n· none disclosed to you\n";
}

json::Value matrix_json(std::vector<MatrixCell> const& cells) {
  json::Array all;
  for (auto const& cell : cells)
    all.push_back(json::Object{{"from", cell.from},
                               {"to", cell.to},
                               {"agreement", cell.agreement},
                               {"clause", cell.clause},
                               {"type", cell.type}});
  return json::Object{{"matrix", std::move(all)}};
}

}  // namespace comity::cli
