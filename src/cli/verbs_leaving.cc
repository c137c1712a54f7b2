// Leaving an agreement for a while or for good, and coming back: each says first what would stop or run again.
#include <fmt/format.h>

#include "cli/acts.h"
#include "cli/agreement_view.h"
#include "cli/asking.h"
#include "cli/plain.h"
#include "cli/show.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

// The preview is the centre's own: the same machine on a copy (25-isolation G5).
Result<std::string> what_follows(Remote& remote, std::string const& kind, json::Object const& members) {
  json::Object const asked{{"commands", json::Array{json::Object{{"kind", kind}, {"body", members}}}},
                           {"questions", json::Array{"grant_diff", "refused?"}}};
  return grant_diff_text(TRY(value_of(remote.post("/api/v1/previews", json::write(asked)))));
}

Exit act_on(Call const& call, std::string const& kind, json::Object const& others) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const subject = read_text_to_sign(*remote, call.text("agreement"));
  if (!subject) return complain(subject.error());
  json::Object members{{"agreement", call.text("agreement")},
                       {"version", subject->version},
                       {"text_hash", subject->text_hash}};
  members.insert(others.begin(), others.end());
  auto const follows = what_follows(*remote, kind, members);
  if (!follows) return complain(follows.error());
  say_aside(*follows);
  if (!agrees_to(call, "sign this act")) return complain({ErrorCode::bad_input, "nothing was signed"});
  return finish_ruling(call.settings.format, post_signed(call, *remote, kind, members));
}

Exit resume(Call const& call) {
  json::Object members;
  if (call.has("--including-gap")) members["gap"] = "included";
  return act_on(call, "resume", members);
}

Exit end_prohibition(Call const& call) {
  return act_on(call, "end_prohibition", {{"clause", call.text("clause")}, {"with", call.text("--with")}});
}

Exit confirm_recovery(Call const& call) {
  return act_on(call, "confirm_recovery",
                {{"recovered", call.text("party")}, {"new_key", call.text("new-key")}});
}

std::vector<Argument> arguments(std::vector<Argument> others) {
  std::vector<Argument> all{{"agreement", Takes::word, "AGREEMENT", "its id, like ru.baghdad-centre"}};
  all.insert(all.end(), others.begin(), others.end());
  all.push_back({"--key", Takes::value, "FILE", "the party's private key; default: the credentials file's"});
  all.push_back({"--yes", Takes::nothing, "", "do not ask"});
  return all;
}

Verb simple(std::string const& word, std::string const& kind, std::string const& help) {
  return {"agreements " + word, help,
          fmt::format("comity agreements {} ru.baghdad-centre --key ru.key", word), arguments({}),
          [kind](Call const& call) { return act_on(call, kind, {}); }};
}

}  // namespace

Verbs leaving_verbs() {
  return {
      simple("suspend", "suspend", "Stop your party's part in an agreement; `resume` brings it back"),
      {"agreements resume", "Agree that what is suspended runs again, or take a notice of suspension back",
       "comity agreements resume us.flight-safety-ru --key ru.key\n"
       "comity agreements resume ru.baghdad-centre --including-gap --key iq.key",
       arguments({{"--including-gap", Takes::nothing, "",
                   "give also what your party contributed while it was suspended"}}),
       resume},
      simple("withdraw", "withdraw", "Give notice that your party leaves an agreement"),
      simple("take-back-withdrawal", "take_back_withdrawal",
             "Stay: take the notice back before it takes effect"),
      {"recovery confirm",
       "Confirm the key that the host gave to a party, which you have asked by another way; until all have, "
       "it is suspended",
       "comity recovery confirm ru.baghdad-centre iq ed25519:0123456789abcdef --key ru.key",
       arguments({{"party", Takes::word, "PARTY", "the party that has lost its keys, like iq"},
                  {"new-key", Takes::word, "KEY", "its new key, as `recovery list` has it"}}),
       confirm_recovery},
      {"agreements end-prohibition",
       "Consent that a prohibition no longer stands between your party and another; it has to as well",
       "comity agreements end-prohibition us.flight-safety-ru no-intelligence --with us --key ru.key",
       arguments({{"clause", Takes::word, "CLAUSE", "the id of the prohibition"},
                  {"--with", Takes::required, "PARTY", "the other party, like us"}}),
       end_prohibition},
  };
}

}  // namespace comity::cli
