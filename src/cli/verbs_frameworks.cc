// Published frameworks in the reference set: what is allowed, its digest, and loading it.
#include <fmt/format.h>

#include "cli/frameworks.h"
#include "cli/given_file.h"
#include "cli/show.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

Exit list(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  return finish(call.settings.format, remote->get("/api/v1/frameworks"),
                as_table({{"framework", "framework"},
                          {"title", "title"},
                          {"objects", "objects"},
                          {"loaded", "loaded"},
                          {"root", "root"}},
                         "no frameworks"));
}

Exit digest(Call const& call) {
  auto const file = given_file(call.text("file"));
  if (!file) return complain(file.error());
  auto const published = read_published_bundle(*file);
  if (!published) return complain(published.error());
  std::string const root = to_hex(published->tree.root());
  if (call.settings.format == Format::json)
    say_json(json::write(json::Object{{"root", root}, {"objects", published->objects.size()}}));
  else
    say(fmt::format("root {}\nobjects {}\n", root, published->objects.size()));
  return Exit::done;
}

Exit load(Call const& call) {
  auto const file = given_file(call.text("file"));
  if (!file) return complain(file.error());
  auto const published = read_published_bundle(*file);
  if (!published) return complain(published.error());
  return load_framework(call.settings, call.text("framework"), *published);
}

Argument bundle() { return {"file", Takes::word, "FILE", "the bundle as it was published"}; }

}  // namespace

Verbs framework_verbs() {
  return {
      {"frameworks list",
       "Published frameworks that every office has in the reference set",
       "comity frameworks list --as ru/mfa",
       {},
       list},
      {"frameworks digest",
       "Root and number of a bundle's objects, computed here: what officers compare and allow",
       "comity frameworks digest enterprise-attack-18.1.json",
       {bundle()},
       digest},
      {"frameworks load",
       "Load what is missing of an allowed framework (role host); started again after a cut, it goes on",
       "comity frameworks load enterprise-attack enterprise-attack-18.1.json --as operator/operations",
       {{"framework", Takes::word, "NAME", "as it was allowed"}, bundle()},
       load},
  };
}

}  // namespace comity::cli
