#include "cli/sites_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>

#include "base/limits.h"
#include "cli/finding.h"
#include "cli/given_file.h"
#include "cli/members.h"
#include "cli/plain.h"
#include "cli/sending.h"
#include "cli/show.h"
#include "cli/table.h"
#include "places/body.h"
#include "places/checks.h"
#include "places/told.h"

namespace comity::cli {
namespace {

using places::Draft;
using places::Finding;
using places::Severity;

enum class Doing : uint8_t { adding, changing, nothing };
char const* word(Doing doing) {
  switch (doing) {
    case Doing::adding: return "new";
    case Doing::changing: return "changed";
    case Doing::nothing: return "as it is";
  }
  return "";
}

struct Planned {
  std::string id;
  json::Object body;
  Doing doing = Doing::adding;
  int64_t version = 0;  // of what is there
  std::string refusal;  // by the centre
  bool filed = false;
};

struct Plan {
  std::vector<Draft> drafts;
  std::vector<Planned> places;
  std::vector<Finding> findings;
};

std::string base_name(std::string const& path) { return path.substr(path.rfind('/') + 1); }

// What the file does not say.
void fill(Draft& draft, SitesImport const& what, std::string const& source) {
  if (draft.name.empty()) draft.name = draft.id;
  if (draft.source.empty()) draft.source = source;
  if (!draft.kind) draft.kind = what.kind;
  if (!draft.reconfirm_by) draft.reconfirm_by = what.reconfirm_by;
  if (!draft.ground) draft.ground = what.ground;
  for (places::Volume& volume : draft.volumes)
    if (volume.shape == places::Shape::point && !volume.radius_m) volume.radius_m = what.uncertainty_m;
  for (places::Window& window : draft.windows) {
    if (window.schedule.empty()) continue;
    if (what.from) window.from = std::max(window.from.value_or(*what.from), *what.from);
    if (what.until) window.until = std::min(window.until.value_or(*what.until), *what.until);
  }
}

std::string source_of(SitesImport const& what) {
  return what.source.empty() ? base_name(what.file) : what.source;
}

Result<std::vector<Draft>> read_drafts(SitesImport const& what) {
  auto const file = TRY(given_file(what.file));
  auto drafts = places::read(file, what.format.value_or(places::format_of(file)));
  if (!drafts) {
    Error const& error = drafts.error();
    return fail(error.code,
                what.file + ": " + (error.pointer.empty() ? "" : error.pointer + ": ") + error.detail);
  }
  for (Draft& draft : *drafts) fill(draft, what, source_of(what));
  if (places::corners_of(*drafts) > limits::place_corners)
    return fail(ErrorCode::too_large,
                fmt::format("{}: more than {} corners in all volumes and periods; cut it", what.file,
                            limits::place_corners));
  return drafts;
}

// ---- what is there already -----------------------------------------------------------------------------------------------

int64_t number_at(json::Value const& row, std::string_view name) {
  json::Value const value = member_of(row, name);
  return value.is_int64() ? value.get_int64() : 0;
}

std::vector<places::There> there_of(json::Array const& rows) {
  std::vector<places::There> all;
  for (json::Value const& row : rows)
    all.push_back({text_at(row, "id"), text_at(row, "name"), places::corners_told(row), 0});
  return all;
}

Planned planned(Draft const& draft, std::string const& id, std::map<std::string, json::Value> const& rows) {
  Planned out;
  out.id = id;
  out.body = places::body_of(draft, id);
  auto const row = rows.find(id);
  if (row == rows.end()) return out;
  out.version = number_at(row->second, "version");
  out.doing = places::is_told(out.body, row->second) ? Doing::nothing : Doing::changing;
  out.body["at"] = out.version;
  return out;
}

Result<Plan> plan_of(Remote& remote, SitesImport const& what, std::vector<Draft> drafts) {
  json::Array const listed = TRY(own_rows(remote, own_sites));
  std::map<std::string, json::Value> rows;
  for (json::Value const& row : listed) rows[text_at(row, "id")] = row;
  std::string const office = text_at(TRY(value_of(remote.get("/api/v1/me"))), "office");
  Plan plan{std::move(drafts), {}, {}};
  std::string const source = source_of(what);
  std::vector<std::string> ids;
  for (Draft const& draft : plan.drafts) ids.push_back(places::site_id(office, source, draft));
  plan.findings = places::check(plan.drafts, ids, there_of(listed), system_seam().clock.now());
  std::vector<bool> refused(plan.drafts.size());
  for (Finding const& one : plan.findings)
    if (one.severity == Severity::refuse) refused[one.draft] = true;
  for (size_t i = 0; i < plan.drafts.size(); ++i)
    plan.places.push_back(refused[i] ? Planned{ids[i], {}, Doing::adding, 0, "", false}
                                     : planned(plan.drafts[i], ids[i], rows));
  return plan;
}

size_t count(Plan const& plan, Severity severity) {
  return static_cast<size_t>(std::ranges::count(plan.findings, severity, &Finding::severity));
}

// ---- what is shown ---------------------------------------------------------------------------------------------------------

std::string size_of(places::Volume const& volume) {
  if (volume.shape == places::Shape::polygon) return fmt::format("area of {} corners", volume.points.size());
  std::string const metres = volume.radius_m ? fmt::format("{:.0f} m", *volume.radius_m) : "?";
  return (volume.shape == places::Shape::circle ? "circle of " : "point within ") + metres;
}

std::string extent_of(Draft const& draft) {
  if (draft.volumes.empty()) return "";
  size_t const more = draft.volumes.size() - 1;
  return size_of(draft.volumes.front()) + (more > 0 ? fmt::format(", and {} more", more) : "");
}

std::string position_of(Draft const& draft) {
  if (draft.volumes.empty() || draft.volumes.front().points.empty()) return "";
  auto const& at = draft.volumes.front().points.front();
  return fmt::format("{:.5f} {:.5f}", at.latitude, at.longitude);
}

char const* word(Severity severity) { return severity == Severity::refuse ? "refused" : "look at it"; }

void show(Plan const& plan) {
  Table places{{"where", "", "kind", "name", "latitude longitude", "extent", "confirm again"}, {}};
  for (size_t i = 0; i < plan.drafts.size(); ++i) {
    Draft const& draft = plan.drafts[i];
    bool const refused = plan.places[i].body.empty();
    places.rows.push_back({draft.where, refused ? "refused" : word(plan.places[i].doing),
                           draft.kind ? places::word_of(*draft.kind) : "", draft.name, position_of(draft),
                           extent_of(draft),
                           draft.reconfirm_by ? to_text(*draft.reconfirm_by).substr(0, 10) : ""});
  }
  say(drawn(places, output_columns()));
  if (plan.findings.empty()) return;
  Table findings{{"where", "finding", "", "what it is, what to do"}, {}, {0, 3}};
  for (Finding const& one : plan.findings)
    findings.rows.push_back({one.where, one.code, word(one.severity), one.message});
  say("\n" + drawn(findings, output_columns()));
}

json::Object json_of(Plan const& plan) {
  json::Array places, findings;
  for (size_t i = 0; i < plan.drafts.size(); ++i) {
    Planned const& one = plan.places[i];
    json::Object row{{"where", plan.drafts[i].where},
                     {"id", one.id},
                     {"name", plan.drafts[i].name},
                     {"doing", one.body.empty() ? "refused" : word(one.doing)},
                     {"filed", one.filed}};
    if (!one.refusal.empty()) row["refusal"] = one.refusal;
    if (!one.body.empty()) row["body"] = one.body;
    places.push_back(std::move(row));
  }
  for (Finding const& one : plan.findings)
    findings.push_back(json::Object{{"where", one.where},
                                    {"code", one.code},
                                    {"severity", one.severity == Severity::refuse ? "refuse" : "ask"},
                                    {"message", one.message}});
  return {{"places", std::move(places)}, {"findings", std::move(findings)}};
}

// ---- what is sent ----------------------------------------------------------------------------------------------------------

bool is_list(json::Value const& answer) { return answer.is_array(); }

std::string reasons_of(json::Value const& ruling) {
  std::string out;
  if (json::Value const reasons = member_of(ruling, "reasons"); reasons.is_array())
    for (json::Value const& one : reasons.get_array())
      out += (out.empty() ? "" : "; ") + text_at(one, "code") + ": " + text_at(one, "detail");
  return out.empty() ? "this office has used up its refusals for this hour" : out;
}

// `/3/body/extents/0: …` of the fourth command, for people who know the file and not the list.
Error in_words_of_file(Error error, Plan const& plan, std::vector<size_t> const& sent) {
  std::string out, rest = error.detail + "\n";
  for (size_t end; (end = rest.find('\n')) != rest.npos; rest.erase(0, end + 1)) {
    std::string line = rest.substr(0, end);
    size_t number = 0, used = 0;
    if (std::sscanf(line.c_str(), "  /%zu/body%zn", &number, &used) == 1 && used > 0 && number < sent.size())
      line = "  " + plan.drafts[sent[number]].where + " as put_site" + line.substr(used);
    out += (out.empty() ? "" : "\n") + line;
  }
  error.detail = out;
  return error;
}

// Those of one kind, as one list and one commit. False if one was refused.
Result<bool> file_all(Remote& remote, Plan& plan, Doing doing) {
  json::Array commands;
  std::vector<size_t> sent;
  for (size_t i = 0; i < plan.places.size(); ++i)
    if (plan.places[i].doing == doing) {
      commands.push_back(json::Object{{"kind", "put_site"}, {"body", plan.places[i].body}});
      sent.push_back(i);
    }
  if (sent.empty()) return true;
  auto const answer = post_patiently(remote, "/api/v1/commands", json::write(commands), is_list);
  if (!answer) return std::unexpected(in_words_of_file(answer.error(), plan, sent));
  if (!answer->is_array() || answer->get_array().size() != sent.size())
    return fail(ErrorCode::io,
                "the centre did not say what became of the sites; `comity sites import` again shows");
  bool all = true;
  for (size_t i = 0; i < sent.size(); ++i) {
    json::Value const& ruling = answer->get_array()[i];
    Planned& one = plan.places[sent[i]];
    one.filed = text_at(ruling, "outcome") == "accepted";
    if (!one.filed) one.refusal = reasons_of(ruling);
    all = all && one.filed;
  }
  return all;
}

// What this run has added is taken back, in one commit.
Result<void> take_back(Remote& remote, Plan& plan) {
  json::Array commands;
  for (Planned& one : plan.places)
    if (one.filed && one.doing == Doing::adding)
      commands.push_back(
          json::Object{{"kind", "withdraw_site"}, {"body", json::Object{{"id", one.id}, {"at", 1}}}});
  if (commands.empty()) return {};
  auto const answer = post_patiently(remote, "/api/v1/commands", json::write(commands), is_list);
  if (!answer || is_refused(*answer))
    return fail(
        answer ? ErrorCode::io : answer.error().code,
        fmt::format("of {} sites that were filed not all could be withdrawn again: look at /api/v1/sites",
                    commands.size()));
  for (Planned& one : plan.places) one.filed = false;
  return {};
}

Result<bool> send(Remote& remote, Plan& plan) {
  if (TRY(file_all(remote, plan, Doing::adding))) return file_all(remote, plan, Doing::changing);
  TRY_VOID(take_back(remote, plan));
  return false;
}

void tell_refusals(Plan const& plan) {
  for (size_t i = 0; i < plan.places.size(); ++i)
    if (!plan.places[i].refusal.empty())
      say_aside(fmt::format("{}: `{}` is refused: {}\n", plain(plan.drafts[i].where),
                            plain(plan.drafts[i].name), plain(plan.places[i].refusal)));
}

size_t filed(Plan const& plan, Doing doing) {
  return static_cast<size_t>(std::ranges::count_if(
      plan.places, [&](Planned const& one) { return one.filed && one.doing == doing; }));
}

// How it ended, in a line for people or with all the rest for programs.
Exit finish(Settings const& settings, Plan const& plan, Exit exit, std::string const& line) {
  if (settings.format == Format::json) {
    json::Object all = json_of(plan);
    all["outcome"] = line;
    say_json(json::write(all));
  } else {
    exit == Exit::done ? say("\n" + line + "\n") : say_aside("\n" + line + "\n");
  }
  return exit;
}

// Why nothing is sent; empty if it may be.
std::string stops(Plan const& plan, SitesImport const& what) {
  if (plan.drafts.empty()) return "There is no place in the file.";
  if (size_t const refused = count(plan, Severity::refuse))
    return fmt::format("Nothing is sent: {} refused. Mend the file, or give what is missing by an option.",
                       refused == 1 ? "one finding is" : fmt::format("{} findings are", refused));
  size_t const asked = count(plan, Severity::ask);
  if (asked > 0 && what.findings == SitesImport::Findings::stop)
    return fmt::format("Nothing is sent: look at {}; if all is right, say --accept-findings.",
                       asked == 1 ? "the finding" : fmt::format("the {} findings", asked));
  return "";
}

}  // namespace

Exit import_sites(Settings const& settings, SitesImport const& what) {
  auto drafts = read_drafts(what);
  if (!drafts) return complain(drafts.error());
  auto remote = Remote::connect(settings);
  if (!remote) return complain(remote.error());
  auto plan = plan_of(*remote, what, std::move(*drafts));
  if (!plan) return complain(plan.error());
  if (settings.format == Format::text) show(*plan);
  if (std::string const why = stops(*plan, what); !why.empty())
    return finish(settings, *plan, Exit::refused, why);
  if (what.run == SitesImport::Run::dry)
    return finish(settings, *plan, Exit::done, "Nothing is sent: this was a dry run.");
  auto const all = send(*remote, *plan);
  if (!all) return complain(all.error());
  auto const same = std::ranges::count(plan->places, Doing::nothing, &Planned::doing);
  std::string const line = fmt::format("{} new, {} changed, {} as they were.", filed(*plan, Doing::adding),
                                       filed(*plan, Doing::changing), same);
  if (*all) return finish(settings, *plan, Exit::done, line);
  if (settings.format == Format::text) tell_refusals(*plan);
  bool const none = filed(*plan, Doing::adding) + filed(*plan, Doing::changing) == 0;
  return finish(settings, *plan, Exit::refused,
                none ? "The centre refuses some of it, so nothing of it is filed."
                     : "The centre refuses some: " + line);
}

}  // namespace comity::cli
