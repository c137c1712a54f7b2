// Everything an office can ask the doors: each list, and by name each agreement, party and item that the centre has at all,
// whether this office may know it or not.
#include <set>
#include <stdexcept>

#include "transcripts/steps.h"

namespace comity::transcripts {
namespace {

constexpr char absent_agreement[] = "ru.there-is-none-such", absent_party[] = "nowhere";
constexpr char absent_item[] = "report--00000000-0000-4000-8000-00000000ffff";

// A question, and the same question about something that nobody has.
struct Question {
  std::string target, absent;
};

void ask_of_agreement(std::vector<Question>& all, std::string const& name) {
  for (std::string const rest :
       {"", "collections/", "collections/received/", "collections/received/objects/?limit=1000",
        "collections/received/manifest/", "collections/contributed/objects/",
        "collections/reference/objects/", "status/none/"})
    all.push_back({"/taxii2/" + name + "/" + rest, std::string("/taxii2/") + absent_agreement + "/" + rest});
  for (std::string const rest : {"", "/clocks", "/matrix", "/acts"})
    all.push_back(
        {"/api/v1/agreements/" + name + rest, std::string("/api/v1/agreements/") + absent_agreement + rest});
}

void ask_of_item(std::vector<Question>& all, std::string const& id) {
  for (std::string const rest : {"", "/why", "/who-sees"})
    all.push_back({"/api/v1/items/" + id + rest, std::string("/api/v1/items/") + absent_item + rest});
  for (std::string const rest : {"", "versions/"})
    all.push_back({"/taxii2/all/collections/received/objects/" + id + "/" + rest,
                   std::string("/taxii2/all/collections/received/objects/") + absent_item + "/" + rest});
}

std::vector<Question> questions(Playing& playing) {
  std::vector<Question> all;
  for (std::string const target :
       {"/taxii2/", "/api/v1/me", "/api/v1/parties", "/api/v1/agreements", "/api/v1/items?role=received",
        "/api/v1/items?role=contributed", "/api/v1/items?role=reference", "/api/v1/duties", "/api/v1/clients",
        "/api/v1/people", "/api/v1/destinations", "/healthz"})
    all.push_back({target, target});
  ask_of_agreement(all, "all");
  playing.stage.centre().read([&](sequencer::Glimpse const& glimpse) {
    std::set<std::string> ids;
    for (state::Agreement const& one : glimpse.state.law.agreements) ask_of_agreement(all, one.id);
    for (state::Item const& item : glimpse.state.holdings.items) ids.insert(item.head.id);
    for (std::string const& id : ids) ask_of_item(all, id);
    for (model::Party const& party : glimpse.state.law.parties)
      for (std::string const rest : {"", "/offices"})
        all.push_back(
            {"/api/v1/parties/" + party.slug + rest, std::string("/api/v1/parties/") + absent_party + rest});
  });
  return all;
}

}  // namespace

Answers every_answer(Playing& playing, std::string const& office) {
  Answers answers;
  for (Question const& question : questions(playing))
    answers[question.target] = {ask_door(playing, office, "GET", question.target, {}), question.absent};
  return answers;
}

void must_be_as_before(Playing& playing, std::string const& office, Answers const& before) {
  for (auto const& [target, now] : every_answer(playing, office)) {
    auto const known = before.find(target);
    // What is new since is asked about like something that is not there.
    std::string const expected =
        known != before.end() ? known->second.text : ask_door(playing, office, "GET", now.absent, {});
    if (now.text != expected)
      throw std::runtime_error(office + " is answered otherwise at " + target + "\n--- before\n" + expected +
                               "\n--- now\n" + now.text);
  }
}

}  // namespace comity::transcripts
