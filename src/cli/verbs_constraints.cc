// Constraints of the airspace, and where an intent of the asker's own is (40-deconfliction).
#include "base/seam.h"
#include "cli/airspace.h"
#include "cli/airspace_view.h"
#include "cli/finding.h"
#include "cli/intent_form.h"
#include "cli/kept_acts.h"
#include "cli/members.h"
#include "cli/plain.h"
#include "cli/show.h"
#include "cli/telemetry_form.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

json::Object command_of(char const* kind, json::Object body) {
  return {{"kind", kind}, {"body", std::move(body)}};
}

Exit print(char const* kind, json::Object body) {
  say_json(json::write(command_of(kind, std::move(body))));
  return Exit::done;
}

// Whether it conformed, and what it is now.
Exit say_report(Call const& call, Result<http::Response> const& answer) {
  Exit const exit = finish_ruling(call.settings.format, answer);
  if (exit != Exit::done || call.settings.format == Format::json) return exit;
  auto const ruling = value_of(answer);
  if (!ruling) return exit;
  auto const filing = member_of(*ruling, "filing");
  say(is_said(filing, "conforms") ? "inside of what is filed\n" : "NOT inside of what is filed\n");
  say("state: " + plain(text_at(filing, "state")) + "\n");
  for (auto const& unknown : rows_at(filing, "unknown")) say(plain(text_at(unknown, "answer")) + "\n");
  return exit;
}

Exit report(Call const& call) {
  auto body = telemetry_body(call, system_seam().clock.now());
  if (!body) return complain(body.error());
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const present = find_own(*remote, own_intents, call.text("id"));
  if (!present) return complain(present.error());
  (*body)["id"] = present->at("id");
  if (call.has("--print")) return print("report_telemetry", std::move(*body));
  return say_report(call, post_command(*remote, command_of("report_telemetry", std::move(*body))));
}

Exit file(Call const& call) {
  auto body = constraint_body(call, system_seam().clock.now());
  if (!body) return complain(body.error());
  if (call.has("--print")) return print("put_constraint", std::move(*body));
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  std::string const id = text_at(*body, "id");
  Exit const exit = finish_ruling(call.settings.format,
                                  post_command(*remote, command_of("put_constraint", std::move(*body))));
  if (exit == Exit::done) say_aside("constraint " + plain(id) + "\n");
  return exit;
}

Exit end(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const present = find_own(*remote, own_constraints, call.text("id"));
  if (!present) return complain(present.error());
  auto const* const ovn = present->if_contains("ovn");
  if (!ovn) return complain({ErrorCode::bad_input, "another office has filed that constraint"});
  json::Object body{{"id", present->at("id")}, {"at", *ovn}};
  return finish_ruling(call.settings.format,
                       post_command(*remote, command_of("delete_constraint", std::move(body))));
}

Exit list(Call const& call) { return show_rows(call, own_constraints, constraints_text); }

}  // namespace

Verbs constraint_verbs() {
  return {
      {"position", "Report where an intent of yours is; says whether that is inside of what is filed",
       "comity position 3f2a1b9c --at \"35.05N 40.1E\" --accuracy 10m --altitude 120m --accuracy-vertical "
       "5m\n"
       "comity position 3f2a1b9c --at \"35.05 40.1\" --accuracy 30m --altitude FL95 --accuracy-vertical 50m "
       "\\\n"
       "    --speed 90 --track 270 --next +PT30S --reach 3km --reach-vertical 300m",
       telemetry_arguments(), report},
      {"constraints list",
       "Constraints of this office, and those of others that a clause shows",
       "comity constraints list",
       {},
       list},
      {"constraints file",
       "File a constraint: listed for whoever may see it by a clause, and their systems are told. Nobody is "
       "warned of it: of "
       "a zone that is to warn whoever flies there, file a site",
       "comity constraints file --circle \"35.05N 40.1E\" --radius 800m --low GND --high \"1400m\" --from "
       "now "
       "--until +PT6H",
       constraint_arguments(), file},
      {"constraints end",
       "End a constraint of yours",
       "comity constraints end 3f2a1b9c",
       {{"id", Takes::word, "CONSTRAINT", "its id, or the beginning of it"}},
       end},
  };
}

}  // namespace comity::cli
