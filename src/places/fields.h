// What the columns of a table, the properties of a feature and the data of a placemark are called, and what becomes of their texts.
//
// A name is compared in lower case, `_`, `-` and blanks alike. Of HXL (1.1) the hashtag with its attributes in any order:
//
//   name           name, title, label, site            #loc+name
//   id             id, code, identifier, uuid, pcode   #loc+id, #loc+code, #meta+id
//   latitude       lat, latitude, y                    #geo+lat
//   longitude      lon, lng, long, longitude, x        #geo+lon
//   uncertainty    uncertainty, accuracy, precision    #geo+uncertainty, +accuracy, +precision
//   radius         radius                              #geo+radius
//   kind           kind, type, category, amenity       #loc+type, #loc+kind
//   source         source                              #meta+source
//   measured       measured, method, how measured      #geo+method, #meta+method
//   reconfirm_by   reconfirm by, review by             #date+reconfirm
//   from, until    from, start, valid from … until, end, valid until, expires     #date+start, #date+end
//   low, high      low, lower … high, upper            #geo+lower, #geo+upper
//
// Distances are metres, as are `uncertainty m` and `radius m`; low and high are as read_altitude (values.h) takes them, UNL being
// none. What has another name is passed over. Inside this room only. Thread-safe: no state.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "places/draft.h"

namespace comity::places {

enum class Field : uint8_t {
  name,
  id,
  latitude,
  longitude,
  uncertainty,
  radius,
  kind,
  source,
  measured,
  reconfirm_by,
  from,
  until,
  low,
  high
};
char const* name_of(Field field);

std::optional<Field> field_of(std::string_view heading);
std::optional<Field> field_of_tag(std::string_view hashtag);

// The texts of one place, each in one line; empty ones count as absent.
class Said {
 public:
  // The first that says it counts.
  void add(Field field, std::string_view text);
  std::string text(Field field) const;
  bool has(Field field) const { return texts_.contains(field); }

 private:
  std::map<Field, std::string> texts_;
};

// A number that is there; a fault of the draft if it cannot be read.
std::optional<double> number_of(Said const& said, Field field, Draft& draft);

// All but where it is and how large: what is there already is kept.
void describe(Draft& draft, Said const& said);
// The limits that were said, on every volume that has none.
void limit(Draft& draft, Said const& said);

}  // namespace comity::places
