#include "release/events.h"

#include <algorithm>

#include "release/eyes.h"

namespace comity::release {

Events::Events(Eyes const& eyes) : epoch_(eyes.epoch()) {}

Events& Events::event(FixedText type, Token const& token, Released<Bytes> const& data) {
  epoch_ = std::min(epoch_, data.epoch());
  body_ += "event: ";
  body_ += type.text();
  body_ += "\nid: " + token.text() + "\n";
  BytesView rest = data.value();
  do {
    auto const end = std::min(rest.find_first_of("\r\n"), rest.size());
    body_ += "data: ";
    body_ += rest.substr(0, end);
    body_ += '\n';
    bool const both = rest.substr(end).starts_with("\r\n");
    rest.remove_prefix(std::min(end + (both ? 2 : 1), rest.size()));
  } while (!rest.empty());
  body_ += '\n';
  return *this;
}

Released<Bytes> Events::finish() { return Egress::disclosed(std::move(body_), epoch_); }
Released<Bytes> Events::beat() { return Egress::fixed(": \n\n"); }

}  // namespace comity::release
