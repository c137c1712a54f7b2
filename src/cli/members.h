// What stands in an answer, read by name.
//
// An answer may be any JSON, so a member that is absent and one of another kind read alike: null, "", 0, false or nothing.
// Whoever must tell them apart looks at the Value itself. What is returned by value stays when the answer goes; list_at points
// into it. Thread-safe: no state.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "json/json.h"

namespace comity::cli {

json::Value member_of(json::Value const& object, std::string_view name);
std::string text_at(json::Value const& object, std::string_view name);
int64_t number_at(json::Value const& object, std::string_view name);
bool is_said(json::Value const& object, std::string_view name);

// A list that may be absent: nullptr, or no rows.
json::Array const* list_at(json::Value const& object, std::string_view name);
json::Array rows_at(json::Value const& object, std::string_view name);

}  // namespace comity::cli
