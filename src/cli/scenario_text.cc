#include "cli/scenario.h"

namespace comity::cli {

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"
static constexpr char theatre[] = {
#embed "../../scenario/theatre-2015.json"
};
#pragma clang diagnostic pop

BytesView theatre_2015() { return {theatre, sizeof theatre}; }

}  // namespace comity::cli
