#include "transcripts/script.h"

#include <stdexcept>

namespace comity::transcripts {
namespace {

constexpr std::string_view indent = "  ", arrow = "→ ";

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    size_t const end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

Script read(std::string_view text) {
  enum class Place { prose, step, answer } place = Place::prose;
  Script script;
  std::string prose;
  size_t number = 0;
  for (std::string const& line : lines_of(text)) {
    ++number;
    if (line.starts_with(arrow)) {
      if (place != Place::step)
        throw std::runtime_error("line " + std::to_string(number) + ": an answer without a step");
      place = Place::answer;
    } else if (line.starts_with(indent)) {
      if (place == Place::prose)
        throw std::runtime_error("line " + std::to_string(number) +
                                 ": an indented line that belongs to nothing");
      if (place == Place::step) script.steps.back().body.push_back(line.substr(indent.size()));
    } else if (line.empty() || line.starts_with('#')) {
      prose += line + "\n";
      place = Place::prose;
    } else {
      script.steps.push_back({number, std::move(prose), line, {}});
      prose.clear();
      place = Place::step;
    }
  }
  script.ending = std::move(prose);
  return script;
}

std::string written(Script const& script, std::vector<std::string> const& answers) {
  std::string text;
  for (size_t i = 0; i < script.steps.size(); ++i) {
    Step const& step = script.steps[i];
    text += step.prose + step.head + "\n";
    for (std::string const& line : step.body) text += std::string(indent) + line + "\n";
    bool first = true;
    for (std::string const& line : lines_of(answers[i])) {
      text += std::string(first ? arrow : indent) + line + "\n";
      first = false;
    }
  }
  return text + script.ending;
}

}  // namespace comity::transcripts
