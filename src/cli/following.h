// Watching a list at a terminal: it is asked for every two seconds, and what is new or changed is printed.
//
// Rows are told apart by their member `notice`. With --json each new or changed row is one line of JSON. A centre that is busy or
// restarts is waited for, a minute at the most; then it ends with exit code 4, on any other refusal with that one's. It ends by itself
// for nothing else: a person stops it. Memory: one text for each row that is still watched. One thread.
#pragma once

#include <functional>
#include <string>

#include "cli/remote.h"
#include "cli/show.h"
#include "cli/verb.h"
#include "json/json.h"

namespace comity::cli {

struct Followed {
  std::function<Result<json::Array>(Remote&)> ask;
  Render render;        // of a list of rows
  std::string nothing;  // said once, where there is none at first; aside
  std::string gone;     // said behind the number of a row that is listed no more; empty: nothing
};

Exit follow(Call const& call, Followed const& followed);

}  // namespace comity::cli
