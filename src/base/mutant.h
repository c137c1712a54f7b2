// Guards that tests can take away, one at a time, to see that something notices (20-release, the leak museum).
//
// In a build for tests (COMITY_MUTANTS, preset `dev`) the environment names one: COMITY_MUTANT=gap_is_given. Anywhere else
// mutated() is false when it is compiled, and nothing of a switch is in the program. A guard reads
//     if (mutated(Mutant::gap_is_given)) return false;
// where it is kept, and mutants.inc says which suite must then fail.
#pragma once

#include <cstdint>
#include <string_view>

namespace comity {

enum class Mutant : uint8_t {
  none = 0,
#define MUTANT(name, wrong, killer) name,
#include "base/mutants.inc"
#undef MUTANT
};

#ifdef COMITY_MUTANTS
bool mutated(Mutant mutant);
#else
constexpr bool mutated(Mutant) { return false; }
#endif

// `none` for a name that is not in the list.
Mutant mutant_named(std::string_view name);

}  // namespace comity
