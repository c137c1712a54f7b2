// What several lists of this room say of conflicts and notices: boxes of a grid, volumes as filed, the clause and whom to call, whose the
// other intent is (40-deconfliction). Inside this room only; thread-safe, no state. What takes Eyes is called under the lock that
// guards the state.
#pragma once

#include <string>
#include <vector>

#include "json/json.h"
#include "model/conflict.h"
#include "release/eyes.h"

namespace comity::release {

char const* word_of(model::Level level);
char const* word_of(model::NoticeAbout about);
char const* word_of(model::SiteKind kind);

// `from` and `until`, where they are bounds.
void put_times(json::Object& out, UtcTime from, UtcTime until);
json::Array extents_json(std::vector<model::Extent> const& extents);
// What the filer said of them, where it was more than that.
void put_said(json::Object& out, std::string const& said);

model::Clause const& clause_of(Eyes const& eyes, model::ClauseName under);
// The agreement and clause, by the reader's names, and whom to call. False: the reader knows the agreement no more.
bool put_clause(json::Object& out, Eyes const& eyes, model::ClauseName under);
// `unknown: call <contact>` (25-isolation G10), of clauses that the reader still knows.
json::Array unknown_json(Eyes const& eyes, std::vector<model::ClauseName> const& clauses);

// Under which clauses an intent was filed late, and by how much.
json::Array short_notice_json(Eyes const& eyes, std::vector<model::ShortNotice> const& all);

// About one intent of another office, and not of a box that may hold several.
bool is_of_one(model::RaisedNotice const& notice);
// Its clause runs for its reader, who reads the text (G6).
bool may_read(Eyes const& eyes, model::RaisedNotice const& notice);
// What it says, but for its number.
json::Object said_json(model::RaisedNotice const& notice);
// Where an intent is, and the volume beside those filed that it may be in.
void put_stray(json::Object& out, state::Intent const& intent);
// Whose the other one is, which, and what of it: at `reference` and above.
json::Object other_json(Eyes const& eyes, model::RaisedNotice const& notice);

}  // namespace comity::release
