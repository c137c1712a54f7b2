// From the answer of a centre to what a person reads.
//
// --json prints the answer as it came (to a terminal, control characters as \uXXXX, which is the same JSON).
// Otherwise lists become tables, objects names and values, rulings an outcome with its reasons. What the
// layouts below do not know of an answer is still shown: a member is never silently left out of an object; of
// a list, the columns asked for, or all of plain values. Results go to stdout, refusals and errors to stderr.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/exit_code.h"
#include "cli/local.h"
#include "cli/remote.h"
#include "json/json.h"

namespace comity::cli {

using Render = std::function<std::string(json::Value const&)>;

// A column: where its value stands in each row (`status/state`), and its head.
struct Column {
  std::string path, head;
};

// Lists (also as the one list member of an object) with these columns; without columns, the rows' own
// members.
Render as_table(std::vector<Column> columns = {}, std::string when_empty = "none");
// Names and values, lists below each other.
std::string as_pairs(json::Value const& value);

// The value at a path of members; "" if there is none. Lists of strings are joined with commas.
std::string cell_at(json::Value const& row, std::string_view path);

// How often what was refused, what would mend it, and each refusal.
std::string refusals_text(json::Value const& answer);

// "accepted" and what followed, or what was refused and why.
std::string ruling_text(json::Value const& ruling);
bool is_refused(json::Value const& answer);

// Prints the answer and says how the command ends.
Exit finish(Format format, Result<http::Response> const& answer, Render const& render);
// For answers to commands: one ruling or a list of them.
// The digest of the command is what another officer countersigns.
enum class Digests : uint8_t { hidden, shown };
Exit finish_ruling(Format format, Result<http::Response> const& answer, Digests digests = Digests::hidden);

Exit complain(Error const& error);
void say(std::string_view text);        // stdout, as it is
void say_aside(std::string_view text);  // stderr, as it is
void say_json(std::string_view json);

}  // namespace comity::cli
