// `comity describe`: another TAXII 2.1 server, as a description for `comity init --preset taxii` (forms/opening.h).
//
// It walks the server as one of its users may: discovery, roots, collections, and of every collection that this user may read all
// versions with the dates of the manifest. Objects are written as they were served. What no client is told has to be filled in
// by hand, and is left empty until then: who the users are, and who may read and write what.
//
// By `next` where the server gives one, else by X-TAXII-Date-Added-Last, which may lose objects that share a date. The closing
// count has what a manifest lists and was not served; what was served and no manifest lists is dated by its page. Of each
// object the spec_version is the newest that the server has. Memory in proportion to the largest collection.
//
// A root or a collection that is refused to this user (401, 403, 404) is left out, a collection's objects alone where its words
// were told; all that was refused is listed at the end. Any other answer ends it, and nothing is left but files of objects.
//
// Done if all that the manifests list was written; refused if something is missing or was refused. Nothing is overwritten.
#pragma once

#include <string>

#include "cli/exit_code.h"
#include "cli/local.h"

namespace comity::cli {

struct DescribeOptions {
  std::string url;  // of discovery: https://old.example/taxii2/
  std::string folder;
  std::string user, password_file;
  std::string authorities;  // PEM; empty: the system's
  Format format = Format::text;
};

Exit describe(DescribeOptions const& options);

}  // namespace comity::cli
