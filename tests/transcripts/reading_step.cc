#include "codec/codec.h"
#include "commands/note_served.h"
#include "release/edition.h"
#include "release/feed.h"
#include "transcripts/short_forms.h"
#include "transcripts/steps.h"

namespace comity::transcripts {
namespace {

struct Served {
  std::string line;
  Bytes bytes;
};

release::Eyes eyes_of(Playing& playing, sequencer::Glimpse const& glimpse, Speaker const& speaker) {
  return {glimpse.state, {speaker.author.office}, playing.stage.release_keys()};
}

// As every door does it: shown under the lock, made without it, noted before it leaves.
Served serve(Playing& playing, release::Shown const& shown, std::string const& clause) {
  Stage& stage = playing.stage;
  Bytes const payload = *stage.centre().payload(shown.payload());
  auto edition = release::make_edition(shown, {shown.payload(), payload});
  if (!edition) return {shown.id() + ": " + name_of(edition.error().code), {}};
  if (!shown.is_whole()) {
    commands::NoteServed note{{*release::served(shown, *edition, stage.release_keys())}};
    model::Command command;
    command.kind = model::CommandKind::note_served;
    command.body = codec::encode(note);
    stage.centre().submit_and_wait(sequencer::Submission{std::move(command)});
  }
  std::string const how =
      shown.is_own() ? "one's own" : "by " + clause + (shown.is_whole() ? ", whole" : ", an edition");
  return {shown.id() + " " + how, edition->value()};
}

std::vector<std::pair<release::Shown, std::string>> feed_of(Playing& playing, Speaker const& speaker,
                                                            std::string const& agreement) {
  return playing.stage.centre().read([&](sequencer::Glimpse const& glimpse) {
    release::Eyes const eyes = eyes_of(playing, glimpse, speaker);
    release::FeedQuery query;
    query.limit = limits::page_objects;
    query.match.versions.last = false;
    query.match.versions.all = true;
    std::vector<std::pair<release::Shown, std::string>> all;
    if (agreement == "what it gave") query.source = release::Source::contributed;
    if (agreement != "everything" && agreement != "what it gave") {
      query.agreement = eyes.view.agreement(agreement);
      if (!eyes.view.has_root(query.agreement)) return all;
    }
    for (release::Shown& shown : release::page(eyes, query).shown) {
      model::Text const& text = *glimpse.state.law.agreement(shown.agreement()).text;
      std::string clause = shown.is_own() ? "" : text.clauses[shown.clause()].id;
      all.emplace_back(std::move(shown), std::move(clause));
    }
    return all;
  });
}

}  // namespace

std::string read_feed(Playing& playing, std::string const& who, std::string const& agreement) {
  Speaker const speaker = playing.stage.speaker(who);
  std::vector<std::string> lines;
  for (auto const& [shown, clause] : feed_of(playing, speaker, agreement)) {
    Served const served = serve(playing, shown, clause);
    lines.push_back(served.line);
    lines.push_back(served.bytes);
    playing.stage.was_told(speaker.office, served.line + "\n" + served.bytes);
  }
  if (lines.empty()) playing.stage.was_told(speaker.office, "nothing");
  playing.stage.log_since();
  return lines.empty() ? "nothing" : joined(lines);
}

}  // namespace comity::transcripts
