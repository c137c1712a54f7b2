// Agreements from strangers: compiled, or refused with a reason for each problem; what compiles has a hash that another
// layout of the same text has too.
#include "forms/agreement.h"
#include "base/ensure.h"
#include "json/json.h"
#include "model/text_walk.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  using namespace comity;
  BytesView const source(reinterpret_cast<char const*>(data), size);
  auto const compiled = forms::compile(source);
  if (!compiled) {
    ensure(!compiled.error().empty() && compiled.error().size() <= limits::agreement_problems);
    for (auto const& problem : compiled.error()) ensure(!problem.reason.empty());
    return 0;
  }
  auto const again = json::parse(source, limits::agreement_bytes, json::Numbers::any);
  ensure(again.has_value());
  std::string const written = json::write(*again);
  if (written.size() > limits::agreement_bytes) return 0;  // numbers in `status` may have grown
  auto const rewritten = forms::compile(written);
  ensure(rewritten && rewritten->text_hash == compiled->text_hash);
  model::for_each_name(compiled->text,
                       [](model::Who const& who, std::string const&) { ensure(!who.name.empty()); });
  return 0;
}
