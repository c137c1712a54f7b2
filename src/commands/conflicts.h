// What follows from a change in the airspace: which conflicts begin, change or end, and which notices that raises and closes
// (40-deconfliction; promise 5). Worked out by decide, carried in the ruling, put into the tables by apply.
//
// Looked at are all things near the one that changes, under every rule of its office; and of each thing that it meets or met, what
// its own office is told after the change. A notice is raised where that differs from what the open one says, which is closed
// then; so nobody is told of a change that changes nothing of what is shown (25-isolation G3, D3).
//
// Budget (G10): each filing of a new geometry counts for its office under every rule with a budget by which it might learn
// something, whatever the answer, and also where nothing is there. Beyond it the office is told under that rule neither of this
// intent nor that there is nothing; the other side is warned as ever.
//
// Pure; the cost is that of what is near. Thread rule: state.h.
#pragma once

#include <optional>
#include <vector>

#include "commands/meeting.h"
#include "commands/sight.h"
#include "model/airspace_ruling.h"
#include "model/record.h"

namespace comity::commands {

// A thing as it will be; none: it is no more.
struct ThingChange {
  model::ThingName name;
  std::optional<Filed> now;
  bool moves = true;  // its volumes are new, so that its office asks anew
};

// Adds what follows to the ruling.
void follow(State const& state, ThingChange const& change, UtcTime now, model::AirspaceRuling& ruling);

// The same of an intent, but only what its own office would be told of it, into the preview of the ruling; and what that costs.
void foresee(State const& state, ThingChange const& change, UtcTime now, model::AirspaceRuling& ruling);

// What passing time and changed law bring about, a portion at a time: conflicts that are over, notices that nobody answered, intents
// of agreements whose law has changed.
void follow_time(State const& state, state::Law const& law, UtcTime now, model::AirspaceRuling& ruling);

// What an intent's office sees at `warning`, by clause, once the ruling has taken effect (25-isolation D3).
std::vector<model::Surrogate> surrogates_in(State const& state, model::ThingName const& intent,
                                            model::AirspaceRuling const& ruling);
// A refused filing is an evaluation as well, and so is a preview: it is charged, and nothing else of it takes effect (G10).
void charge_alone(State& state, model::Record const& record);

// The effects of a ruling on the tables.
void apply_airspace(State& state, model::Record const& record);
// Of a filing: what it was charged, and which clauses give its office no answer about it; and when it is no more.
void note_answers(State& state, model::ThingName const& thing, model::Record const& record);
void forget_answers(State& state, model::ThingName const& thing);
// By a pulse: the portion that follow_time() looked at waits no longer.
void has_looked_again(State& state);
// After the law of these agreements has changed their intents are looked at again.
void look_again_after(State& state, std::vector<model::Effect> const& effects);

}  // namespace comity::commands
