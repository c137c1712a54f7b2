#include "transcripts/short_forms.h"

#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "base/limits.h"
#include "model/stix_types.h"
#include "stix/ids.h"

namespace comity::transcripts {
namespace {

constexpr char usual_time[] = "2015-09-15T00:00:00.000Z";
constexpr char uuid_head[] = "--00000000-0000-4000-8000-";
constexpr char entity_head[] = "00000000-0000-4000-8000-";

// TLP 2.0 (FIRST, 2022) as STIX markings.
std::map<std::string, std::string> const markings = {
    {"marking-definition--clear", "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"},
    {"marking-definition--green", "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"},
    {"marking-definition--amber", "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"},
    {"marking-definition--strict", "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"},
    {"marking-definition--red", "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"}};

void replace_all(std::string& text, std::string const& from, std::string const& to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

json::Object const& usual_terms(char const* part) {
  static json::Value const terms = [] {
    std::ifstream file("tests/transcripts/usual-terms.json");
    std::stringstream text;
    text << file.rdbuf();
    return parsed(text.str());
  }();
  return terms.at(part).get_object();
}

void add_missing(json::Object& object, json::Object const& usual) {
  for (auto const& member : usual)
    if (!object.contains(member.key())) object[member.key()] = member.value();
}

// ["ru/mfa", "ru/general-staff"] → [{"party": "ru", "offices": [both]}]
json::Array participants_of(json::Array const& offices) {
  json::Array list;
  for (json::Value const& office : offices) {
    if (!office.is_string()) return offices;
    std::string const name(office.get_string());
    std::string const party = name.substr(0, name.find('/'));
    json::Value* known = nullptr;
    for (json::Value& one : list)
      if (one.at("party") == json::Value(party)) known = &one;
    if (!known) known = &list.emplace_back(json::Object{{"party", party}});
    if (name == party) continue;
    if (!known->get_object().contains("offices")) known->get_object()["offices"] = json::Array();
    known->at("offices").get_array().push_back(json::Value(name));
  }
  return list;
}

}  // namespace

std::string expanded(std::string text) {
  for (auto const& [brief, full] : markings) replace_all(text, brief, full);
  static std::regex const brief("([a-z0-9])--([0-9]{1,4})(?![0-9a-f-])");
  std::string out;
  auto rest = text.cbegin();
  for (std::sregex_iterator match(text.cbegin(), text.cend(), brief), end; match != end; ++match) {
    out.append(rest, (*match)[0].first);
    out += (*match)[1].str() + uuid_head + std::string(12 - (*match)[2].length(), '0') + (*match)[2].str();
    rest = (*match)[0].second;
  }
  out.append(rest, text.cend());
  static std::regex const entity("uuid:([0-9]{1,4})");
  std::string whole;
  auto from = out.cbegin();
  for (std::sregex_iterator match(out.cbegin(), out.cend(), entity), end; match != end; ++match) {
    whole.append(from, (*match)[0].first);
    whole += entity_head + std::string(12 - (*match)[1].length(), '0') + (*match)[1].str();
    from = (*match)[0].second;
  }
  return whole.append(from, out.cend());
}

std::string shortened(std::string text) {
  for (auto const& [brief, full] : markings) replace_all(text, full, brief);
  static std::regex const full(std::string(uuid_head) + "0{8,11}([0-9]{1,4})(?![0-9a-f-])");
  static std::regex const entity(std::string(entity_head) + "0{8,11}([0-9]{1,4})(?![0-9a-f-])");
  return std::regex_replace(std::regex_replace(text, full, "--$1"), entity, "uuid:$1");
}

json::Value parsed(std::string const& text) {
  auto value = json::parse(text, limits::request_body_bytes, json::Numbers::any);
  if (!value) throw std::runtime_error("no JSON: " + value.error().detail + " in " + text);
  return std::move(*value);
}

std::string object_of(std::string const& text) {
  json::Value const value = parsed(text);
  json::Object const& given = value.get_object();
  if (given.contains("type") || !given.contains("id")) return text;
  std::string const id(given.at("id").as_string()), type(stix::type_of_id(id));
  json::Object object{{"type", type}, {"spec_version", "2.1"}, {"id", id}};
  if (model::stix_class(type) != model::StixClass::observable) {
    object["created"] = usual_time;
    if (type != "marking-definition") object["modified"] = usual_time;
  }
  if (type == "report") object["published"] = usual_time;
  for (auto const& member : given) object[member.key()] = member.value();
  return json::write(object);
}

json::Object agreement_of(std::string const& text) {
  json::Value value = parsed(text);
  json::Object agreement = value.get_object();
  if (auto const* id = agreement.if_contains("id");
      id && id->is_string() && !agreement.contains("sponsors")) {
    std::string const name(id->get_string());
    agreement["sponsors"] = json::Array{json::Value(name.substr(0, name.find('.')))};
  }
  if (auto* list = agreement.if_contains("participants")) *list = participants_of(list->get_array());
  if (auto* clauses = agreement.if_contains("clauses"))
    for (json::Value& clause : clauses->get_array()) {
      json::Object& object = clause.get_object();
      std::string const type(object.at("type").as_string());
      if (type == "grant" || type == "prohibit") add_missing(object, usual_terms(type.c_str()));
      if (!object.contains("text"))
        object["text"] = json::Value(object.at("id"));  // a copy: the member may move it
    }
  add_missing(agreement, usual_terms("agreement"));
  return agreement;
}

}  // namespace comity::transcripts
