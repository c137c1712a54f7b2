#include "cli/sites.h"

#include "cli/airspace_view.h"
#include "cli/asking.h"
#include "cli/finding.h"
#include "cli/kept_acts.h"
#include "cli/show.h"

namespace comity::cli {
namespace {

Exit list_sites(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  return finish(call.settings.format, remote->get(own_sites.path), sites_text);
}

// As it was seen just now: a site that somebody changes meanwhile is not withdrawn.
Exit withdraw_site(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const site = find_own(*remote, own_sites, call.text("id"));
  if (!site) return complain(site.error());
  if (call.settings.format == Format::text) say_aside(sites_text(json::Array{*site}));
  if (!agrees_to(call, "withdraw it, so that nobody is warned of it any more"))
    return complain({ErrorCode::bad_input, "nothing was withdrawn"});
  json::Object body{{"id", site->at("id")}, {"at", site->at("version")}};
  return finish_ruling(call.settings.format,
                       post_command(*remote, {{"kind", "withdraw_site"}, {"body", std::move(body)}}));
}

}  // namespace

Verbs own_site_verbs() {
  return {
      {"sites list",
       "The protected sites of this office, and which of them must be confirmed again",
       "comity sites list --as un/ocha",
       {},
       list_sites},
      {"sites withdraw",
       "Withdraw a protected site: nobody is warned of it any more",
       "comity sites withdraw 3f2a1b9c",
       {{"id", Takes::word, "SITE", "its id, or the beginning of it"},
        {"--yes", Takes::nothing, "", "do not ask"}},
       withdraw_site},
  };
}

}  // namespace comity::cli
