// Intents, conflicts, notices and sites as a person reads them: times in UTC, places in decimal degrees with the letters of the
// compass, altitudes in metres and feet above the ellipsoid.
//
// Where there is no conflict it says "none disclosed to you", never that there is none, and below what is to be answered that a
// notification is never a permission (40-deconfliction). Nothing here is cut or left out of a row but coordinates of a polygon: of
// these the first place and how many there are; --json has them. Texts of parties are made inert by table.h. Thread-safe: no state.
#pragma once

#include <string>
#include <string_view>

#include "cli/show.h"
#include "json/json.h"

namespace comity::cli {

inline constexpr char const* never_a_permission = "A notification is never a permission.\n";
inline constexpr char const* no_conflict = "conflicts: none disclosed to you\n";

// Of lists, as they are served.
std::string intents_text(json::Value const& answer);
std::string constraints_text(json::Value const& answer);
std::string sites_text(json::Value const& answer);
std::string conflicts_text(json::Value const& answer);
std::string notices_text(json::Value const& answer);
// The record of acknowledgements.
std::string record_text(json::Value const& answer);

// What a notice says, to be read back.
std::string content_text(json::Value const& notice);

// What the ruling on a filing says of conflicts: `conflicts` are those of this intent, as the centre lists them.
std::string filing_text(json::Value const& ruling, json::Array const& conflicts);

// What the ruling on a preview says: what would be disclosed, and where nothing of it would be met.
std::string preview_text(json::Value const& ruling);

// "2026-03-01 12:00Z"; seconds and fractions only where there are any.
std::string moment_text(std::string_view time);

}  // namespace comity::cli
