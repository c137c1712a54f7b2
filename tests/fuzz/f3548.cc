// Bodies of F3548 from strangers: refused with a status of the standard and a sentence, or read; and what was read is what the
// machine calls well-formed, so that no ruling is about the form. The first octet says which body it is.
#include "forms/f3548.h"

#include <algorithm>

#include "base/ensure.h"
#include "base/limits.h"
#include "commands/airspace.h"

using namespace comity;

namespace {

constexpr char id[] = "f0f0f0f0-f0f0-4f0f-8f0f-f0f0f0f0f0f0";
constexpr forms::F3548Setting setting{UtcTime{1'767'225'600'000'000}, forms::BaseUrls::http_too,
                                      forms::ConformanceMonitoring::yes};  // 2026-01-01

void check(forms::F3548Fault const& fault) {
  ensure(fault.status == 400 || fault.status == 403 || fault.status == 413);
  ensure(!fault.message.empty());
}

void intent(BytesView body, forms::EntityPath const& path) {
  auto const form = forms::read_put_intent(body, path, setting);
  if (!form) return check(form.error());
  commands::PutIntent const& command = form->command;
  ensure(commands::is_sound(command.hull) && commands::is_base_url(command.url));
  ensure(command.hull.from < command.hull.until && command.hull.until >= setting.now);
  ensure(std::ranges::is_sorted(command.key) && command.key.size() <= limits::key_ovns);
  ensure(!(command.subscription && command.implicit));
  ensure(command.at || command.state == model::IntentState::accepted);
}

void constraint(BytesView body) {
  auto const command = forms::read_put_constraint(body, {id, "o"}, setting);
  if (!command) return check(command.error());
  ensure(commands::is_sound(command->hull) && commands::is_base_url(command->url) && command->at);
}

void subscription(BytesView body) {
  auto const command = forms::read_put_subscription(body, {id}, setting);
  if (!command) return check(command.error());
  ensure(commands::is_sound(command->hull) && commands::is_base_url(command->url));
  ensure(command->for_intents || command->for_constraints);
}

void report(BytesView body) {
  auto const command = forms::read_error_report(body, id);
  if (!command) return check(command.error());
  ensure(command->report.contains(id) && command->report.size() <= limits::error_report_bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  if (size == 0) return 0;
  BytesView const body(reinterpret_cast<char const*>(data) + 1, size - 1);
  switch (data[0] % 6) {
    case 0: intent(body, {id}); break;
    case 1: intent(body, {id, "0123456789abcdef0123456789abcdef"}); break;
    case 2: constraint(body); break;
    case 3: subscription(body); break;
    case 4: report(body); break;
    default: {
      auto const hull = forms::read_query(body, 413);
      if (hull) ensure(commands::is_sound(*hull));
      auto const availability = forms::read_availability(body, "alder");
      if (availability) ensure(availability->availability <= model::Availability::down);
    }
  }
  return 0;
}
