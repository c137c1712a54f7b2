#include "model/airspace.h"

namespace comity::model {
namespace {

using Octets = std::array<uint8_t, 16>;

constexpr size_t uuid_text = 36;
constexpr bool is_dash(size_t place) { return place == 8 || place == 13 || place == 18 || place == 23; }

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

char digit(unsigned value) { return "0123456789abcdef"[value & 0xf]; }

struct Spelt {
  Octets octets{};
  uint32_t upper = 0;
};

std::optional<Spelt> read_hex(std::string_view text) {
  Spelt spelt;
  for (size_t i = 0; i < text.size(); ++i) {
    int const value = digit_of(text[i]);
    if (value < 0) return std::nullopt;
    spelt.octets[i / 2] = static_cast<uint8_t>(spelt.octets[i / 2] << 4 | value);
    if (text[i] >= 'A' && text[i] <= 'F') spelt.upper |= 1u << i;
  }
  return spelt;
}

std::optional<Spelt> read_spelt_uuid(std::string_view text) {
  if (text.size() != uuid_text) return std::nullopt;
  std::string digits;
  for (size_t i = 0; i < text.size(); ++i) {
    if (is_dash(i) != (text[i] == '-')) return std::nullopt;
    if (!is_dash(i)) digits += text[i];
  }
  return read_hex(digits);
}

std::string hex_of(Octets const& octets) {
  std::string text;
  for (uint8_t const octet : octets) text += {digit(octet >> 4), digit(octet)};
  return text;
}

std::string uuid_of(Octets const& octets, uint32_t upper) {
  std::string text;
  unsigned place = 0;
  for (char c : hex_of(octets)) {
    if (is_dash(text.size())) text += '-';
    if (upper >> place & 1) c = static_cast<char>(c - 'a' + 'A');
    text += c;
    ++place;
  }
  return text;
}

}  // namespace

std::string text_of(EntityId const& id) { return uuid_of(id.octets, 0); }

std::optional<EntityId> read_uuid(std::string_view text) {
  auto const spelt = read_spelt_uuid(text);
  if (!spelt) return std::nullopt;
  return EntityId{spelt->octets};
}

std::optional<EntityId> read_entity_id(std::string_view text) {
  auto const id = read_uuid(text);
  bool const is_v4 = id && id->octets[6] >> 4 == 4 && id->octets[8] >> 6 == 2;
  return is_v4 ? id : std::nullopt;
}

std::string text_of(EntityId const& entity, Ovn const& ovn) {
  if (ovn.kind == Ovn::Kind::suffixed) return text_of(entity) + "_" + uuid_of(ovn.octets, ovn.upper);
  return hex_of(ovn.octets);
}

std::optional<Ovn> read_suffix(std::string_view text) {
  auto const spelt = read_spelt_uuid(text);
  if (!spelt) return std::nullopt;
  return Ovn{Ovn::Kind::suffixed, spelt->octets, spelt->upper};
}

std::optional<UtcTime> time_of_v7(Octets const& uuid) {
  if (uuid[6] >> 4 != 7 || uuid[8] >> 6 != 2) return std::nullopt;
  int64_t ms = 0;
  for (size_t i = 0; i < 6; ++i) ms = ms << 8 | uuid[i];
  return UtcTime{ms * 1'000};
}

std::optional<SeenOvn> read_ovn(std::string_view text) {
  if (text.size() == 32) {
    auto const spelt = read_hex(text);
    if (!spelt || spelt->upper != 0) return std::nullopt;
    return SeenOvn{{}, spelt->octets};
  }
  if (text.size() != 2 * uuid_text + 1 || text[uuid_text] != '_') return std::nullopt;
  auto const entity = read_spelt_uuid(text.substr(0, uuid_text));
  auto const suffix = read_spelt_uuid(text.substr(uuid_text + 1));
  if (!entity || entity->upper != 0 || !suffix) return std::nullopt;
  return SeenOvn{{entity->octets}, suffix->octets};
}

SeenOvn seen(EntityId const& entity, Ovn const& ovn) {
  if (ovn.kind == Ovn::Kind::suffixed) return {entity, ovn.octets};
  return {{}, ovn.octets};
}

}  // namespace comity::model
