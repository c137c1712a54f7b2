#include <bit>

#include "forms/agreement_parts.h"
#include "forms/airspace_words.h"
#include "forms/shapes.h"

namespace comity::forms {
namespace {

using model::Clause;
using model::Level;
using model::NoticeAbout;
using model::VolumeTerms;

constexpr Word<Level> level_words[] = {
    {"warning", Level::warning}, {"reference", Level::reference}, {"details", Level::details}};
constexpr Word<NoticeAbout> about_words[] = {
    {"intent", NoticeAbout::intent}, {"contingent", NoticeAbout::contingent}, {"site", NoticeAbout::site}};

bool is_language(std::string_view text) {
  return text.size() >= 2 && text.size() <= 3 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}
constexpr Shape language{is_language, "must be a language of ISO 639, as en"};

// The two sides of a clause that has sides.
void read_sides(Members& members, std::string_view key, Clause& clause) {
  auto const place = members.required(key);
  if (!place) return;
  auto const sides = place->elements(2);
  if (sides.size() != 2) {
    if (place->value().is_array()) place->refuse("must be two lists of parties and offices");
    return;
  }
  clause.from = read_selector(sides[0]), clause.to = read_selector(sides[1]);
  for (size_t i = 0; i < 2; ++i)
    if (sides[i].value().is_string()) sides[i].refuse("a side is a list of parties and offices");
}

uint8_t read_states(Place const& place) {
  uint8_t states = 0;
  for (Place const& element : place.elements(std::size(intent_state_words)))
    if (auto const state = element.word(intent_state_words))
      states = static_cast<uint8_t>(states | 1u << static_cast<unsigned>(*state));
  if (place.value().is_array() && place.value().get_array().empty()) place.refuse("must name a state");
  return states;
}

void read_separation(Place const& place, VolumeTerms& terms) {
  Members members(place);
  members.take_number("horizontal_m", terms.horizontal_m, 0, limits::separation_m);
  members.take_number("vertical_m", terms.vertical_m, 0, limits::separation_vertical_m);
  members.take_number("time_s", terms.time_s, 0, limits::separation_s);
}

model::VolumeGrid read_grid(Place const& place) {
  model::VolumeGrid grid;
  Members members(place);
  take_step(members, "cell_e7", grid.cell_e7, limits::finest_cell_e7, limits::coarsest_cell_e7);
  take_step(members, "altitude_m", grid.altitude_m, limits::finest_altitude_m, limits::coarsest_altitude_m);
  take_step(members, "time_s", grid.time_s, limits::finest_time_s, limits::coarsest_time_s);
  return grid;
}

bool is_given(std::optional<Place> const& place) { return place && !place->value().is_null(); }

// `null` is said where there is no budget, so that nobody has none because a word was forgotten.
void read_budget(Members& members, VolumeTerms& terms) {
  auto const budget = members.required("evaluations_per_day");
  if (!is_given(budget)) return;
  if (auto const number = budget->integer(1, limits::evaluations_per_day))
    terms.evaluations_per_day = static_cast<uint32_t>(*number);
}

// What one side learns of the other: a word for both, or one for each.
void read_levels(Members& members, VolumeTerms& terms) {
  auto const place = members.required("level");
  if (!place) return;
  if (!place->value().is_array()) {
    terms.from_learns = terms.to_learns = place->word(level_words).value_or(Level::warning);
    return;
  }
  auto const both = place->elements(2);
  if (both.size() != 2)
    return place->refuse("must be a level, or two: what the first side learns, and the second");
  terms.from_learns = both[0].word(level_words).value_or(Level::warning);
  terms.to_learns = both[1].word(level_words).value_or(Level::warning);
}

}  // namespace

void take_step(Members& members, std::string_view key, uint32_t& out, uint32_t least, uint32_t most) {
  auto const place = members.required(key);
  if (!place) return;
  auto const step = place->integer(least, most);
  if (step && !std::has_single_bit(static_cast<uint64_t>(*step)))
    place->refuse("must be a power of two, so that grids nest");
  out = static_cast<uint32_t>(step.value_or(0));
}

void read_deconflict(Members& members, Clause& clause) {
  VolumeTerms terms;
  read_sides(members, "between", clause);
  if (auto const area = members.optional("area")) terms.area = read_area(*area);
  if (auto const window = members.optional("window"); is_given(window)) terms.window = read_window(*window);
  if (auto const states = members.required("states")) terms.states = read_states(*states);
  if (auto const separation = members.required("separation")) read_separation(*separation, terms);
  members.take_duration("lead_time", clause.lead_time);
  read_levels(members, terms);
  take_shaped(members, "contact", clause_name, terms.contact);
  auto const grid = members.required("grid");
  if (is_given(grid)) terms.grid = read_grid(*grid);
  bool const exact = terms.from_learns == Level::details && terms.to_learns == Level::details;
  if (grid && !terms.grid && !exact)
    grid->refuse("only a clause that tells details to both sides may do without a grid");
  read_budget(members, terms);
  clause.volumes = std::move(terms);
}

void read_notify(Members& members, Clause& clause) {
  model::NoticeTerms notice;
  if (auto const from = members.required("from")) clause.from = read_selector(*from);
  if (auto const to = members.required("to")) clause.to = read_selector(*to);
  members.take_word("about", notice.about, about_words);
  members.take_duration("lead_time", notice.lead_time);
  members.take_duration("acknowledge_within", notice.acknowledge_within);
  members.take_flag("read_back", notice.read_back);
  auto const every = members.required("escalate_every");
  if (every) notice.escalate_every = every->duration().value_or(Duration{});
  if (every && notice.escalate_every < limits::escalation_least)
    every->refuse("must be at least a minute, or people are called faster than they can answer");
  clause.notice = notice;
  auto const separation = members.optional("separation");
  bool const own_volumes = notice.about == NoticeAbout::site || separation;
  if (!own_volumes) return;
  VolumeTerms terms;
  terms.states = 0xff;
  if (separation)
    read_separation(*separation, terms);
  else
    members.required("separation");
  if (auto const grid = members.required("grid")) terms.grid = read_grid(*grid);
  take_shaped(members, "contact", clause_name, terms.contact);
  read_budget(members, terms);
  clause.volumes = std::move(terms);
  if (notice.about == NoticeAbout::intent)
    separation->refuse("notices about intents follow the text's deconflict clauses; leave separation out");
}

void read_contact(Members& members, Clause& clause) {
  model::LineTerms line;
  read_sides(members, "ends", clause);
  if (auto const languages = members.required("languages"))
    line.languages = read_strings(*languages, language, limits::line_languages, Emptiness::refused);
  members.take_duration("test_every", line.test_every);
  members.take_duration("overdue_after", line.overdue_after);
  clause.line = std::move(line);
}

}  // namespace comity::forms
