#include "cli/asking.h"

#include <unistd.h>

#include <iostream>

#include "cli/show.h"

namespace comity::cli {

bool agrees_to(Call const& call, std::string const& what) {
  if (call.has("--yes") || !::isatty(STDIN_FILENO)) return true;
  say_aside("Type yes to " + what + ": ");
  std::string line;
  std::getline(std::cin, line);
  return line == "yes";
}

}  // namespace comity::cli
