// Descriptions of other servers: read, or refused with a reason for each problem. What is read has a list of seeds for each
// collection, and each seed that is one lies in the text and has a date.
#include "forms/opening.h"
#include "base/ensure.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  using namespace comity;
  BytesView const text(reinterpret_cast<char const*>(data), size);
  auto const lies_in = [&](BytesView part) {
    return part.data() >= text.data() && part.data() + part.size() <= text.data() + text.size();
  };
  if (auto const seed = forms::read_seed(text)) ensure(lies_in(seed->object) && !seed->object.empty());
  auto const read = forms::read_description(text);
  if (!read) {
    ensure(!read.error().empty());
    for (forms::Problem const& problem : read.error()) ensure(!problem.reason.empty());
    return 0;
  }
  ensure(read->seeds.size() == read->opening.collections.size());
  ensure(read->secrets.size() == read->opening.users.size());
  for (forms::Seeds const& seeds : read->seeds) {
    ensure(seeds.file.empty() || seeds.inside.empty());
    for (BytesView const one : seeds.inside) {
      ensure(lies_in(one));
      if (auto const seed = forms::read_seed(one)) ensure(lies_in(seed->object));
    }
  }
  return 0;
}
