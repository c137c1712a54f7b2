// A posted body is cut into objects that lie inside it; what read_object() accepts keeps the promises that the machine
// relies on: sorted facts without the object's own id, limits kept, one substance for a reformatted copy; and the order of
// contribution names every object once.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/ensure.h"
#include "base/limits.h"
#include "json/json.h"
#include "stix/envelope.h"
#include "stix/ids.h"
#include "stix/order.h"
#include "stix/read.h"

using namespace comity;

namespace {

crypto::SymmetricKey const key;

void check_reading(BytesView bytes, stix::Reading const& reading) {
  auto const& [head, facts, revoked, spec_version, warnings] = reading;
  ensure(!spec_version.empty());
  ensure(!revoked || std::ranges::binary_search(facts.properties, "revoked"));
  ensure(stix::is_stix_id(head.id) && stix::type_of_id(head.id) == head.type && head.size == bytes.size());
  ensure(std::ranges::is_sorted(facts.references) && std::ranges::is_sorted(facts.properties));
  ensure(std::ranges::adjacent_find(facts.references) == facts.references.end());
  ensure(std::ranges::none_of(facts.references, [&](auto const& r) { return r.id == head.id; }));
  ensure(facts.labels.size() <= limits::object_labels && facts.markings.size() <= limits::object_markings);
  ensure(warnings.size() <= limits::stix_findings);

  auto const copy = json::write(json::parse(bytes, bytes.size(), json::Numbers::any).value());
  auto const again = stix::read_object(copy, key);
  ensure(again && again->head.compare.canonical == head.compare.canonical);
  ensure(again->head.compare.substance == head.compare.substance &&
         again->facts.references == facts.references);
}

void check_order(std::vector<stix::Reading> const& readings) {
  std::vector<stix::Posted> posted;
  for (auto const& reading : readings) posted.push_back({reading.head.id, reading.facts.references});
  auto order = stix::contribution_order(posted);
  std::ranges::sort(order);
  for (size_t i = 0; i < posted.size(); ++i) ensure(order.at(i) == i);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  BytesView const body(reinterpret_cast<char const*>(data), size);
  std::vector<BytesView> objects = {body};
  if (auto const envelope = stix::read_envelope(body)) {
    objects.insert(objects.end(), envelope->objects.begin(), envelope->objects.end());
  }
  std::vector<stix::Reading> readings;
  for (auto const object : objects) {
    ensure(object.data() >= body.data() && object.data() + object.size() <= body.data() + body.size());
    auto reading = stix::read_object(object, key);
    ensure(reading || (!reading.error().empty() && reading.error().size() <= limits::stix_findings));
    if (!reading) continue;
    check_reading(object, *reading);
    readings.push_back(std::move(*reading));
  }
  check_order(readings);
  return 0;
}
