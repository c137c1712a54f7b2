#include "base/mutant.h"

#include <cstdlib>

namespace comity {

Mutant mutant_named(std::string_view name) {
#define MUTANT(known, wrong, killer) \
  if (name == #known) return Mutant::known;
#include "base/mutants.inc"
#undef MUTANT
  return Mutant::none;
}

#ifdef COMITY_MUTANTS
bool mutated(Mutant mutant) {
  static Mutant const chosen = [] {
    char const* name = std::getenv("COMITY_MUTANT");
    return name ? mutant_named(name) : Mutant::none;
  }();
  return mutant == chosen;
}
#endif

}  // namespace comity
