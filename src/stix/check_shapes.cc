// Rules about what values hold, at every depth that the standard knows (properties.h).
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/time.h"
#include "json/pointer.h"
#include "stix/ids.h"
#include "stix/place.h"
#include "stix/properties.h"
#include "stix/rules.h"
#include "stix/types.h"
#include "stix/values.h"
#include "stix/vocabularies.h"

namespace comity::stix {
namespace {

std::string_view text_in(json::Value const& value) { return std::string_view(value.get_string()); }

bool is_integer(json::Value const& value) { return value.is_int64() || value.is_uint64(); }

bool is_time(json::Value const& value) {
  return value.is_string() && parse_stix_time(value.get_string()).has_value();
}

template <class Is>
bool is_list_of(json::Value const& value, Is is) {
  auto const* list = value.if_array();
  return list && std::ranges::all_of(*list, is);
}

bool is_text(json::Value const& value) { return value.is_string(); }
bool is_object(json::Value const& value) { return value.is_object(); }

// What JSON the value must be; what its words mean is asked afterwards.
bool has_json_of(json::Value const& value, Shape shape) {
  switch (shape) {
    case Shape::text:
    case Shape::one_of:
    case Shape::word:
    case Shape::form: return value.is_string();
    case Shape::boolean: return value.is_bool();
    case Shape::integer: return is_integer(value);
    case Shape::count: return is_integer(value) && !(value.is_int64() && value.get_int64() < 0);
    case Shape::number: return value.is_number();
    case Shape::timestamp: return is_time(value);
    case Shape::texts:
    case Shape::some_of:
    case Shape::words:
    case Shape::forms: return is_list_of(value, is_text);
    case Shape::objects:
    case Shape::embeddeds: return is_list_of(value, is_object);
    case Shape::object:
    case Shape::dictionary:
    case Shape::embedded:
    case Shape::text_map:
    case Shape::tag_map:
    case Shape::list_map:
    case Shape::number_map:
    case Shape::hashes:
    case Shape::extensions:
    case Shape::contents: return value.is_object();
  }
  return false;
}

char const* words_for(Shape shape) {
  switch (shape) {
    case Shape::text:
    case Shape::one_of:
    case Shape::word:
    case Shape::form: return "a string";
    case Shape::boolean: return "true or false";
    case Shape::integer: return "an integer";
    case Shape::count: return "an integer not below 0";
    case Shape::number: return "a number";
    case Shape::timestamp: return "a time that exists, as YYYY-MM-DDTHH:MM:SS[.s…]Z";
    case Shape::texts:
    case Shape::some_of:
    case Shape::words:
    case Shape::forms: return "a list of strings";
    case Shape::objects:
    case Shape::embeddeds: return "a list of objects";
    default: return "an object";
  }
}

bool is_dictionary_key(std::string_view name) {
  return !name.empty() && name.size() <= 250 && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

template <class See>
void each_word(std::string_view words, char separator, See see) {
  while (!words.empty()) {
    auto const end = std::min(words.find(separator), words.size());
    see(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
}

// A reference has rules of its own (check_references.cc).
bool is_checked_elsewhere(std::string_view name) {
  return (is_reference(name) || is_reference_list(name)) && name != "created_by_ref" &&
         name != "object_marking_refs";
}

class Values {
 public:
  Values(Subject const& subject, Judge& judge) : subject_(subject), judge_(judge) {}

  void object() {
    Properties const properties(subject_.type);
    for (auto const& member : subject_.object) {
      std::string_view const name = member.key();
      if (is_checked_elsewhere(name)) continue;
      Place const place{nullptr, name};
      if (auto const* row = properties.find(name))
        value(*row, member.value(), place);
      else
        by_its_name(name, member.value(), place);
    }
  }

 private:
  void refuse(std::string_view code, Place const& place, std::string detail) {
    judge_.refuse(code, place.pointer(), std::move(detail));
  }
  void warn(std::string_view code, Place const& place, std::string detail) {
    judge_.warn(code, place.pointer(), std::move(detail));
  }

  // Section 3.1: what a name that ends so holds.
  void by_its_name(std::string_view name, json::Value const& value, Place const& place) {
    auto const of = name.ends_with("_bin") ? "base64" : name.ends_with("_hex") ? "hex" : "";
    if (*of == 0) return;
    if (value.is_string())
      formed(of, text_in(value), place);
    else
      refuse("value_shape", place, fmt::format("`{}` must be a string", name));
  }

  void value(PropertyRow const& row, json::Value const& value, Place const& place) {
    if (!has_json_of(value, row.shape))
      return refuse(row.shape == Shape::timestamp ? "timestamp_form" : "value_shape", place,
                    fmt::format("`{}` must be {}", row.property, words_for(row.shape)));
    switch (row.shape) {
      case Shape::one_of:
      case Shape::word:
      case Shape::form: return text(row, text_in(value), place);
      case Shape::some_of:
      case Shape::words:
      case Shape::forms: {
        auto const& list = value.get_array();
        for (size_t i = 0; i < list.size(); ++i) text(row, text_in(list[i]), {&place, {}, i});
        return;
      }
      case Shape::embedded: return embedded(row.of, value.get_object(), place);
      case Shape::embeddeds: {
        auto const& list = value.get_array();
        for (size_t i = 0; i < list.size(); ++i) embedded(row.of, list[i].get_object(), {&place, {}, i});
        return;
      }
      case Shape::dictionary: return keys(value.get_object(), place);
      case Shape::text_map: return map(value.get_object(), place, "a string", is_text);
      case Shape::tag_map:
        return map(value.get_object(), place, "a string or an integer",
                   [](json::Value const& one) { return one.is_string() || is_integer(one); });
      case Shape::number_map: return map(value.get_object(), place, "an integer", is_integer);
      case Shape::list_map: return lists(value.get_object(), place);
      case Shape::hashes: return hashes(value.get_object(), place);
      case Shape::extensions: return extensions(value.get_object(), place);
      case Shape::contents: return contents(value.get_object(), place);
      default: return;
    }
  }

  void text(PropertyRow const& row, std::string_view text, Place const& place) {
    switch (row.shape) {
      case Shape::one_of:
      case Shape::some_of:
        if (!is_word_of(row.of, text)) refuse("enum_value", place, fmt::format("not a value of {}", row.of));
        return;
      case Shape::word:
      case Shape::words:
        if (!is_word_of(row.of, text)) warn("vocabulary", place, fmt::format("not a word of {}", row.of));
        return;
      default: return formed(row.of, text, place);
    }
  }

  void formed(std::string_view name, std::string_view text, Place const& place) {
    auto const* wanted = form(name);
    if (!wanted || wanted->holds(text)) return;
    if (wanted->asked == Asked::must)
      refuse("value_form", place, fmt::format("must be {}", wanted->words));
    else
      warn("value_odd", place, fmt::format("should be {}", wanted->words));
  }

  // Section 2.3.
  void keys(json::Object const& object, Place const& place) {
    if (object.empty()) refuse("empty_dictionary", place, "a dictionary is never empty: leave it out");
    for (auto const& member : object)
      if (!is_dictionary_key(member.key()))
        refuse("dictionary_key", {&place, member.key()},
               "a name in a dictionary is 1 to 250 of letters, digits, - and _");
  }

  template <class Is>
  void map(json::Object const& object, Place const& place, char const* words, Is is) {
    keys(object, place);
    for (auto const& member : object)
      if (!is(member.value()))
        refuse("value_shape", {&place, member.key()}, fmt::format("must be {}", words));
  }

  // Header fields of HTTP: names with other characters than a dictionary's are taken.
  void lists(json::Object const& object, Place const& place) {
    if (object.empty()) refuse("empty_dictionary", place, "a dictionary is never empty: leave it out");
    for (auto const& member : object)
      if (!is_text(member.value()) && !is_list_of(member.value(), is_text))
        refuse("value_shape", {&place, member.key()}, "must be a list of strings");
  }

  // Section 2.5.
  void hashes(json::Object const& object, Place const& place) {
    if (object.empty()) refuse("empty_dictionary", place, "a dictionary is never empty: leave it out");
    for (auto const& member : object) {
      std::string_view const name = member.key();
      Place const at{&place, name};
      if (!is_hash_name(name)) {
        refuse("hash_form", at, "an algorithm's name is 3 to 250 of letters, digits, - and _");
      } else if (!member.value().is_string()) {
        refuse("value_shape", at, "a digest is a string");
      } else {
        if (!is_hash_value(name, text_in(member.value())))
          refuse("hash_form", at, fmt::format("not a digest of {}", name));
        if (!is_word_of("hash-algorithm-ov", name)) warn("hash_name", at, "not a word of hash-algorithm-ov");
      }
    }
  }

  void embedded(std::string_view type, json::Object const& object, Place const& place) {
    auto const asked = embedded_row(type);
    each_word(asked.required, ' ', [&](std::string_view name) {
      if (!object.contains(name))
        refuse("required_property", {&place, name}, fmt::format("`{}` is required", name));
    });
    bool one = asked.any_of.empty();
    each_word(asked.any_of, '|', [&](std::string_view name) { one |= object.contains(name); });
    if (!one)
      refuse("required_alternative", place, fmt::format("one of these is required: {}", asked.any_of));
    Properties const properties(type);
    for (auto const& member : object) {
      std::string_view const name = member.key();
      if (auto const* row = properties.find_own(name))
        value(*row, member.value(), {&place, name});
      else
        by_its_name(name, member.value(), {&place, name});
    }
    if (type == "external-reference") external(object, place);
    if (type == "kill-chain-phase") phase(object, place);
  }

  // Section 2.4: an id of CVE or CAPEC names its source, and a source of that name has such an id.
  void external(json::Object const& object, Place const& place) {
    auto const source = text_of(object, "source_name"), id = text_of(object, "external_id");
    bool const cve = source == "cve", capec = source == "capec";
    if (cve && !is_cve_id(id))
      refuse("external_reference", {&place, "external_id"}, "an id of CVE is CVE-YYYY-NNNN");
    else if (capec && !is_capec_id(id))
      refuse("external_reference", {&place, "external_id"}, "an id of CAPEC is CAPEC-N");
    else if (!cve && is_cve_id(id))
      refuse("external_reference", {&place, "source_name"}, "the source of an id of CVE is `cve`");
    else if (!capec && is_capec_id(id))
      refuse("external_reference", {&place, "source_name"}, "the source of an id of CAPEC is `capec`");
    // Section 2.4: what is fetched later should be what was meant.
    if (object.contains("url") && !object.contains("hashes"))
      warn("external_hashes", place, "a reference with a `url` should have `hashes` of what is there");
  }

  void phase(json::Object const& object, Place const& place) {
    for (std::string_view const name : {"kill_chain_name", "phase_name"})
      if (!is_word_in_lower_case(text_of(object, name)))
        warn("kill_chain_name", {&place, name}, "should be lower case, with hyphens for spaces");
  }

  static bool is_word_in_lower_case(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || c == ' ' || c == '_'; });
  }

  // Section 7.3.
  void extensions(json::Object const& object, Place const& place) {
    if (object.empty()) refuse("empty_dictionary", place, "a dictionary is never empty: leave it out");
    for (auto const& member : object) {
      std::string_view const name = member.key();
      Place const at{&place, name};
      auto const* body = member.value().if_object();
      if (!body || body->empty()) {
        refuse("extension_form", at, "an extension is an object, never empty");
      } else if (is_extension_of(subject_.type, name)) {
        embedded(name, *body, at);
      } else if (is_stix_id(name) && type_of_id(name) == "extension-definition") {
        declared(*body, at);
      } else if (name.ends_with("-ext") && is_type_name(name)) {
        warn("extension_use", at, "an extension should be named by the id of its definition");
      } else {
        refuse("extension_form", at, "an extension is named by the id of an extension definition");
      }
    }
  }

  void declared(json::Object const& body, Place const& place) {
    auto const* type = body.if_contains("extension_type");
    if (!type)
      refuse("extension_form", {&place, "extension_type"}, "an extension says its `extension_type`");
    else if (!type->is_string() || !is_word_of("extension-type-enum", text_in(*type)))
      refuse("enum_value", {&place, "extension_type"}, "not a value of extension-type-enum");
  }

  // Section 7.1: a language's code to what is translated, by property.
  void contents(json::Object const& object, Place const& place) {
    if (object.empty()) refuse("empty_dictionary", place, "a dictionary is never empty: leave it out");
    for (auto const& member : object) {
      Place const at{&place, member.key()};
      formed("language", member.key(), at);
      auto const* texts = member.value().if_object();
      if (!texts || texts->empty()) {
        refuse("contents_form", at, "a translation is an object, never empty");
        continue;
      }
      for (auto const& text : *texts)
        if (!is_property_name(text.key()))
          refuse("contents_form", {&at, text.key()}, "a translation is named by a property");
    }
  }

  static bool is_property_name(std::string_view name) {
    return name.size() >= 3 && name.size() <= 250 && std::ranges::all_of(name, [](char c) {
             return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
           });
  }

  Subject const& subject_;
  Judge& judge_;
};

}  // namespace

void check_shapes(Subject const& subject, Judge& judge) { Values(subject, judge).object(); }

}  // namespace comity::stix
