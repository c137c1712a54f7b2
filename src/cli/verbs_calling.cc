// Where the centre calls when something was added to a feed of one's office.
#include "cli/kept_acts.h"
#include "cli/show.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

Exit post(Call const& call, std::string const& kind, json::Object body) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  json::Object const command{{"kind", kind}, {"body", std::move(body)}};
  return finish_ruling(call.settings.format, post_command(*remote, command));
}

Exit list(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  return finish(call.settings.format, remote->get("/api/v1/destinations"),
                as_table({{"destination", "destination"},
                          {"url", "url"},
                          {"allowed", "allowed"},
                          {"feeds", "feeds"},
                          {"last_call", "last call"},
                          {"secret", "secret"}},
                         "no destinations"));
}

Exit add(Call const& call) {
  Exit const exit = post(call, "register_destination",
                         {{"destination", call.text("destination")}, {"url", call.text("url")}});
  if (exit == Exit::done)
    say_aside("An officer of the host has to allow it: comity host allow-destination\n");
  return exit;
}

Exit end(Call const& call) {
  return post(call, "register_destination", {{"destination", call.text("destination")}});
}

Exit on_feed(Call const& call, std::string const& kind) {
  return post(call, kind, {{"destination", call.text("destination")}, {"feed", call.text("feed")}});
}
Exit attach(Call const& call) { return on_feed(call, "attach_feed"); }
Exit detach(Call const& call) { return on_feed(call, "detach_feed"); }

Argument destination() { return {"destination", Takes::word, "NAME", "your party's name for the place"}; }
Argument feed() { return {"feed", Takes::word, "FEED", "an agreement, or all, or duties"}; }

}  // namespace

Verbs calling_verbs() {
  return {
      {"destinations list",
       "Where the centre may call for your party, and how the last call went",
       "comity destinations list --as ru/mfa",
       {},
       list},
      {"destinations add",
       "Name a place to call, or give it another URL (role admin)",
       "comity destinations add siem https://siem.example/comity",
       {destination(), {"url", Takes::word, "URL", "https only"}},
       add},
      {"destinations end",
       "Have the centre call a place no longer (role admin)",
       "comity destinations end siem",
       {destination()},
       end},
      {"destinations attach",
       "Have the centre ring there when something is added to a feed of your office (role admin)",
       "comity destinations attach siem ru.baghdad-centre\ncomity destinations attach siem all",
       {destination(), feed()},
       attach},
      {"destinations detach",
       "Have it ring there no longer for a feed (role admin)",
       "comity destinations detach siem all",
       {destination(), feed()},
       detach},
  };
}

}  // namespace comity::cli
