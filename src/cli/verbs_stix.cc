// STIX in files: judged, brought in, taken out.
#include "cli/export.h"
#include "cli/import.h"
#include "cli/validate.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

stix::Strictness strictness_of(Call const& call) {
  return call.has("--permissive") ? stix::Strictness::permissive : stix::Strictness::strict;
}

Exit run_validate(Call const& call) {
  auto const ignored = call.list("--ignore");
  return validate(call.list("file"), {strictness_of(call), {ignored.begin(), ignored.end()}},
                  call.settings.format);
}

Exit run_codes(Call const& call) { return tell_codes(call.settings.format); }

Exit run_import(Call const& call) {
  return import(call.settings, {.files = call.list("file"),
                                .agreement = call.text("--under"),
                                .posting = {.to_offices = call.list("--to"),
                                            .preview = Preview::none,
                                            .strictness = strictness_of(call)}});
}

Exit run_export(Call const& call) {
  return export_items(
      call.settings,
      {.file = call.text("--out"), .agreement = call.text("--agreement"), .collection = call.text("--role")});
}

Argument permissive() {
  return {"--permissive", Takes::nothing, "", "only warn of what breaks a MUST of STIX without danger"};
}

Verbs offline() {
  return {{"validate",
           "What the centre would say of STIX objects; exit 1 if it would refuse one",
           "comity validate bundle.json report.json\n"
           "comity --json validate bundle.json --ignore vocabulary",
           {{"file", Takes::words, "FILE", "STIX objects, bundles or TAXII envelopes"},
            permissive(),
            {"--ignore", Takes::values, "CODE", "no warnings of this code; see `comity codes`"}},
           run_validate},
          {"codes",
           "Every finding that an object may have: its code, where STIX says so, what comes of it",
           "comity codes",
           {},
           run_codes}};
}

}  // namespace

Verbs stix_verbs() {
  Verbs verbs = offline();
  verbs.push_back({"import",
                   "Bring in whole bundles; started again after a cut, it goes on",
                   "comity import attack.json --under acme.feeds\n"
                   "comity import *.json --under acme.feeds --permissive",
                   {{"file", Takes::words, "FILE", "bundles; their objects' bytes are kept"},
                    {"--under", Takes::required, "AGREEMENT", "the agreement that decides who gets them"},
                    {"--to", Takes::values, "OFFICE", "TLP:RED reaches only offices named here"},
                    permissive()},
                   run_import});
  verbs.push_back({"export",
                   "Take out what this office has, as one bundle; started again after a cut, it goes on",
                   "comity export --out received.json\n"
                   "comity export --role contributed --agreement ru.baghdad-centre > ours.json",
                   {{"--out", Takes::value, "FILE", "the bundle; without it, standard output"},
                    {"--agreement", Takes::value, "AGREEMENT", "only under this agreement; default: all"},
                    {"--role",
                     Takes::value,
                     "ROLE",
                     "received (default), contributed or reference",
                     {"received", "contributed", "reference"},
                     "received"}},
                   run_export});
  return verbs;
}

}  // namespace comity::cli
