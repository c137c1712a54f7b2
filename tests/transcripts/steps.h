// The steps of a transcript (README.md), each a function from its text to its answer.
#pragma once

#include "transcripts/script.h"
#include "transcripts/stage.h"

namespace comity::transcripts {

// What a transcript holds beside its stage.
struct Playing {
  Stage& stage;
  std::vector<std::pair<std::string, std::string>> never;  // office, token: asked again at the end
  std::map<std::string, std::string> noted;                // office: all its answers
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
std::string bring_into_force(Playing& playing, std::string const& agreement, std::vector<std::string> const& offices,
                             std::string const& body);

// reading_step.cc
std::string read_feed(Playing& playing, std::string const& who, std::string const& agreement);
// Everything an office can ask for, in one text.
std::string all_answers(Playing& playing, std::string const& office);

// Fills in «key of ru», «key id of ru», «hash of ru.x».
std::string with_values(Playing& playing, std::string text);

std::string joined(std::vector<std::string> const& lines);

}  // namespace comity::transcripts
