// Tables (RFC 4180), by libcsv. Its C interface calls back for each cell and each row; what is wrong is kept and said when it is done.
#include <csv.h>

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "places/fields.h"
#include "places/read.h"
#include "places/values.h"

namespace comity::places {
namespace {

using Cells = std::vector<std::string>;
struct Row {
  size_t line = 0;  // of the file, where it ends
  Cells cells;
};

// HXL 1.1: the hashtags stand in one of the first 25 rows.
constexpr size_t rows_before_tags = 25;

struct Table {
  std::vector<Row> rows;
  Cells cells;
  size_t line = 1;
  bool too_large = false;
};

void take_cell(void* octets, size_t size, void* table) {
  auto& into = *static_cast<Table*>(table);
  if (into.cells.size() >= limits::place_columns || size > limits::place_cell_bytes) into.too_large = true;
  if (!into.too_large)
    into.cells.emplace_back(octets ? static_cast<char const*>(octets) : "", octets ? size : 0);
}

void take_row(int, void* table) {
  auto& into = *static_cast<Table*>(table);
  if (into.rows.size() > limits::places + rows_before_tags) into.too_large = true;
  if (!into.too_large) into.rows.push_back({into.line, std::move(into.cells)});
  into.cells.clear();
}

// What parts the cells of the first line.
unsigned char delimiter_of(BytesView file) {
  auto const line = file.substr(0, std::min(file.find_first_of("\r\n"), file.size()));
  std::array<char, 3> constexpr known{',', ';', '\t'};
  return static_cast<unsigned char>(
      *std::ranges::max_element(known, {}, [&](char one) { return std::ranges::count(line, one); }));
}

std::string at_line(size_t line) { return "line " + std::to_string(line); }

class Parser {
 public:
  explicit Parser(unsigned char delimiter) {
    ready_ = csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL) == 0;
    if (ready_) csv_set_delim(&parser_, delimiter);
  }
  ~Parser() {
    if (ready_) csv_free(&parser_);
  }
  Parser(Parser const&) = delete;
  Parser& operator=(Parser const&) = delete;

  // Line by line, so that what is wrong has a place. A quoted cell may hold several.
  Result<Table> read(BytesView file) {
    Table table;
    if (!ready_) return fail(ErrorCode::io, "the reader of tables does not start");
    while (!file.empty()) {
      size_t const end = std::min(file.find('\n'), file.size() - 1) + 1;
      if (csv_parse(&parser_, file.data(), end, take_cell, take_row, &table) != end)
        return fail(ErrorCode::bad_input,
                    at_line(table.line) + ": a quote inside a cell; cells with quotes are put into quotes");
      if (table.too_large) return too_large(table);
      file.remove_prefix(end);
      ++table.line;
    }
    if (csv_fini(&parser_, take_cell, take_row, &table) != 0)
      return fail(ErrorCode::bad_input, at_line(table.line - 1) + ": a quote is opened and never closed");
    if (table.too_large) return too_large(table);
    return table;
  }

 private:
  static std::unexpected<Error> too_large(Table const& table) {
    return fail(ErrorCode::too_large, at_line(table.line) + ": at most " + std::to_string(limits::places) +
                                          " places, " + std::to_string(limits::place_columns) +
                                          " columns and " + std::to_string(limits::place_cell_bytes) +
                                          " bytes in a cell; cut the file into several");
  }

  csv_parser parser_{};
  bool ready_ = false;
};

bool is_empty(Row const& row) {
  return std::ranges::all_of(row.cells, [](std::string const& cell) { return trimmed(cell).empty(); });
}

bool is_tags(Row const& row) {
  return !is_empty(row) && std::ranges::all_of(row.cells, [](std::string const& cell) {
    return trimmed(cell).empty() || trimmed(cell).starts_with('#');
  });
}

using Columns = std::vector<std::optional<Field>>;

Result<Columns> columns_of(Row const& row, std::optional<Field> (*meaning)(std::string_view)) {
  Columns columns;
  for (std::string const& cell : row.cells) columns.push_back(meaning(cell));
  for (Field const field : {Field::latitude, Field::longitude}) {
    auto const count = std::ranges::count(columns, std::optional(field));
    if (count != 1)
      return fail(ErrorCode::bad_input,
                  at_line(row.line) +
                      (count == 0 ? ": no column for the " : ": more than one column for the ") +
                      name_of(field) + "; a row of HXL tags says which: #geo+lat, #geo+lon");
  }
  return columns;
}

Draft draft_of(Row const& row, Columns const& columns) {
  Draft draft;
  draft.where = at_line(row.line);
  if (row.cells.size() > columns.size())
    draft.fault("it has more cells than there are columns; is a cell with a comma not in quotes?");
  Said said;
  for (size_t i = 0; i < row.cells.size() && i < columns.size(); ++i)
    if (columns[i]) said.add(*columns[i], row.cells[i]);
  describe(draft, said);
  for (Field const field : {Field::latitude, Field::longitude})
    if (!said.has(field)) draft.fault(std::string("it has no ") + name_of(field));
  auto const latitude = number_of(said, Field::latitude, draft);
  auto const longitude = number_of(said, Field::longitude, draft);
  auto const radius = number_of(said, Field::radius, draft);
  auto const uncertainty = number_of(said, Field::uncertainty, draft);
  if (latitude && longitude)
    draft.volumes.push_back({radius ? Shape::circle : Shape::point,
                             {{*latitude, *longitude}},
                             radius ? radius : uncertainty,
                             {},
                             {}});
  limit(draft, said);
  return draft;
}

}  // namespace

Result<std::vector<Draft>> read_csv(BytesView file) {
  if (file.size() > limits::place_file_bytes) return fail(ErrorCode::too_large, "the file is too large");
  file = without_mark(file);
  if (file.find('\0') != file.npos || !is_utf8(file))
    return fail(ErrorCode::bad_input, "the table is not in UTF-8; save it again as CSV UTF-8");
  Table const table = TRY(Parser(delimiter_of(file)).read(file));
  auto const end = table.rows.begin() + static_cast<ptrdiff_t>(std::min(table.rows.size(), rows_before_tags));
  auto head = std::find_if(table.rows.begin(), end, is_tags);
  bool const tagged = head != end;
  if (!tagged) head = std::find_if(table.rows.begin(), end, [](Row const& row) { return !is_empty(row); });
  if (head == end) return fail(ErrorCode::bad_input, "line 1: there is no row of headings");
  Columns const columns = TRY(columns_of(*head, tagged ? field_of_tag : field_of));
  std::vector<Draft> drafts;
  for (auto row = head + 1; row != table.rows.end(); ++row)
    if (!is_empty(*row)) drafts.push_back(draft_of(*row, columns));
  if (drafts.size() > limits::places) return fail(ErrorCode::too_large, "too many places; cut the file");
  return drafts;
}

}  // namespace comity::places
