// Plays every transcript and compares each answer byte for byte (README.md beside this file).
//
//   suite_transcripts [--rewrite] [NAME …]     NAME without folder and .txt; none: all
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/contains.h"
#include "transcripts/steps.h"

namespace fs = std::filesystem;
using namespace comity::transcripts;
using comity::contains;

namespace {

constexpr char folder[] = "tests/transcripts";

enum class Mode { compare, rewrite };

std::string text_of(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void put(fs::path const& path, std::string const& text) { std::ofstream(path, std::ios::binary) << text; }

// What is wrong with a step is told with its line; the answers so far are worth seeing too.
std::vector<std::string> play_all(Script const& script, fs::path const& stage_folder, std::string& failure) {
  Stage stage(stage_folder);
  Playing playing{stage, {}, {}, {}, {}};
  std::vector<std::string> answers(script.steps.size());
  for (size_t i = 0; i < script.steps.size(); ++i) try {
      answers[i] = play(playing, script.steps[i]);
    } catch (std::exception const& wrong) {
      failure += "line " + std::to_string(script.steps[i].line) + ": " + wrong.what() + "\n";
    }
  try {
    play_end(playing);
  } catch (std::exception const& wrong) {
    failure += std::string("at the end: ") + wrong.what() + "\n";
  }
  return answers;
}

bool show_difference(fs::path const& path, std::string const& got, fs::path const& root) {
  fs::path const actual = root / path.filename();
  put(actual, got);
  std::cout << std::flush;
  std::string const command = "diff -u '" + path.string() + "' '" + actual.string() + "'";
  return std::system(command.c_str()) == 0;
}

bool passes(fs::path const& path, fs::path const& root, Mode mode) {
  std::string const text = text_of(path);
  std::string failure, got;
  try {
    Script const script = read(text);
    if (!script.steps.empty() && !script.steps[0].prose.starts_with("# "))
      failure += "a transcript begins with a paragraph that says what it shows\n";
    got = written(script, play_all(script, root / path.stem(), failure));
  } catch (std::exception const& wrong) {
    failure += std::string(wrong.what()) + "\n";
  }
  bool const same = got == text;
  bool const rewritten = mode == Mode::rewrite && failure.empty() && !same;
  if (rewritten) put(path, got);
  bool const passed = failure.empty() && (same || rewritten);
  std::cout << (passed ? "passed " : "failed ") << path.stem().string() << (rewritten ? ", rewritten" : "")
            << "\n";
  if (passed) return true;
  std::cout << failure;
  if (!same && !got.empty()) show_difference(path, got, root);
  return false;
}

}  // namespace

int main(int count, char** words) {
  std::vector<std::string> names(words + 1, words + count);
  Mode const mode = std::erase(names, "--rewrite") > 0 ? Mode::rewrite : Mode::compare;
  std::vector<fs::path> scripts;
  for (auto const& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".txt" &&
        (names.empty() || contains(names, entry.path().stem().string())))
      scripts.push_back(entry.path());
  std::ranges::sort(scripts);
  std::string name = fs::temp_directory_path() / "comity-transcripts-XXXXXX";
  if (!mkdtemp(name.data())) return std::perror(name.c_str()), 1;
  fs::path const root = name;
  size_t passed = 0;
  for (fs::path const& script : scripts)
    if (passes(script, root, mode)) ++passed;
  fs::remove_all(root);
  std::cout << passed << " passed, " << scripts.size() - passed << " failed\n";
  return !scripts.empty() && passed == scripts.size() ? 0 : 1;
}
