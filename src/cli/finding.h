// The centre's lists of the airspace, whole; and one of the asker's own intents, sites or constraints, by its id or by as much of its
// beginning as no other shares (four characters or more).
//
// The list of the centre is asked for each time, page by page, so what is changed next is what was seen. Errors: not_found with where to look;
// bad_input if several begin so; those of the centre.
#pragma once

#include <string>

#include "base/result.h"
#include "cli/remote.h"
#include "cli/show.h"
#include "cli/verb.h"
#include "json/json.h"

namespace comity::cli {

struct Listed {
  char const* path;  // "/api/v1/intents"
  char const* what;  // "intent"
  char const* look;  // the command that shows them: "comity intents"
};
inline constexpr Listed own_intents{"/api/v1/intents", "intent", "comity intents"};
inline constexpr Listed own_sites{"/api/v1/sites", "site", "comity sites list"};
inline constexpr Listed own_constraints{"/api/v1/constraints", "constraint", "comity constraints list"};
inline constexpr Listed own_conflicts{"/api/v1/conflicts", "conflict", "comity conflicts"};

// The whole list, in the order that the centre has it in.
Result<json::Array> own_rows(Remote& remote, Listed const& listed);
// … printed.
Exit show_rows(Call const& call, Listed const& listed, Render const& render);
Result<json::Object> find_in(json::Array const& rows, Listed const& listed, std::string const& id);
Result<json::Object> find_own(Remote& remote, Listed const& listed, std::string const& id);

}  // namespace comity::cli
