// Signed acts from strangers: refused with a reason, or read; what was read has one canonical text, which signs alike.
#include "forms/act.h"
#include "base/ensure.h"
#include "base/limits.h"
#include "forms/act_fields.h"
#include "json/canonical.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  using namespace comity;
  auto const act = forms::read_act(BytesView(reinterpret_cast<char const*>(data), size));
  if (!act) {
    ensure(!act.error().detail.empty());
    return 0;
  }
  auto const canonical = json::canonical_text(act->text, limits::act_bytes);
  ensure(canonical && *canonical == act->text);
  ensure(act->seq >= 1 && act->office.starts_with(act->party + "/"));
  auto const text = forms::text_of(*act);
  ensure(!text || text->version >= 1);
  return 0;
}
