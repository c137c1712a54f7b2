#include "cli/sites.h"

#include "cli/airspace_view.h"
#include "cli/asking.h"
#include "cli/finding.h"
#include "cli/kept_acts.h"
#include "cli/sending.h"
#include "cli/show.h"
#include "cli/typed.h"
#include "places/values.h"

namespace comity::cli {
namespace {

constexpr char const* confirmed_for = "+P90D";

Exit list_sites(Call const& call) { return show_rows(call, own_sites, sites_text); }

// When they are to be confirmed again: a date, a time, or how long from now.
Result<std::string> by_when(Call const& call) {
  std::string const text = call.has("--by") ? call.text("--by") : confirmed_for;
  if (auto const moment = places::read_moment(text, places::Edge::begins)) return to_text(*moment);
  return read_moment(text, system_seam().clock.now());
}

bool is_list(json::Value const& answer) { return answer.is_array(); }

// In one commit, each ruled on by itself: as they were seen just now, so that nobody confirms what somebody else has just changed.
Exit reconfirm_sites(Call const& call) {
  auto const by = by_when(call);
  if (!by) return complain(by.error());
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const rows = own_rows(*remote, own_sites);
  if (!rows) return complain(rows.error());
  json::Array commands, meant;
  for (std::string const& id : call.list("id")) {
    auto const site = find_in(*rows, own_sites, id);
    if (!site) return complain(site.error());
    meant.push_back(*site);
    json::Object body{{"id", site->at("id")}, {"at", site->at("version")}, {"reconfirm_by", *by}};
    commands.push_back(json::Object{{"kind", "reconfirm_site"}, {"body", std::move(body)}});
  }
  if (call.settings.format == Format::text) say_aside(sites_text(meant));
  if (!agrees_to(call, "say that they are still there, as they were filed"))
    return complain({ErrorCode::bad_input, "nothing was confirmed"});
  auto const answer = post_patiently(*remote, "/api/v1/commands", json::write(commands), is_list);
  if (!answer) return complain(answer.error());
  bool const refused = is_refused(*answer);
  if (call.settings.format == Format::json)
    say_json(json::write(*answer));
  else
    refused ? say_aside(ruling_text(*answer)) : say(ruling_text(*answer));
  return refused ? Exit::refused : Exit::done;
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
      {"sites reconfirm",
       "Say that protected sites are still as they were filed, and by when you will look again",
       "comity sites reconfirm 3f2a1b9c 77c0\ncomity sites reconfirm 3f2a1b9c --by 2027-06-30",
       {{"id", Takes::words, "SITE", "its id, or the beginning of it"},
        {"--by", Takes::value, "TIME",
         "when they are to be confirmed again: a date, a time, or +P30D; default: in 90 days, at most in two "
         "years"},
        {"--yes", Takes::nothing, "", "do not ask"}},
       reconfirm_sites},
      {"sites withdraw",
       "Withdraw a protected site: nobody is warned of it any more",
       "comity sites withdraw 3f2a1b9c",
       {{"id", Takes::word, "SITE", "its id, or the beginning of it"},
        {"--yes", Takes::nothing, "", "do not ask"}},
       withdraw_site},
  };
}

}  // namespace comity::cli
