#include "stix/codes.h"

#include <algorithm>
#include <iterator>

namespace comity::stix {
namespace {

using enum Waiver;

constexpr CodeRow rows[] = {
    {"contents_form", "7.1", permissive, "a translation is named by a language and by properties"},
    {"country_code", "4.10", permissive, "a country should be a code of ISO 3166-1 alpha-2"},
    {"custom_property", "11.1", permissive, "a property of one's own should be defined by an extension"},
    {"custom_type", "11.2", permissive, "a type of one's own should be defined by an extension"},
    {"deprecated_property", "4.14", permissive, "a property that the standard has given up"},
    {"deterministic_id", "2.9", permissive, "the id of an observable should be made from its content"},
    {"dictionary_key", "2.3", permissive, "a name in a dictionary is 1 to 250 of letters, digits, - and _"},
    {"empty_dictionary", "2.3", permissive, "a dictionary is never empty"},
    {"empty_list", "2.7", permissive, "a list is never empty"},
    {"enum_value", "10", permissive, "a value of a closed vocabulary"},
    {"extension_form", "7.3", permissive, "an extension is an object that its definition's id names"},
    {"extension_use", "7.3", permissive, "an extension should be named by the id of its definition"},
    {"external_hashes", "2.4", permissive, "a reference with a url should have hashes of what is there"},
    {"external_reference", "2.4", permissive, "ids of CVE and CAPEC, and what their source is called"},
    {"granular_form", "7.2.3", never, "a granular marking has one of marking_ref and lang, and selectors"},
    {"granular_selector", "7.2.3", never, "a selector selects something in its object"},
    {"hash_form", "2.5", permissive, "the name of an algorithm, the length of its digest"},
    {"hash_name", "2.5", permissive, "an algorithm should be of the standard's list"},
    {"id_form", "2.9", never, "an id is a type, two hyphens and a UUID in lower case"},
    {"id_type", "2.9", never, "an id begins with its object's type"},
    {"indicator_name", "4.7", permissive, "an indicator should have a name and a description"},
    {"kill_chain_name", "2.10", permissive, "a kill chain's names should be lower case with hyphens"},
    {"label_too_long", "", never, "how long a label may be"},
    {"marking_circular", "7.2.2", never, "a marking does not mark itself"},
    {"marking_form", "7.2.1", never, "a statement marking holds its statement"},
    {"marking_tlp", "7.2.1", never, "TLP markings are those with the ids that the standard gives"},
    {"not_an_object", "", never, "a STIX object is a JSON object"},
    {"not_json", "", never, "I-JSON (RFC 7493)"},
    {"null_value", "3.1", never, "STIX has no null"},
    {"number_range", "3.2", never, "the least and the greatest value of a number"},
    {"pattern_form", "9", permissive, "the grammar of patterns"},
    {"pattern_never_matches", "9.2", permissive, "an AND of objects of different types never matches"},
    {"property_alone", "", permissive, "a property that stands only with another one"},
    {"property_excluded", "", permissive,
     "a property that does not stand with another one, or with its value"},
    {"property_name", "3.1", never, "a property's name is 3 to 250 of a-z, 0-9 and _"},
    {"reference_form", "2.9", never, "a reference is an id"},
    {"reference_target", "", never, "what types of objects a property may refer to"},
    {"relationship_table", "3.5", permissive, "a relationship that the standard does not list"},
    {"required_alternative", "", never, "one of several properties is required"},
    {"required_if_true", "", permissive, "a property that another one's value requires"},
    {"required_property", "", never, "a property is required"},
    {"reserved_property", "3.1", permissive, "names that the standard keeps for later"},
    {"spec_version", "3.2", never, "the version of the standard is 2.1"},
    {"time_order", "", permissive, "one time is not before another"},
    {"timestamp_form", "2.15", never, "a time that exists, in UTC"},
    {"too_large", "", never, "how large an object may be"},
    {"too_many_labels", "", never, "how many labels an object may have"},
    {"too_many_markings", "", never, "how many markings an object may have"},
    {"too_many_references", "", never, "how many ids an object may name"},
    {"type_form", "3.1", never, "a type is a name of 3 to 250 of a-z, 0-9 and single hyphens"},
    {"type_not_exchanged", "", never, "bundles and actions are not objects that can be exchanged"},
    {"unknown_comity_member", "", never, "members beginning with x_comity_ are the centre's"},
    {"uuid_version", "2.9", permissive, "versions 4 and 5 of UUIDs, and which belongs where"},
    {"value_form", "", permissive, "addresses, digests, languages and other strings of a fixed form"},
    {"value_odd", "", permissive, "strings that should have a form: URLs, domain names, media types"},
    {"value_shape", "", never, "what JSON a property holds"},
    {"vocabulary", "10", permissive, "a word that is not of an open vocabulary"},
};

static_assert(std::ranges::is_sorted(rows, {}, &CodeRow::code));

}  // namespace

std::span<CodeRow const> code_rows() { return rows; }

CodeRow const* code_row(std::string_view code) {
  auto const* found = std::ranges::lower_bound(rows, code, {}, &CodeRow::code);
  return found != std::end(rows) && found->code == code ? found : nullptr;
}

}  // namespace comity::stix
