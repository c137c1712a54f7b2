// The eyes through which an answer is made: one viewer, the state, and the secrets of this room.
//
// Everything here that answers somebody takes Eyes and looks at nothing else, so an answer is a function of what the
// state holds and of who asks (25-isolation G1, G6). Eyes borrow the state and the keys: they live no longer than the
// lock under which they were made.
//
// The time that counts is log time, the time of the last record: a delay that the clock has passed and no pulse yet has
// told the log of has not elapsed (G14).
//
// With a catalogue (catalogue.h) what is asked for by id is looked up; without one it is looked for. The answers are equal.
#pragma once

#include "release/catalogue.h"
#include "release/keys.h"
#include "state/disclosure.h"
#include "state/state.h"

namespace comity::release {

struct Eyes {
  Eyes(state::State const& whole, state::Viewer viewer, ReleaseKeys const& secrets,
       Catalogue* items_by_id = nullptr)
      : state(whole), view(whole.law, viewer), keys(secrets), catalogue(items_by_id) {}

  state::State const& state;
  state::View view;
  ReleaseKeys const& keys;
  Catalogue* catalogue;  // null: there is none

  state::Question question() const { return {state.law, state.holdings, state.last_time}; }
  OfficeKey office() const { return view.office(); }
  uint64_t epoch() const { return state.epoch; }
};

}  // namespace comity::release
