#include "places/fields.h"

#include <algorithm>
#include <utility>

#include "places/values.h"

namespace comity::places {
namespace {

using Name = std::pair<std::string_view, Field>;

constexpr Name headings[] = {
    {"name", Field::name},
    {"title", Field::name},
    {"label", Field::name},
    {"site", Field::name},
    {"site name", Field::name},
    {"id", Field::id},
    {"code", Field::id},
    {"identifier", Field::id},
    {"uuid", Field::id},
    {"pcode", Field::id},
    {"lat", Field::latitude},
    {"latitude", Field::latitude},
    {"y", Field::latitude},
    {"lon", Field::longitude},
    {"lng", Field::longitude},
    {"long", Field::longitude},
    {"longitude", Field::longitude},
    {"x", Field::longitude},
    {"uncertainty", Field::uncertainty},
    {"uncertainty m", Field::uncertainty},
    {"accuracy", Field::uncertainty},
    {"accuracy m", Field::uncertainty},
    {"precision", Field::uncertainty},
    {"precision m", Field::uncertainty},
    {"radius", Field::radius},
    {"radius m", Field::radius},
    {"kind", Field::kind},
    {"type", Field::kind},
    {"category", Field::kind},
    {"amenity", Field::kind},
    {"source", Field::source},
    {"measured", Field::measured},
    {"method", Field::measured},
    {"how measured", Field::measured},
    {"reconfirm by", Field::reconfirm_by},
    {"review by", Field::reconfirm_by},
    {"from", Field::from},
    {"start", Field::from},
    {"valid from", Field::from},
    {"until", Field::until},
    {"end", Field::until},
    {"valid until", Field::until},
    {"expires", Field::until},
    {"low", Field::low},
    {"lower", Field::low},
    {"high", Field::high},
    {"upper", Field::high},
};

// Of HXL: the tag, and one attribute that it must have.
constexpr std::pair<std::string_view, Name> tags[] = {
    {"#loc", {"name", Field::name}},
    {"#loc", {"id", Field::id}},
    {"#loc", {"code", Field::id}},
    {"#meta", {"id", Field::id}},
    {"#geo", {"lat", Field::latitude}},
    {"#geo", {"lon", Field::longitude}},
    {"#geo", {"uncertainty", Field::uncertainty}},
    {"#geo", {"accuracy", Field::uncertainty}},
    {"#geo", {"precision", Field::uncertainty}},
    {"#geo", {"radius", Field::radius}},
    {"#loc", {"type", Field::kind}},
    {"#loc", {"kind", Field::kind}},
    {"#meta", {"source", Field::source}},
    {"#geo", {"method", Field::measured}},
    {"#meta", {"method", Field::measured}},
    {"#date", {"reconfirm", Field::reconfirm_by}},
    {"#date", {"start", Field::from}},
    {"#date", {"end", Field::until}},
    {"#geo", {"lower", Field::low}},
    {"#geo", {"upper", Field::high}},
};

std::optional<UtcTime> moment_of(Said const& said, Field field, Edge edge, Draft& draft) {
  if (!said.has(field)) return std::nullopt;
  auto const moment = read_moment(said.text(field), edge);
  if (!moment)
    draft.fault(std::string(name_of(field)) +
                " is no time: write a date, or a time with Z or an offset, 2026-01-31T12:00:00Z");
  return moment;
}

std::optional<Altitude> limit_of(Said const& said, Field field, Draft& draft) {
  std::string const text = lower_case(said.text(field));
  if (text.empty() || text == "unl") return std::nullopt;
  auto const altitude = read_altitude(text);
  if (!altitude)
    draft.fault(std::string(name_of(field)) +
                " is no altitude: write a number, m or ft, and AGL, AMSL or W84; or FL and a number");
  return altitude;
}

}  // namespace

char const* name_of(Field field) {
  switch (field) {
    case Field::name: return "name";
    case Field::id: return "id";
    case Field::latitude: return "latitude";
    case Field::longitude: return "longitude";
    case Field::uncertainty: return "uncertainty";
    case Field::radius: return "radius";
    case Field::kind: return "kind";
    case Field::source: return "source";
    case Field::measured: return "measured";
    case Field::reconfirm_by: return "reconfirm_by";
    case Field::from: return "from";
    case Field::until: return "until";
    case Field::low: return "low";
    case Field::high: return "high";
  }
  return "";
}

std::optional<Field> field_of(std::string_view heading) {
  std::string plain = lower_case(trimmed(heading));
  std::ranges::replace(plain, '_', ' ');
  std::ranges::replace(plain, '-', ' ');
  auto const* const found = std::ranges::find(headings, std::string_view(plain), &Name::first);
  return found == std::end(headings) ? std::nullopt : std::optional(found->second);
}

std::optional<Field> field_of_tag(std::string_view hashtag) {
  std::string plain = lower_case(hashtag);
  std::erase(plain, ' ');
  std::string_view const all = plain;
  size_t const plus = std::min(all.find('+'), all.size());
  std::string const attributes = std::string(all.substr(plus)) + "+";
  for (auto const& [tag, name] : tags)
    if (all.substr(0, plus) == tag && attributes.contains("+" + std::string(name.first) + "+"))
      return name.second;
  return std::nullopt;
}

void Said::add(Field field, std::string_view text) {
  std::string plain(trimmed(text));
  for (char& c : plain)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  if (!plain.empty()) texts_.emplace(field, std::move(plain));
}

std::string Said::text(Field field) const {
  auto const found = texts_.find(field);
  return found == texts_.end() ? "" : found->second;
}

std::optional<double> number_of(Said const& said, Field field, Draft& draft) {
  if (!said.has(field)) return std::nullopt;
  auto const number = read_number(said.text(field));
  if (!number)
    draft.fault(std::string(name_of(field)) +
                " is no number: digits with a point, as 36.2021, and nothing behind them");
  return number;
}

void describe(Draft& draft, Said const& said) {
  if (draft.name.empty()) draft.name = said.text(Field::name);
  if (draft.id.empty()) draft.id = said.text(Field::id);
  if (draft.source.empty()) draft.source = said.text(Field::source);
  if (draft.measured.empty()) draft.measured = said.text(Field::measured);
  if (said.has(Field::kind) && !draft.kind) {
    draft.kind = read_kind(said.text(Field::kind));
    if (!draft.kind) {
      draft.kind = model::SiteKind::other;
      draft.remark("its kind is a word that is not known here, so it would be filed as other");
    }
  }
  draft.reconfirm_by = moment_of(said, Field::reconfirm_by, Edge::begins, draft);
  auto const from = moment_of(said, Field::from, Edge::begins, draft);
  auto const until = moment_of(said, Field::until, Edge::ends, draft);
  if (from || until) draft.windows.push_back({from, until, {}});
}

void limit(Draft& draft, Said const& said) {
  auto const low = limit_of(said, Field::low, draft), high = limit_of(said, Field::high, draft);
  for (Volume& volume : draft.volumes) {
    if (!volume.low) volume.low = low;
    if (!volume.high) volume.high = high;
  }
}

}  // namespace comity::places
