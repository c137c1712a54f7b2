// A small writer of XML 1.0 in UTF-8: elements, attributes, text; every text escaped. Inside this room only.
//
// Names of elements and attributes are constants of the program. Texts are of anyone: `&`, `<`, `>` and quotes become entities, and
// what no XML document may hold in any form (control characters but tab, line feed and carriage return; U+FFFE, U+FFFF) becomes U+FFFD.
// A text must be UTF-8, as all that was told is. html() escapes a text once more for elements whose content is read as HTML (the
// description of KML): there it shows as it is, a tag as letters. Elements are closed in the order in which they were opened, which is
// ensured; finish() wants all closed. Not synchronised: one thread at a time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "release/egress.h"

namespace comity::release {

class Xml {
 public:
  Xml() : body_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {}

  Xml& open(FixedText name);
  // With one attribute.
  Xml& open(FixedText name, FixedText attribute, std::string_view value);
  Xml& close();
  Xml& text(std::string_view text);
  // <name>text</name>
  Xml& element(FixedText name, std::string_view content) { return open(name).text(content).close(); }

  Bytes finish();

 private:
  Bytes body_;
  std::vector<std::string_view> open_;
};

std::string html(std::string_view text);

}  // namespace comity::release
