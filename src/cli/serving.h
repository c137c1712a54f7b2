// What `comity serve` can be told: one table, of which are made its options, the commented file that `comity config` prints,
// and what such a file may say. So none of the three knows what another does not.
//
// A file has the names of the options without their hyphens in front: `port = 8642` is `--port 8642`. It is read whole and
// refused whole: an unknown name, another type, a number beyond its bounds are one sentence with file, line and what would be
// right. What the command line says comes first, then the file, then the default. Paths in a file are meant from its folder.
// No setting is a secret; keys stand in files of their own, whose names are settings. A file that others may write would let
// them choose what the centre trusts, so it is refused.
//
// Not promised: that a file named here is there, or that an address is this machine's; `serve` says so when it starts.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/local.h"
#include "cli/verb.h"

namespace comity::cli {

struct Setting {
  enum class Kind : uint8_t {
    path,
    text,
    address,
    number,
    choice,  // one of the words of `what`, parted by |
    codes,   // lists: of codes of findings,
    paths,   // of files,
    names,   // of names
  };
  std::string name;
  Kind kind;
  std::string what;  // the placeholder: FILE
  std::string help;  // one line
  std::string more;  // what a file says besides, in lines
  std::string fallback = "";
  int64_t least = 0, most = 0;  // of a number
};

std::vector<Setting> const& serve_settings();

// By name. A setting of codes may have several values, the others have one.
using Said = std::map<std::string, std::vector<std::string>>;

// The options, without the file's own.
std::vector<Argument> serve_arguments();
// What a Call says of the settings. bad_input: not in its form.
Result<Said> said_by(Call const& call);
// What a file says. `path` names it in errors, and its folder is where paths begin.
Result<Said> said_in(std::string_view text, std::string const& path);
// The file itself, with its rights looked at.
Result<Said> read_config(std::string const& path);

// `first` comes before `then`. bad_input: something is missing, or does not go together.
Result<ServeOptions> serve_options(Said const& first, Said const& then, Format format);

// Every setting with what it means; all but `data` commented out.
std::string default_config();

}  // namespace comity::cli
