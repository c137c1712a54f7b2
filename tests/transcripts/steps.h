// The steps of a transcript (README.md), each a function from its text to its answer.
#pragma once

#include "transcripts/script.h"
#include "transcripts/stage.h"

namespace comity::transcripts {

// What an office is answered, by target; and the target that asks the same about something that is not there.
struct AnswerTo {
  std::string text, absent;
};
using Answers = std::map<std::string, AnswerTo>;

// A command that was accepted: who sent what.
struct Accepted {
  std::string who, document;
};

// What a transcript holds beside its stage.
struct Playing {
  Stage& stage;
  std::vector<std::pair<std::string, std::string>> never;  // office, token: asked again at the end
  std::map<std::string, Answers> noted;                    // by office
  std::vector<Accepted> acts, keyed;  // signed; under an idempotency key. Sent again at the end
};

// The answer, lines with line feeds; empty for none. Throws std::runtime_error where the step itself is wrong or what
// it asserts does not hold.
std::string play(Playing& playing, Step const& step);
// What every transcript asserts at its end.
void play_end(Playing& playing);

// command_step.cc: `as WHO [(options)] KIND …`
struct Words {
  std::string who;
  std::vector<std::string> options;
  std::string verb, rest;
};
std::string send_command(Playing& playing, Words const& words, std::string const& body);
// Every act that was accepted is filed again, as whoever kept a copy would (25-isolation B6): none is accepted. What was sent
// under an idempotency key is sent again (C2): no record comes of it. Whatever rights have ended meanwhile. Throws otherwise.
void nothing_counts_twice(Playing& playing);
std::string bring_into_force(Playing& playing, std::string const& agreement,
                             std::vector<std::string> const& offices, std::string const& body);

// http_step.cc; nobody asks without a credential
std::string ask_door(Playing& playing, std::string const& who, std::string const& method,
                     std::string const& target, std::vector<std::string> const& lines);

// reading_step.cc
std::string read_feed(Playing& playing, std::string const& who, std::string const& agreement);

// every_answer.cc
Answers every_answer(Playing& playing, std::string const& office);
void must_be_as_before(Playing& playing, std::string const& office, Answers const& before);

// Fills in «key of ru», «key id of ru», «hash of ru.x», «identity of ru».
std::string with_values(Playing& playing, std::string text);

std::string joined(std::vector<std::string> const& lines);

}  // namespace comity::transcripts
