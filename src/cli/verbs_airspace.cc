// Intents of the asker's own office: filed, amended, ended, listed (40-deconfliction).
#include <algorithm>

#include "base/seam.h"
#include "cli/airspace.h"
#include "cli/airspace_view.h"
#include "cli/finding.h"
#include "cli/intent_form.h"
#include "cli/kept_acts.h"
#include "cli/members.h"
#include "cli/plain.h"
#include "cli/show.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

json::Object put_intent(json::Object body) { return {{"kind", "put_intent"}, {"body", std::move(body)}}; }

bool is_refused_as(json::Value const& ruling, std::string_view code) {
  auto const reasons = member_of(ruling, "reasons");
  return reasons.is_array() && std::ranges::any_of(reasons.get_array(), [&](json::Value const& reason) {
           return text_at(reason, "code") == code;
         });
}

// What the other reader of this intent did in between is not overwritten.
Exit finish_change(Format format, Result<http::Response> const& answer) {
  Exit const exit = finish_ruling(format, answer);
  if (exit != Exit::refused) return exit;
  auto const ruling = json::parse(answer->body, answer->body.size() + 1, json::Numbers::any);
  if (ruling && (is_refused_as(*ruling, "stale_ovn") || is_refused_as(*ruling, "unknown_intent")))
    say_aside("It changed meanwhile, so nothing was done. Look with `comity intents`, and say it again.\n");
  return exit;
}

Result<json::Array> conflicts_of(Remote& remote, std::string const& id) {
  json::Array own;
  for (auto const& one : TRY(own_rows(remote, own_conflicts)))
    if (text_at(one, "intent") == id) own.push_back(one);
  return own;
}

// It is recorded, and counts where a clause has a budget, as a filing does.
Exit preview(Call const& call, Remote& remote, json::Object const& body) {
  auto const answer = remote.post("/api/v1/conflicts/preview", json::write(body));
  auto const ruling = value_of(answer);
  if (!ruling || call.settings.format == Format::json) return finish_change(call.settings.format, answer);
  say(preview_text(*ruling));  // and no "accepted": nothing is filed
  return Exit::done;
}

// Sends it, and says what is disclosed of it. The id goes aside, so that it is known with --json too.
Exit send(Call const& call, Remote& remote, json::Object const& body) {
  if (call.has("--preview")) return preview(call, remote, body);
  std::string const id = text_at(body, "id");
  auto const answer = post_command(remote, put_intent(body));
  Exit const exit = finish_change(call.settings.format, answer);
  if (exit != Exit::done) return exit;
  say_aside("intent " + plain(id) + "\n");
  if (call.settings.format == Format::json) return exit;
  auto const ruling = value_of(answer);
  auto const conflicts = conflicts_of(remote, id);
  if (!ruling || !conflicts) {
    say_aside(
        "It is filed; what is disclosed of conflicts could not be asked for. Try `comity conflicts`.\n");
    return exit;
  }
  say(filing_text(*ruling, *conflicts));
  return exit;
}

Exit print(json::Object body) {
  say_json(json::write(put_intent(std::move(body))));
  return Exit::done;
}

Exit file(Call const& call) {
  auto body = intent_body(call, system_seam().clock.now());
  if (!body) return complain(body.error());
  if (call.has("--print")) return print(std::move(*body));
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  return send(call, *remote, *body);
}

Exit amend(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const present = find_own(*remote, own_intents, call.text("id"));
  if (!present) return complain(present.error());
  auto body = amended_body(call, *present, system_seam().clock.now());
  if (!body) return complain(body.error());
  if (call.has("--print")) return print(std::move(*body));
  return send(call, *remote, *body);
}

Exit end(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const present = find_own(*remote, own_intents, call.text("id"));
  if (!present) return complain(present.error());
  json::Object body{{"id", present->at("id")}, {"at", present->at("ovn")}};
  return finish_change(call.settings.format,
                       post_command(*remote, {{"kind", "delete_intent"}, {"body", std::move(body)}}));
}

Exit intents(Call const& call) { return show_rows(call, own_intents, intents_text); }

Argument id_word() { return {"id", Takes::word, "INTENT", "its id, or the beginning of it"}; }

std::vector<Argument> file_arguments() {
  std::vector<Argument> all{{"file", Takes::maybe, "FILE", "the form of docs/formats.md, or GeoJSON"}};
  for (auto& argument : intent_arguments()) all.push_back(std::move(argument));
  all.push_back({"--id", Takes::value, "UUID", "its id, of version 4; default: a new one"});
  return all;
}

std::vector<Argument> amend_arguments() {
  std::vector<Argument> all{id_word()};
  for (auto& argument : intent_arguments()) all.push_back(std::move(argument));
  return all;
}

}  // namespace

Verbs airspace_verbs() {
  return {
      {"file", "File where and when you will operate; says what is disclosed of conflicts",
       "comity file --polygon \"35.0 40.0, 35.0 40.3, 35.1 40.3, 35.1 40.0\" --low 6000m --high 21000ft \\\n"
       "    --from 2026-03-01T12:00Z --until 2026-03-01T13:30Z\n"
       "comity file --circle \"35.05N 40.1E\" --radius 2NM --low GND --high \"500 ft AGL\" --from now "
       "--until +PT90M\n"
       "comity file --geojson area.geojson --low FL180 --high FL240 --from now --until +PT2H\n"
       "comity file intent.json --preview\n"
       "comity file intent.json --print",
       file_arguments(), file},
      {"amend", "Change an intent of yours: its state, its times, its altitudes, where it is",
       "comity amend 3f2a1b9c --state Activated\n"
       "comity amend 3f2a1b9c --until 2026-03-01T15:00Z\n"
       "comity amend 3f2a1b9c --polygon \"33.0 38.0, 33.0 38.2, 33.2 38.2\"",
       amend_arguments(), amend},
      {"end", "End an intent of yours, and its conflicts with it", "comity end 3f2a1b9c", {id_word()}, end},
      {"intents", "The intents of this office", "comity intents --as us/defense", {}, intents},
  };
}

}  // namespace comity::cli
