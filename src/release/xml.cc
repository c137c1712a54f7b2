#include "release/xml.h"

#include "base/ensure.h"

namespace comity::release {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";                       // U+FFFD
constexpr std::string_view no_character[] = {"\xef\xbf\xbe", "\xef\xbf\xbf"};  // U+FFFE, U+FFFF

bool is_forbidden(char c) {
  auto const octet = static_cast<unsigned char>(c);
  return octet < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

std::string_view entity_of(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '\r': return "&#13;";  // a reader would make a line feed of it
    default: return {};
  }
}

std::string escaped(std::string_view text) {
  std::string out;
  for (; !text.empty(); text.remove_prefix(1)) {
    if (text.starts_with(no_character[0]) || text.starts_with(no_character[1])) {
      out += replacement;
      text.remove_prefix(2);
    } else if (is_forbidden(text.front())) {
      out += replacement;
    } else if (auto const entity = entity_of(text.front()); !entity.empty()) {
      out += entity;
    } else {
      out += text.front();
    }
  }
  return out;
}

}  // namespace

Xml& Xml::open(FixedText name) {
  body_.append("<").append(name.text()).append(">");
  open_.push_back(name.text());
  return *this;
}

Xml& Xml::open(FixedText name, FixedText attribute, std::string_view value) {
  body_.append("<").append(name.text()).append(" ").append(attribute.text()).append("=\"");
  body_.append(escaped(value)).append("\">");
  open_.push_back(name.text());
  return *this;
}

Xml& Xml::close() {
  ensure(!open_.empty());
  body_.append("</").append(open_.back()).append(">");
  open_.pop_back();
  if (open_.size() < 3) body_ += '\n';
  return *this;
}

Xml& Xml::text(std::string_view text) {
  body_ += escaped(text);
  return *this;
}

Bytes Xml::finish() {
  ensure(open_.empty());
  return std::move(body_);
}

// `$` begins a name that programs replace in a description.
std::string html(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == '$') {
      out += "&#36;";
    } else if (auto const entity = entity_of(c); !entity.empty()) {
      out += entity;
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace comity::release
