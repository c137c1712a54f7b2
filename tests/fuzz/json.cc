// parse() and validate_ijson() agree on every text, with the same words; canonical text is its own canonical form; what
// write() makes reads back as the same value; split() stays inside the body.
#include <cstddef>
#include <cstdint>

#include "base/ensure.h"
#include "json/canonical.h"
#include "json/json.h"
#include "json/split.h"
#include "json/validate.h"

using namespace comity;

namespace {

void check(BytesView text, json::Numbers numbers) {
  auto const value = json::parse(text, text.size(), numbers);
  auto const verdict = json::validate_ijson(text, numbers);
  ensure(value.has_value() == verdict.has_value());
  if (!value) {
    ensure(value.error().detail == verdict.error().detail &&
           value.error().pointer == verdict.error().pointer);
    return;
  }
  std::string const written = json::write(*value);
  auto const again = json::parse(written, written.size(), numbers);
  ensure(again && json::write(*again) == written);
  auto const canonical = json::canonical(*value);
  ensure(canonical && json::canonical(*again).value() == *canonical);
  if (auto const reread = json::parse(*canonical, canonical->size(), numbers)) {
    ensure(json::canonical(*reread).value() == *canonical);
  } else {
    ensure(numbers == json::Numbers::any);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  BytesView const text(reinterpret_cast<char const*>(data), size);
  check(text, json::Numbers::any);
  check(text, json::Numbers::integers_only);
  if (auto const parts = json::split(text)) {
    for (auto const element : parts->elements) {
      ensure(element.data() >= text.data() && element.data() + element.size() <= text.data() + text.size());
    }
  }
  return 0;
}
