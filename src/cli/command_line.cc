#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>
#include <map>

#include "base/contains.h"
#include "cli/show.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

constexpr char const* default_url = "http://127.0.0.1:8642";

constexpr char const* first_steps =
    "First steps:\n"
    "  comity me --as ru/general-staff          who the centre takes you for\n"
    "  comity matrix                            which clause runs from whom to whom\n"
    "  comity items list                        what was released to you\n"
    "  comity items contribute FILE --under A --preview\n"
    "  comity NOUN --help, comity NOUN VERB --help\n"
    "Credentials: COMITY_TOKEN, or ~/.config/comity/credentials.toml (mode 0600):\n"
    "  [\"ru/general-staff\"]\n"
    "  user = \"anna@ru\"\n"
    "  password = \"...\"\n"
    "  key = \"ru.key\"        # optional: signs acts\n"
    "Exit codes: 0 accepted or found, 1 refused, 2 usage, 3 not authorised or not there,\n"
    "  4 cannot reach or not durable, 5 integrity failure";

// What the parser writes into for one verb.
struct Bound {
  Verb const* verb;
  CLI::App* app;
  std::map<std::string, std::vector<std::string>> values;
  std::map<std::string, std::string> singles;
  std::map<std::string, bool> flags;
};

std::string indented(std::string const& lines) {
  std::string out = lines.empty() ? "" : "Examples:\n  ";
  for (char const c : lines) out += c == '\n' ? std::string("\n  ") : std::string(1, c);
  return out + (lines.empty() ? "" : "\n") + "Everywhere: --url URL, --as OFFICE, --json; see comity --help";
}

void add_argument(Bound& bound, Argument const& argument) {
  CLI::Option* option = nullptr;
  switch (argument.takes) {
    case Takes::nothing:
      bound.app->add_flag(argument.name, bound.flags[argument.name], argument.help);
      return;
    case Takes::words:
    case Takes::values:
      option = bound.app->add_option(argument.name, bound.values[argument.name], argument.help);
      if (argument.takes == Takes::values)
        option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
      break;
    default: option = bound.app->add_option(argument.name, bound.singles[argument.name], argument.help);
  }
  bool const must =
      argument.takes == Takes::word || argument.takes == Takes::words || argument.takes == Takes::required;
  option->required(must)->option_text(argument.what + (must ? " (needed)" : ""));
  if (!argument.choices.empty()) option->check(CLI::IsMember(argument.choices));
}

Call call_of(Bound const& bound, Settings settings) {
  auto values = bound.values;
  for (auto const& [name, value] : bound.singles)
    if (!value.empty()) values[name] = {value};
  for (auto const& [name, given] : bound.flags)
    if (given) values[name] = {"yes"};
  for (auto const& argument : bound.verb->arguments)
    if (!argument.fallback.empty() && values[argument.name].empty())
      values[argument.name] = {argument.fallback};
  return {std::move(settings), std::move(values)};
}

class Line {
 public:
  explicit Line(Verbs const& verbs);
  int parse_and_run(int argc, char const* const* argv);

 private:
  CLI::App* noun_app(std::string const& path);
  int usage(CLI::ParseError const& error);

  CLI::App app_{
      "Comity: what agreements in force allow, released between parties that do not fully trust one another"};
  std::deque<Bound> bound_;
  std::map<std::string, CLI::App*> nouns_;
  Settings settings_;
  bool json_ = false;
};

Line::Line(Verbs const& verbs) {
  app_.name("comity");
  app_.require_subcommand(1);
  app_.set_help_all_flag("--help-all", "Help of every command");
  app_.set_version_flag("--version", "comity " COMITY_VERSION);
  app_.footer(first_steps);
  app_.add_option("--url", settings_.url, "The centre; default COMITY_URL or " + std::string(default_url))
      ->option_text("URL")
      ->envname("COMITY_URL");
  app_.add_option("--ca", settings_.authorities,
                  "Certificates in PEM that the centre's must lead to; default COMITY_CA or the system's")
      ->option_text("FILE")
      ->envname("COMITY_CA");
  app_.add_option("--as", settings_.office,
                  "The office that acts; PARTY if it has one entry in the credentials")
      ->option_text("OFFICE");
  app_.add_flag("--json", json_, "The answer as it was received");
  for (auto const& verb : verbs) {
    auto const space = verb.path.find(' ');
    CLI::App* const above = space == verb.path.npos ? &app_ : noun_app(verb.path.substr(0, space));
    std::string const word = space == verb.path.npos ? verb.path : verb.path.substr(space + 1);
    CLI::App* const app = above->add_subcommand(word, verb.help);
    app->fallthrough()->footer(indented(verb.examples));
    bound_.push_back({&verb, app, {}, {}, {}});
    for (auto const& argument : verb.arguments) add_argument(bound_.back(), argument);
  }
}

CLI::App* Line::noun_app(std::string const& path) {
  auto& app = nouns_[path];
  if (app) return app;
  auto const all = nouns();
  auto const noun = std::ranges::find(all, path, &Noun::path);
  app = app_.add_subcommand(path, noun == all.end() ? "" : noun->help);
  app->require_subcommand(1)->fallthrough()->footer("");
  return app;
}

int Line::usage(CLI::ParseError const& error) {
  bool const asked = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
  if (asked) {
    app_.exit(error);
    return code(Exit::done);
  }
  CLI::App const* at = &app_;
  while (!at->get_subcommands().empty()) at = at->get_subcommands().front();
  std::string words;
  for (CLI::App const* one = at; one; one = one->get_parent())
    words = one->get_name() + (words.empty() ? "" : " ") + words;
  auto const rest = app_.remaining(true);
  bool const unknown =
      !rest.empty() && !rest.front().starts_with('-') && at->get_require_subcommand_min() > 0;
  bool const unfinished = rest.empty() && at->get_require_subcommand_min() > 0;
  std::string const what = unknown      ? "no command `" + words + " " + rest.front() + "`"
                           : unfinished ? "`" + words + "` is not a whole command"
                                        : error.what();
  return code(complain({ErrorCode::bad_input, what + "\nRun `" + words + " --help`."}));
}

int Line::parse_and_run(int argc, char const* const* argv) {
  try {
    app_.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    return usage(error);
  }
  if (settings_.url.empty()) settings_.url = default_url;
  settings_.format = json_ ? Format::json : Format::text;
  for (auto const& bound : bound_)
    if (bound.app->parsed()) return code(bound.verb->run(call_of(bound, settings_)));
  return code(Exit::usage);
}

}  // namespace

int run(int argc, char const* const* argv) {
  Verbs const verbs = all_verbs();
  return Line(verbs).parse_and_run(argc, argv);
}

}  // namespace comity::cli
