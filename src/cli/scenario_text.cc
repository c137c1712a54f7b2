#include "cli/scenario.h"

namespace comity::cli {

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"
static constexpr char theatre[] = {
#embed "../../scenario/theatre-2015.json"
};
static constexpr char fire[] = {
#embed "../../scenario/rodopi-fire.json"
};
#pragma clang diagnostic pop

BytesView theatre_2015() { return {theatre, sizeof theatre}; }
BytesView rodopi_fire() { return {fire, sizeof fire}; }

}  // namespace comity::cli
