// What is read from the disk: records part by part, payload by payload of a command, and a whole state from a snapshot.
// Hostile octets are refused; whatever is accepted is the one encoding of what was read, so that a digest of the octets is
// a digest of the value, and parts_of() and record_of() are inverse to one another.
#include <cstddef>
#include <cstdint>

#include "base/ensure.h"
#include "codec/codec.h"
#include "commands/all.h"
#include "model/record.h"
#include "state/state.h"

using namespace comity;

namespace {

template <class T>
void check(BytesView bytes) {
  auto const value = codec::decode<T>(bytes);
  if (value) ensure(codec::encode(*value) == bytes);
}

// kind, length in two octets, octets; again and again.
std::vector<model::Part> parts_in(BytesView bytes) {
  std::vector<model::Part> parts;
  while (bytes.size() >= 3 && parts.size() < 64) {
    auto const octet = [&](size_t at) { return static_cast<unsigned char>(bytes[at]); };
    size_t const length = std::min<size_t>(octet(1) | octet(2) << 8, bytes.size() - 3);
    parts.push_back({static_cast<model::PartKind>(octet(0)), Bytes(bytes.substr(3, length))});
    bytes.remove_prefix(3 + length);
  }
  return parts;
}

void check_record(BytesView bytes) {
  auto const record = model::record_of(parts_in(bytes));
  if (!record) return;
  auto const parts = model::parts_of(*record);
  auto const again = model::record_of(parts);
  ensure(again.has_value());
  auto const same = model::parts_of(*again);
  ensure(same.size() == parts.size());
  for (size_t i = 0; i < parts.size(); ++i)
    ensure(same[i].kind == parts[i].kind && same[i].bytes == parts[i].bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  if (size == 0) return 0;
  BytesView const bytes(reinterpret_cast<char const*>(data) + 1, size - 1);
  switch (data[0] % 12) {
    case 0: check_record(bytes); break;
    case 1: check<state::State>(bytes); break;
    case 2: check<state::Law>(bytes); break;
    case 3: check<state::Holdings>(bytes); break;
    case 4: check<model::Command>(bytes); break;
    case 5: check<model::Release>(bytes); break;
    case 6: check<std::vector<model::Effect>>(bytes); break;
    case 7: check<commands::Genesis>(bytes); break;
    case 8: check<commands::Contribute>(bytes); break;
    case 9: check<commands::DraftAgreement>(bytes); break;
    case 10: check<commands::NoteServed>(bytes); break;
    case 11: check<model::Facts>(bytes); break;
  }
  return 0;
}
