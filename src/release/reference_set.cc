#include "release/reference_set.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ensure.h"
#include "json/json.h"
#include "release/listing.h"

namespace comity::release {
namespace {

struct Marking {
  char const *uuid, *name, *word;
};
constexpr std::array<Marking, 4> tlp_1 = {{
    {"613f2e26-407d-48c7-9eca-b8e91df99dc9", "TLP:WHITE", "white"},
    {"34098fce-860f-48ae-8e50-ebd3cc5e41da", "TLP:GREEN", "green"},
    {"f88d31f6-486f-44da-b317-01333bde0b82", "TLP:AMBER", "amber"},
    {"5e57c739-391a-4eb3-b6be-7d15ca92d5ed", "TLP:RED", "red"},
}};
constexpr std::array<Marking, 5> tlp_2 = {{
    {"94868c89-83c2-464b-929b-a1a8aa3c8487", "TLP:CLEAR", "clear"},
    {"bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "TLP:GREEN", "green"},
    {"55d920b0-5e8b-4f79-9ee9-91f868d9b421", "TLP:AMBER", "amber"},
    {"939a9414-2ddd-4d32-a0cd-375ea402b003", "TLP:AMBER+STRICT", "amber+strict"},
    {"e828b379-4e03-4974-9ac4-e53a884c97c1", "TLP:RED", "red"},
}};
constexpr char const* tlp_2_extension = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

ReferenceObject object_of(json::Object&& object, std::string_view version) {
  auto const text = [&](char const* name) { return std::string(object.at(name).as_string()); };
  ReferenceObject made{text("type"), text("id"), std::string(version), {}, {}};
  auto const time = parse_stix_time(version);
  ensure(time.has_value());
  made.version_time = *time;
  made.bytes = json::write(json::Value(std::move(object)));
  return made;
}

std::string id_of(Marking const& one) { return std::string("marking-definition--") + one.uuid; }

ReferenceObject marking(Marking const& one, char const* created, json::Object&& content) {
  json::Object object{{"type", "marking-definition"},
                      {"spec_version", "2.1"},
                      {"id", id_of(one)},
                      {"created", created},
                      {"name", one.name}};
  for (auto& member : content) object[member.key()] = std::move(member.value());
  return object_of(std::move(object), created);
}

ReferenceObject tlp_1_marking(Marking const& one) {
  return marking(one, "2017-01-20T00:00:00.000Z",
                 json::Object{{"definition_type", "tlp"}, {"definition", json::Object{{"tlp", one.word}}}});
}

ReferenceObject tlp_2_marking(Marking const& one) {
  json::Object const extension{{"extension_type", "property-extension"}, {"tlp_2_0", one.word}};
  return marking(one, "2022-10-01T00:00:00.000Z",
                 json::Object{{"extensions", json::Object{{tlp_2_extension, extension}}}});
}

// Whether a framework's object is of the versions that the query asks for, among those that are served of its id and, where it
// says a date, were added later (R36, R38).
class Wish {
 public:
  Wish(state::Frameworks const& frameworks, FeedQuery const& query)
      : frameworks_(frameworks), query_(query) {}

  bool wants(uint32_t number) const {
    if (!frameworks_.is_served(number)) return false;
    Versions const& wish = query_.match.versions;
    UtcTime const version = frameworks_.objects[number].version_time;
    if (wish.all || contains(wish.exact, version)) return true;
    auto const is_later = [&](UtcTime other) { return other > version; };
    auto const is_earlier = [&](UtcTime other) { return other < version; };
    return (wish.last && !has_rival(number, is_later)) || (wish.first && !has_rival(number, is_earlier));
  }

 private:
  bool has_rival(uint32_t number, auto is_preferred) const {
    auto const& versions = frameworks_.with_id(frameworks_.objects[number].id);
    return std::ranges::any_of(versions, [&](uint32_t other) {
      state::FrameworkObject const& one = frameworks_.objects[other];
      bool const is_hidden = query_.added_after && one.date_added <= *query_.added_after;
      return is_preferred(one.version_time) && !is_hidden && frameworks_.is_served(other);
    });
  }

  state::Frameworks const& frameworks_;
  FeedQuery const& query_;
};

class Set {
 public:
  Set(Eyes const& eyes, FeedQuery const& query)
      : eyes_(eyes),
        query_(query),
        listing_(eyes, query),
        wish_(eyes.state.holdings.frameworks, query),
        last_(eyes.state.centre.founded) {}

  Page page() {
    for (Marking const& one : tlp_1) take({}, id_of(one), [&] { return tlp_1_marking(one); });
    for (Marking const& one : tlp_2) take({}, id_of(one), [&] { return tlp_2_marking(one); });
    state::Law const& law = eyes_.state.law;
    if (auto const& id = eyes_.state.centre.identity; !id.empty())
      take(eyes_.state.centre.founded, id,
           [&] { return identity(id, eyes_.state.centre.name, eyes_.state.centre.founded, {}); });
    find_by_id();
    for (size_t i = 0; i < law.parties.size() && !listing_.is_full(); ++i) {
      take_loaded(i);
      model::Party const& party = law.parties[i];
      if (party.identity.empty() || !eyes_.view.knows(PartyKey(i))) continue;
      take(party.registered, party.identity,
           [&] { return identity(party.identity, party.name, party.registered, party.slug); });
    }
    take_loaded(law.parties.size());
    Page page = std::move(listing_).finish();
    if (!page.more && place_ > 0) page.looked_to = place_ - 1;
    return page;
  }

 private:
  template <class Make>
  void take(UtcTime since, std::string const& id, Make make) {
    Spot const spot{.item = {}, .agreement = {}, .date_added = next_date(since), .place = place_++};
    listing_.offer(spot, id, make);
  }

  // Unique and ascending (R31), whatever the times were.
  UtcTime next_date(UtcTime since) {
    if (place_ != 0) last_ = std::max(since, last_ + microseconds(1));
    return last_;
  }

  // What was loaded while there were so many parties, from where the last such stretch ended.
  void take_loaded(size_t parties) {
    auto const& objects = eyes_.state.holdings.frameworks.objects;
    auto const begin = objects.begin() + static_cast<std::ptrdiff_t>(loaded_);
    auto const end = std::partition_point(
        begin, objects.end(), [&](state::FrameworkObject const& one) { return one.parties <= parties; });
    if (begin == end) return;
    size_t const first = loaded_, last = static_cast<size_t>(end - objects.begin());
    size_t from = first;
    if (query_.after && *query_.after >= place_) from += std::min(*query_.after - place_ + 1, last - first);
    if (query_.added_after)
      from = std::max(from, static_cast<size_t>(std::partition_point(begin, end,
                                                                     [&](state::FrameworkObject const& one) {
                                                                       return one.date_added <=
                                                                              *query_.added_after;
                                                                     }) -
                                                objects.begin()));
    for (auto next = next_meant(from); next && *next < last && !listing_.is_full();
         next = next_meant(*next + 1))
      offer(*next, place_ - first);
    place_ += last - first;
    last_ = objects[last - 1].date_added;
    loaded_ = last;
  }

  void offer(size_t number, size_t place_of_first) {
    state::FrameworkObject const& one = eyes_.state.holdings.frameworks.objects[number];
    Spot const spot{
        .item = {}, .agreement = {}, .date_added = one.date_added, .place = place_of_first + number};
    listing_.offer(spot, one, [&] { return wish_.wants(static_cast<uint32_t>(number)); });
  }

  void find_by_id() {
    for (std::string const& id : query_.match.ids)
      for (uint32_t number : eyes_.state.holdings.frameworks.with_id(id)) by_id_.push_back(number);
    std::ranges::sort(by_id_);
    auto const [first, last] = std::ranges::unique(by_id_);
    by_id_.erase(first, last);
  }

  // The first object from a number on that has an id, or else a type, of the query; of none that is said, any.
  std::optional<size_t> next_meant(size_t from) const {
    if (!query_.match.ids.empty()) return next_in(by_id_, from);
    if (query_.match.types.empty()) return from;
    std::optional<size_t> next;
    for (std::string const& type : query_.match.types)
      if (auto const one = next_in(eyes_.state.holdings.frameworks.with_type(type), from))
        next = std::min(*one, next.value_or(*one));
    return next;
  }
  static std::optional<size_t> next_in(std::vector<uint32_t> const& numbers, size_t from) {
    auto const next = std::ranges::lower_bound(numbers, from);
    return next == numbers.end() ? std::nullopt : std::optional<size_t>(*next);
  }

  ReferenceObject identity(std::string const& id, std::string const& name, UtcTime since,
                           std::string const& slug) const {
    std::string const time = to_text(since);
    json::Object object{{"type", "identity"}, {"spec_version", "2.1"},
                        {"id", id},           {"created_by_ref", eyes_.state.centre.identity},
                        {"created", time},    {"modified", time},
                        {"name", name},       {"identity_class", "organization"}};
    if (!slug.empty())  // what this centre's agreements call it
      object["external_references"] =
          json::Array{json::Object{{"source_name", eyes_.state.centre.origin}, {"external_id", slug}}};
    return object_of(std::move(object), time);
  }

  Eyes const& eyes_;
  FeedQuery const& query_;
  Listing listing_;
  Wish wish_;
  UtcTime last_;
  size_t place_ = 0;
  size_t loaded_ = 0;            // objects of frameworks that were passed
  std::vector<uint32_t> by_id_;  // numbers of those that have an id of the query, ascending
};

}  // namespace

Page reference_page(Eyes const& eyes, FeedQuery const& query) { return Set(eyes, query).page(); }

}  // namespace comity::release
