// A small XML document as a tree, by expat.
//
// No document type is taken, so there are no entities but the five of XML, nothing external, and nothing that grows when it is
// expanded. Depth, number of elements and size are bounded (limits::xml_depth, xml_elements, place_file_bytes). Names are without
// their prefix: the files that are read here use one vocabulary. Text is UTF-8 whatever the file is in (UTF-8, UTF-16, Latin-1).
//
// Errors: bad_input or too_large, with the line. Inside this room only. Pure; any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace comity::places {

struct Element {
  std::string name;
  size_t line = 0;
  std::string text;  // all of its own, without that of elements in it
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<Element> inside;

  Element const* first(std::string_view child) const;
  std::string attribute(std::string_view attribute_name) const;
  // Trimmed; empty if there is no such child.
  std::string text_of(std::string_view child) const;
};

Result<Element> read_xml(BytesView file);

}  // namespace comity::places
