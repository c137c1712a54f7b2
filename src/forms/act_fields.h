// The members of a signed act that belong to its kind: the agreement it is about, the text's hash, an item's commitment.
//
// Members are read from SignedAct::text each time, which is small. A member that is absent or of another type is
// bad_input with its pointer. The text of an act that read_act made is always JSON; of any other text everything is
// absent. Thread-safe: no state.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "model/command.h"

namespace comity::forms {

Result<std::string> text_field(model::SignedAct const& act, std::string_view name);
Result<uint64_t> number_field(model::SignedAct const& act, std::string_view name);
Result<Digest> digest_field(model::SignedAct const& act,
                            std::string_view name);  // 64 hexadecimal digits, lower case
bool has_field(model::SignedAct const& act, std::string_view name);

// {agreement, version, text_hash}: which text an act concerns.
struct ActText {
  std::string agreement;
  uint32_t version = 0;
  Digest text_hash;
};
Result<ActText> text_of(model::SignedAct const& act);

}  // namespace comity::forms
