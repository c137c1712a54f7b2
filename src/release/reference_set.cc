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

class Set {
 public:
  Set(Eyes const& eyes, FeedQuery const& query)
      : eyes_(eyes), listing_(eyes, query), last_(eyes.state.centre.founded) {}

  Page page() {
    for (Marking const& one : tlp_1) take({}, id_of(one), [&] { return tlp_1_marking(one); });
    for (Marking const& one : tlp_2) take({}, id_of(one), [&] { return tlp_2_marking(one); });
    state::Law const& law = eyes_.state.law;
    if (auto const& id = eyes_.state.centre.identity; !id.empty())
      take(eyes_.state.centre.founded, id,
           [&] { return identity(id, eyes_.state.centre.name, eyes_.state.centre.founded, {}); });
    for (size_t i = 0; i < law.parties.size() && !listing_.is_full(); ++i) {
      model::Party const& party = law.parties[i];
      if (party.identity.empty() || !eyes_.view.knows(PartyKey(i))) continue;
      take(party.registered, party.identity,
           [&] { return identity(party.identity, party.name, party.registered, party.slug); });
    }
    return std::move(listing_).finish();
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
  Listing listing_;
  UtcTime last_;
  size_t place_ = 0;
};

}  // namespace

Page reference_page(Eyes const& eyes, FeedQuery const& query) { return Set(eyes, query).page(); }

}  // namespace comity::release
