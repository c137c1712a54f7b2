// Protected sites: listed, confirmed, withdrawn, brought in from files.
#include <algorithm>

#include "cli/show.h"
#include "cli/sites.h"
#include "cli/sites_import.h"
#include "cli/verb.h"
#include "places/values.h"

namespace comity::cli {
namespace {

// A time that is given, or an error that says how to write it.
Result<std::optional<UtcTime>> moment_of(Call const& call, std::string const& option, places::Edge edge) {
  if (!call.has(option)) return std::nullopt;
  if (auto const moment = places::read_moment(call.text(option), edge)) return moment;
  return fail(ErrorCode::bad_input, option + " is a date, or a time with Z: 2027-01-31T12:00:00Z");
}

Result<std::optional<places::Ground>> ground_of(Call const& call) {
  if (!call.has("--ground")) return std::nullopt;
  std::string const text = call.text("--ground");
  size_t const dots = std::min(text.find(".."), text.size());
  auto const low = places::read_number(text.substr(0, dots));
  auto const high = dots < text.size() ? places::read_number(text.substr(dots + 2)) : std::nullopt;
  if (low && high) return places::Ground{*low, *high};
  return fail(ErrorCode::bad_input,
              "--ground is the lowest and the highest in metres above the sea: 200..900");
}

Result<SitesImport> wanted(Call const& call) {
  SitesImport what;
  what.file = call.text("file");
  what.format = places::format_named(call.text("--format"));
  what.kind = places::read_kind(call.text("--kind"));
  what.source = call.text("--source");
  what.reconfirm_by = TRY(moment_of(call, "--reconfirm-by", places::Edge::begins));
  what.from = TRY(moment_of(call, "--from", places::Edge::begins));
  what.until = TRY(moment_of(call, "--until", places::Edge::ends));
  what.ground = TRY(ground_of(call));
  if (call.has("--uncertainty")) {
    what.uncertainty_m = places::read_number(call.text("--uncertainty"));
    if (!what.uncertainty_m) return fail(ErrorCode::bad_input, "--uncertainty is a number of metres");
  }
  if (call.has("--accept-findings")) what.findings = SitesImport::Findings::accepted;
  if (call.has("--dry-run")) what.run = SitesImport::Run::dry;
  return what;
}

Exit run_import(Call const& call) {
  auto const what = wanted(call);
  return what ? import_sites(call.settings, *what) : complain(what.error());
}

}  // namespace

Verbs site_verbs() {
  Verbs all = own_site_verbs();
  all.push_back(
      {"sites import",
       "File protected sites and zones of a file, all of it or nothing; again changes what has changed",
       "comity sites import hospitals.csv --kind hospital --reconfirm-by 2027-01-31 --dry-run --as "
       "qa/defence\n"
       "comity sites import zones.json --format ed269 --reconfirm-by 2027-01-31 --ground 350..900 --until "
       "2027-01-31",
       {{"file", Takes::word, "FILE", "CSV (HXL tags), GeoJSON, KML, KMZ, or geozones of ED-269 or ED-318"},
        {"--format",
         Takes::value,
         "FORMAT",
         "csv, geojson, kml, kmz, ed269 or ed318; default: by what is in it",
         {"csv", "geojson", "kml", "kmz", "ed269", "ed318"}},
        {"--kind",
         Takes::value,
         "KIND",
         "hospital, school, water, camp, heritage, shelter …: where the file does not say",
         {"hospital", "school", "water", "camp", "heritage", "shelter", "temporary_restriction", "other"}},
        {"--reconfirm-by", Takes::value, "TIME",
         "when it is to be confirmed again, where the file does not say"},
        {"--uncertainty", Takes::value, "METRES", "how far off points may be, where the file does not say"},
        {"--ground", Takes::value, "LOW..HIGH",
         "how high the ground is under what has limits above it, in metres above the sea: 200..900"},
        {"--from", Takes::value, "TIME", "file what is on a schedule from then on"},
        {"--until", Takes::value, "TIME", "file what is on a schedule until then"},
        {"--source", Takes::value, "TEXT",
         "who says so; files of one source change each other's places. Default: the file's name"},
        {"--accept-findings", Takes::nothing, "", "send although there are findings to look at"},
        {"--dry-run", Takes::nothing, "", "send nothing; show what would be filed"}},
       run_import});
  return all;
}

}  // namespace comity::cli
