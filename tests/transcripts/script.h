// A transcript as text: prose, steps, and below each step its answer (README.md beside this file).
//
// A line that begins with `#` is prose. A step is a line at the margin and the indented lines below it; its answer begins
// with `→`, and what is indented below that belongs to it. read() takes a file apart, written() puts it together again
// with the answers a run gave: prose and steps come back as they were.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace comity::transcripts {

struct Step {
  size_t line = 0;    // in the file, from 1
  std::string prose;  // the lines before it, blank ones too
  std::string head;
  std::vector<std::string> body;  // without the indentation
};

struct Script {
  std::vector<Step> steps;
  std::string ending;  // prose after the last step
};

// Throws std::runtime_error for text that is no transcript.
Script read(std::string_view text);

// `answers` has as many as there are steps; an answer is lines, or nothing.
std::string written(Script const& script, std::vector<std::string> const& answers);

}  // namespace comity::transcripts
