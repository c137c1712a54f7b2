// What the files of the setting `openid` say: by which providers of identities people may sign in (doors/console/providers.h), one file each.
//
//   issuer = "ru/login"                  as its party has registered it
//   label = "Sign in with the ministry"  of the button
//   client-id = "comity"                 that the provider gave this centre
//   client-secret-file = "login.secret"  its secret, if it has one; a path from the file's folder
//   authorization-endpoint = "https://…" where browsers are sent
//   token-endpoint = "https://…"         what the centre calls
//   allow = ["10.1.2.3"]                 addresses of it that are not public
//
// Errors: bad_input, with file, line and what would be right; also for a file that others may write, since it says where the centre calls,
// and for a secret that everybody may read.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "doors/console/providers.h"

namespace comity::cli {

Result<std::vector<console::Provider>> read_providers(std::vector<std::string> const& files);
// Of the text of one such file, with its secret.
Result<console::Provider> provider_in(std::string_view text, std::string const& path);

}  // namespace comity::cli
