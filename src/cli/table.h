// Tables a person likes to look at: columns aligned, a rule under the head, nothing else.
//
// Cells come as text from anyone; they are made inert (plain.h) here. A table wider than the terminal has its widest
// columns cut, with an ellipsis, but not those that are `whole`: the first one, which names the row and is what the next
// command is told, and what is a sentence. Where that does not fit, each row is the name on a line of its own and the other
// cells below it, uncut, each with its head.
// Without a terminal nothing is cut. Colour is used on a terminal only,
// never alone: a coloured word says the same without (NO_COLOR is kept). Thread-safe but for the environment.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace comity::cli {

struct Table {
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;  // shorter rows are filled up
  std::vector<size_t> whole = {0};             // columns that are never cut
};

// `columns` 0: as wide as it needs.
std::string drawn(Table const& table, size_t columns);

// Names and values in two columns: "name  value".
struct Pairs {
  std::vector<std::vector<std::string>> lines;
};
std::string drawn(Pairs const& pairs);

// The width of the terminal behind standard output; 0 if that is none.
size_t output_columns();

enum class Tone { good, bad, faint, strong };
// `text` in a colour, if standard output is a terminal that wants one.
std::string toned(Tone tone, std::string const& text);

}  // namespace comity::cli
