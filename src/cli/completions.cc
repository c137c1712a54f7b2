#include "cli/completions.h"

#include <fmt/format.h>

#include <map>
#include <set>

namespace comity::cli {
namespace {

constexpr std::string_view global_options = "--url --ca --as --json --help --version";

struct Level {
  std::set<std::string> words;  // what may follow
  std::map<std::string, std::string> help;
  std::set<std::string> options;
  bool takes_file = false;
};

// By the words said so far ("agreements", "agreements list").
std::map<std::string, Level> levels_of(Verbs const& verbs) {
  std::map<std::string, Level> levels;
  for (auto const& verb : verbs) {
    std::string so_far, rest = verb.path;
    while (!rest.empty()) {
      auto const space = rest.find(' ');
      std::string const word = rest.substr(0, space);
      rest = space == rest.npos ? "" : rest.substr(space + 1);
      levels[so_far].words.insert(word);
      levels[so_far].help[word] = rest.empty() ? verb.help : "";
      so_far += (so_far.empty() ? "" : " ") + word;
    }
    Level& own = levels[verb.path];
    for (auto const& argument : verb.arguments) {
      if (argument.name.starts_with("--")) {
        own.options.insert(argument.name);
      } else {
        own.words.insert(argument.choices.begin(), argument.choices.end());
      }
      own.takes_file |= argument.what == "FILE" || argument.what == "ACT.json";
    }
  }
  for (auto const& noun : nouns()) levels[""].help[noun.path] = noun.help;
  return levels;
}

std::string joined(std::set<std::string> const& words) { return fmt::format("{}", fmt::join(words, " ")); }

std::string in_quotes(std::string const& text) {
  std::string out;
  for (char const c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return "'" + out + "'";
}

// Every path but the empty one, as the pattern of a `case`.
std::string patterns(std::map<std::string, Level> const& levels) {
  std::string out;
  for (auto const& [path, level] : levels)
    if (!path.empty()) out += (out.empty() ? "" : " | ") + in_quotes(path);
  return out;
}

// The longest run of words that is a command, then what may follow it. In words that zsh understands too, where `path` and
// `words` are its own.
std::string bash(std::map<std::string, Level> const& levels) {
  std::string cases, files = "'-'";
  for (auto const& [path, level] : levels) {
    cases += "    " + in_quotes(path) +
             ") found=" + in_quotes(joined(level.words) + " " + joined(level.options)) + " ;;\n";
    if (level.takes_file) files += " | " + in_quotes(path);
  }
  return R"(_comity_complete() {
  local current=${COMP_WORDS[COMP_CWORD]} said='' word='' found='' skip='' at=1
  while [ $at -lt $COMP_CWORD ]; do
    word=${COMP_WORDS[at]}
    at=$((at + 1))
    if [ -n "$skip" ]; then
      skip=''
      continue
    fi
    case $word in
      --url | --ca | --as) skip=1 ;;
    esac
    case "${said:+$said }$word" in
      )" +
         patterns(levels) + R"() said="${said:+$said }$word" ;;
    esac
  done
  case $said in
)" + cases +
         R"(  esac
  COMPREPLY=($(compgen -W "$found )" +
         std::string(global_options) + R"(" -- "$current"))
  case $said in
    )" + files +
         R"() COMPREPLY+=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _comity_complete comity
)";
}

// zsh reads such a file when Tab is pressed for the first time, as the body of a function of the file's name.
std::string zsh(std::map<std::string, Level> const& levels) {
  return "#compdef comity\nautoload -U +X bashcompinit && bashcompinit\n" + bash(levels) +
         "if [ \"${funcstack[1]}\" = _comity ]; then _bash_complete -o filenames -F _comity_complete; fi\n";
}

std::string fish(std::map<std::string, Level> const& levels, Verbs const& verbs) {
  std::string out = "complete -c comity -f\n";
  for (char const* option : {"url -r", "ca -r", "as -r", "json", "help", "version"})
    out += std::string("complete -c comity -l ") + option + "\n";
  for (auto const& [path, level] : levels) {
    std::string when;
    for (std::string rest = path; !rest.empty();) {
      auto const space = rest.find(' ');
      when += "__fish_seen_subcommand_from " + rest.substr(0, space) + "; and ";
      rest = space == rest.npos ? "" : rest.substr(space + 1);
    }
    if (!level.words.empty()) when += "not __fish_seen_subcommand_from " + joined(level.words);
    if (when.ends_with("; and ")) when.resize(when.size() - 6);
    std::string const line =
        "complete -c comity -n " + in_quotes(path.empty() ? "__fish_use_subcommand" : when);
    for (auto const& word : level.words) {
      auto const help = level.help.find(word);
      out += line + " -a " + word + (help == level.help.end() ? "" : " -d " + in_quotes(help->second)) + "\n";
    }
    if (level.takes_file) out += line + " -F\n";
  }
  for (auto const& verb : verbs)
    for (auto const& argument : verb.arguments)
      if (argument.name.starts_with("--")) {
        std::string const last = verb.path.substr(verb.path.rfind(' ') + 1);
        out += "complete -c comity -n " + in_quotes("__fish_seen_subcommand_from " + last) + " -l " +
               argument.name.substr(2) + (argument.takes == Takes::nothing ? "" : " -r") + " -d " +
               in_quotes(argument.help) + "\n";
      }
  return out;
}

}  // namespace

std::string completions(Shell shell, Verbs const& verbs) {
  auto const levels = levels_of(verbs);
  switch (shell) {
    case Shell::bash: return bash(levels);
    case Shell::zsh: return zsh(levels);
    case Shell::fish: return fish(levels, verbs);
  }
  return "";
}

}  // namespace comity::cli
