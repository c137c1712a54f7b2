#include "model/tlp.h"

#include <algorithm>
#include <array>

namespace comity::model {
namespace {

struct Fixed {
  std::string_view uuid;
  Tlp level;
};

constexpr std::array<Fixed, 9> fixed = {{
    // TLP 1.0
    {"613f2e26-407d-48c7-9eca-b8e91df99dc9", Tlp::clear},
    {"34098fce-860f-48ae-8e50-ebd3cc5e41da", Tlp::green},
    {"f88d31f6-486f-44da-b317-01333bde0b82", Tlp::amber},
    {"5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Tlp::red},
    // TLP 2.0
    {"94868c89-83c2-464b-929b-a1a8aa3c8487", Tlp::clear},
    {"bab4a63c-aed9-4cf5-a766-dfca5abac2bb", Tlp::green},
    {"55d920b0-5e8b-4f79-9ee9-91f868d9b421", Tlp::amber},
    {"939a9414-2ddd-4d32-a0cd-375ea402b003", Tlp::amber_strict},
    {"e828b379-4e03-4974-9ac4-e53a884c97c1", Tlp::red},
}};

constexpr std::string_view prefix = "marking-definition--";

}  // namespace

std::optional<Tlp> fixed_tlp(std::string_view id) {
  if (!id.starts_with(prefix)) return std::nullopt;
  id.remove_prefix(prefix.size());
  for (auto const& [uuid, level] : fixed)
    if (id == uuid) return level;
  return std::nullopt;
}

std::string tlp_2_id(Tlp level) {
  auto const* const row =
      std::find_if(fixed.begin() + 4, fixed.end(), [&](Fixed const& one) { return one.level == level; });
  return std::string(prefix) + std::string(row->uuid);
}

}  // namespace comity::model
