#include "cli/table.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "base/contains.h"
#include "cli/plain.h"

namespace comity::cli {
namespace {

constexpr size_t gap = 2;
constexpr size_t least_width = 12;  // a column is not cut below this: a date is left of a time

std::vector<size_t> widths_of(std::vector<std::vector<std::string>> const& rows) {
  std::vector<size_t> widths;
  for (auto const& row : rows) {
    if (widths.size() < row.size()) widths.resize(row.size());
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
  }
  return widths;
}

// False: it does not fit.
bool narrow_to(std::vector<size_t>& widths, std::vector<size_t> const& whole, size_t columns) {
  auto const total = [&] {
    return std::accumulate(widths.begin(), widths.end(), size_t{0}) + gap * (widths.size() - 1);
  };
  while (total() > columns) {
    size_t* widest = nullptr;
    for (size_t i = 0; i < widths.size(); ++i)
      if (!contains(whole, i) && (!widest || widths[i] > *widest)) widest = &widths[i];
    if (!widest || *widest <= least_width) return false;
    --*widest;
  }
  return true;
}

std::string line_of(std::vector<std::string> const& row, std::vector<size_t> const& widths) {
  std::string line;
  for (size_t i = 0; i < row.size(); ++i) {
    std::string const cell = cut(row[i], widths[i]);
    line += cell;
    if (i + 1 < row.size()) line += std::string(widths[i] - width(cell) + gap, ' ');
  }
  auto const last = line.find_last_not_of(' ');
  return last == line.npos ? "\n" : line.substr(0, last + 1) + "\n";
}

std::vector<std::vector<std::string>> inert(std::vector<std::vector<std::string>> rows) {
  for (auto& row : rows)
    for (auto& cell : row) cell = plain(cell);
  return rows;
}

std::string repeated(std::string const& mark, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += mark;
  return out;
}

constexpr size_t indent = 4;

// The first cell, and below it the others with their heads, as many on a line as fit.
std::string stacked(std::vector<std::vector<std::string>> const& rows, size_t columns) {
  std::string out;
  for (size_t i = 1; i < rows.size(); ++i) {
    out += line_of({rows[i].front()}, {width(rows[i].front())});
    std::string line;
    for (size_t k = 1; k < rows[i].size(); ++k) {
      if (rows[i][k].empty()) continue;
      std::string const piece = (k < rows.front().size() ? rows.front()[k] + " " : "") + rows[i][k];
      if (!line.empty() && indent + width(line) + gap + width(piece) > columns) {
        out += std::string(indent, ' ') + line + "\n";
        line.clear();
      }
      line += (line.empty() ? "" : std::string(gap, ' ')) + piece;
    }
    if (!line.empty()) out += std::string(indent, ' ') + line + "\n";
  }
  return out;
}

}  // namespace

std::string drawn(Table const& table, size_t columns) {
  auto rows = inert(table.rows);
  rows.insert(rows.begin(), inert({table.head}).front());
  auto widths = widths_of(rows);
  if (widths.empty()) return "";
  if (columns != 0 && !narrow_to(widths, table.whole, columns)) return stacked(rows, columns);
  std::string out = line_of(rows.front(), widths);
  std::vector<std::string> rule;
  for (size_t const columns_wide : widths) rule.push_back(repeated("─", columns_wide));
  out += line_of(rule, widths);
  for (size_t i = 1; i < rows.size(); ++i) out += line_of(rows[i], widths);
  return out;
}

std::string drawn(Pairs const& pairs) {
  auto const rows = inert(pairs.lines);
  std::string out;
  auto const widths = widths_of(rows);
  for (auto const& row : rows) out += line_of(row, widths);
  return out;
}

size_t output_columns() {
  if (!::isatty(STDOUT_FILENO)) return 0;
  winsize size{};
  bool const known = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 80;
}

std::string toned(Tone tone, std::string const& text) {
  char const* const refused = std::getenv("NO_COLOR");
  if (!::isatty(STDOUT_FILENO) || (refused && *refused)) return text;
  char const* code = tone == Tone::good ? "32" : tone == Tone::bad ? "31" : tone == Tone::faint ? "2" : "1";
  return std::string("\x1b[") + code + "m" + text + "\x1b[0m";
}

}  // namespace comity::cli
