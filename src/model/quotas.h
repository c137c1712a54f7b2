// The quotas of offices and parties that two officers of the host may set (15-forms 3, set_limits).
//
// A quota is one number for every office or party of the centre. The list, with permanent numbers, is model/quotas.inc; least,
// usual and most of each stand in base/limits.h with their reasons. The law holds those that officers have set
// (state/law.h). Pure data, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/limits.h"

namespace comity::model {

enum class Quota : uint8_t {
#define QUOTA(number, name, range, what) name = number,
#include "model/quotas.inc"
#undef QUOTA
};

inline constexpr Quota all_quotas[] = {
#define QUOTA(number, name, range, what) Quota::name,
#include "model/quotas.inc"
#undef QUOTA
};

char const* name_of(Quota quota);  // "" for a number that is not in the list
char const* meaning_of(Quota quota);
std::optional<Quota> quota_named(std::string_view name);
// Least, usual and most; all 0 for a number that is not in the list.
limits::Quota range_of(Quota quota);

}  // namespace comity::model
