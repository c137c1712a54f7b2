#include "places/xml.h"

#include <expat.h>

#include <algorithm>

#include "base/limits.h"
#include "places/values.h"

namespace comity::places {
namespace {

std::string_view without_prefix(std::string_view name) {
  size_t const colon = name.find(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

// Elements that are open, from the root down; each is moved into the one around it when it ends.
struct Building {
  XML_Parser parser = nullptr;
  std::vector<Element> open;
  Element root;
  size_t elements = 0;
  Error refusal;

  size_t line() const { return static_cast<size_t>(XML_GetCurrentLineNumber(parser)); }
  void refuse(ErrorCode code, std::string_view why) {
    if (refusal.detail.empty()) refusal = {code, "line " + std::to_string(line()) + ": " + std::string(why)};
    XML_StopParser(parser, XML_FALSE);
  }
};

void begin(void* building, XML_Char const* name, XML_Char const** attributes) {
  auto& at = *static_cast<Building*>(building);
  if (at.open.size() >= limits::xml_depth) return at.refuse(ErrorCode::too_large, "nested too deep");
  if (++at.elements > limits::xml_elements) return at.refuse(ErrorCode::too_large, "too many elements");
  Element made;
  made.name = without_prefix(name);
  made.line = at.line();
  for (; *attributes; attributes += 2)
    made.attributes.emplace_back(without_prefix(attributes[0]), attributes[1]);
  at.open.push_back(std::move(made));
}

void end(void* building, XML_Char const*) {
  auto& at = *static_cast<Building*>(building);
  if (at.open.empty()) return;  // after a refusal
  Element made = std::move(at.open.back());
  at.open.pop_back();
  (at.open.empty() ? at.root : at.open.back().inside.emplace_back()) = std::move(made);
}

void characters(void* building, XML_Char const* text, int size) {
  auto& at = *static_cast<Building*>(building);
  if (!at.open.empty()) at.open.back().text.append(text, static_cast<size_t>(size));
}

void document_type(void* building, XML_Char const*, XML_Char const*, XML_Char const*, int) {
  static_cast<Building*>(building)->refuse(ErrorCode::bad_input,
                                           "a document type is not taken: save the file without DOCTYPE");
}

struct Free {
  void operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }
};

}  // namespace

Element const* Element::first(std::string_view child) const {
  auto const found = std::ranges::find(inside, child, &Element::name);
  return found == inside.end() ? nullptr : &*found;
}

std::string Element::attribute(std::string_view attribute_name) const {
  for (auto const& [known, value] : attributes)
    if (known == attribute_name) return value;
  return "";
}

std::string Element::text_of(std::string_view child) const {
  auto const* const found = first(child);
  return found ? std::string(trimmed(found->text)) : "";
}

Result<Element> read_xml(BytesView file) {
  if (file.size() > limits::place_file_bytes) return fail(ErrorCode::too_large, "the file is too large");
  std::unique_ptr<XML_ParserStruct, Free> const parser(XML_ParserCreate(nullptr));
  if (!parser) return fail(ErrorCode::io, "the reader of XML does not start");
  Building building;
  building.parser = parser.get();
  XML_SetUserData(parser.get(), &building);
  XML_SetElementHandler(parser.get(), begin, end);
  XML_SetCharacterDataHandler(parser.get(), characters);
  XML_SetStartDoctypeDeclHandler(parser.get(), document_type);
  XML_SetParamEntityParsing(parser.get(), XML_PARAM_ENTITY_PARSING_NEVER);
  auto const status = XML_Parse(parser.get(), file.data(), static_cast<int>(file.size()), 1);
  if (!building.refusal.detail.empty()) return std::unexpected(building.refusal);
  if (status != XML_STATUS_OK)
    return fail(ErrorCode::bad_input, "line " + std::to_string(building.line()) + ": " +
                                          XML_ErrorString(XML_GetErrorCode(parser.get())));
  return std::move(building.root);
}

}  // namespace comity::places
