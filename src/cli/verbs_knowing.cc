// Who one is, whom one may know, what one is owed.
#include "cli/matrix.h"
#include "cli/show.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

// A GET and how it is shown.
Exit show(Call const& call, std::string const& path, Render const& render) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  return finish(call.settings.format, remote->get(path), render);
}

Exit me(Call const& call) { return show(call, "/api/v1/me", as_pairs); }

Exit parties(Call const& call) {
  if (call.has("party")) return show(call, "/api/v1/parties/" + segment(call.text("party")), as_pairs);
  return show(
      call, "/api/v1/parties",
      as_table({{"party", "party"}, {"kind", "kind"}, {"name", "name"}, {"founding_key", "founding key"}}));
}

Exit offices(Call const& call) {
  return show(call, "/api/v1/parties/" + segment(call.text("party")) + "/offices",
              as_table({{"office", "office"}}, "no office that you may know"));
}

Exit refusals(Call const& call) { return show(call, "/api/v1/refusals", refusals_text); }

Exit duties(Call const& call) {
  std::string const after = call.has("--after") ? "?after=" + segment(call.text("--after")) : "";
  return show(call, "/api/v1/duties" + after,
              as_table({{"date_added", "since"},
                        {"kind", "duty"},
                        {"id", "of"},
                        {"version", "version"},
                        {"agreement", "agreement"}},
                       "no duties"));
}

Exit records(Call const& call) {
  std::string const after = call.has("--after") ? "?after=" + segment(call.text("--after")) : "";
  return show(
      call, "/api/v1/records" + after,
      as_table({{"time", "time"}, {"kind", "command"}, {"by", "by"}, {"outcome", "outcome"}}, "no records"));
}

Exit ruling(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  return finish_ruling(call.settings.format, remote->get("/api/v1/commands/" + segment(call.text("key"))));
}

Exit matrix(Call const& call) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const cells = read_matrix(*remote);
  if (!cells) return complain(cells.error());
  if (call.settings.format == Format::json) {
    say_json(json::write(matrix_json(*cells)));
  } else {
    say(drawn_matrix(*cells));
  }
  return Exit::done;
}

}  // namespace

Verbs knowing_verbs() {
  return {
      {"me",
       "Who the centre takes you for: office, roles, rights, party, keys",
       "comity me --as ru/general-staff",
       {},
       me},
      {"parties",
       "The parties you may know, or one of them",
       "comity parties\ncomity parties il",
       {{"party", Takes::maybe, "PARTY", "only this one"}},
       parties},
      {"offices",
       "The offices of a party that you may know",
       "comity offices ru",
       {{"party", Takes::word, "PARTY", "the party"}},
       offices},
      {"matrix",
       "Which clause runs from which party to which, now, as far as you may know",
       "comity matrix --as ru/general-staff",
       {},
       matrix},
      {"refusals", "What was refused to this office, and why", "comity refusals", {}, refusals},
      {"records",
       "What this office did, and the rulings (role audit)",
       "comity records --json",
       {{"--after", Takes::value, "CURSOR", "go on where the last list ended"}},
       records},
      {"duties",
       "Recalls, deletions and notices this office has to answer",
       "comity duties",
       {{"--after", Takes::value, "CURSOR", "go on where the last list ended"}},
       duties},
      {"ruling",
       "The ruling on a command of yours again, by its idempotency key",
       "comity ruling 0f8c2a6e5d4b4c1f9a7e3b2d1c0f9e8d",
       {{"key", Takes::word, "KEY", "the idempotency key it was sent with"}},
       ruling},
  };
}

}  // namespace comity::cli
