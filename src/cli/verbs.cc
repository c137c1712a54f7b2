// All that can be said, in the order of the help.
#include "cli/airspace.h"
#include "cli/completions.h"
#include "cli/show.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

Exit print_completions(Call const& call) {
  std::string const shell = call.text("shell");
  say(completions(shell == "fish" ? Shell::fish : shell == "zsh" ? Shell::zsh : Shell::bash, all_verbs()));
  return Exit::done;
}

Verbs shell_verbs() {
  return {
      {"completions",
       "What a shell needs to complete these commands",
       "source <(comity completions bash)\ncomity completions fish > ~/.config/fish/completions/comity.fish",
       {{"shell", Takes::word, "SHELL", "which shell", {"bash", "zsh", "fish"}}},
       print_completions}};
}

}  // namespace

std::vector<Noun> nouns() {
  return {{"agreements", "Read, draft and sign agreements"},
          {"items", "Items received and given"},
          {"constraints", "Constraints of the airspace"},
          {"sites", "Protected sites of your office"},
          {"watch", "Who is on watch, and lines to other offices"},
          {"onward", "Consent to onward release"},
          {"clients", "The machines of your party"},
          {"people", "The people of your party, their roles and passwords"},
          {"keys", "The keys that sign for your party"},
          {"recovery", "Recovery keys, and what the host does for a party that has lost all"},
          {"issuers", "Whose tokens your machines come in with"},
          {"destinations", "Where the centre calls when there is something new"},
          {"frameworks", "Published frameworks in the reference set"},
          {"office", "The offices of your party"},
          {"host", "What officers of the host do"},
          {"key", "Private keys in files of yours"}};
}

Verbs all_verbs() {
  Verbs all;
  for (auto* family :
       {&knowing_verbs,    &agreement_verbs, &leaving_verbs, &item_verbs,      &stix_verbs,   &airspace_verbs,
        &constraint_verbs, &notice_verbs,    &watch_verbs,   &site_verbs,      &people_verbs, &act_verbs,
        &party_key_verbs,  &issuer_verbs,    &calling_verbs, &framework_verbs, &host_verbs,   &looking_verbs,
        &local_verbs,      &serving_verbs,   &keeping_verbs, &shell_verbs})
    for (auto& verb : (*family)()) all.push_back(std::move(verb));
  return all;
}

}  // namespace comity::cli
