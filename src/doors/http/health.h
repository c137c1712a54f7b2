// `/healthz`: one word, for whoever starts and watches the process (25-isolation F7). It tells nothing of what is inside.
#pragma once

#include <cstdint>
#include <functional>

#include "doors/http/router.h"

namespace comity::http {

enum class Health : uint8_t { ok, starting, failing };

// 200 for ok, else 503. `health` is called from any thread.
Route health_route(std::function<Health()> health);

}  // namespace comity::http
