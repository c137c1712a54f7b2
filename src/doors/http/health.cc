#include "doors/http/health.h"

#include "release/egress.h"

namespace comity::http {
namespace {

release::Released<Bytes> word_of(Health health) {
  switch (health) {
    case Health::ok: return release::Egress::fixed("ok\n");
    case Health::starting: return release::Egress::fixed("starting\n");
    case Health::failing: break;
  }
  return release::Egress::fixed("failing\n");
}

}  // namespace

Route health_route(std::function<Health()> health) {
  auto const serve = [health = std::move(health)](Request&&, Match const& match, Done done) {
    auto const now = health();
    if (!match.method_allowed) {
      done({405, {{"Allow", match.allow.text()}}, release::Egress::fixed(""), {}, match.note()});
      return;
    }
    int const status = now == Health::ok ? 200 : 503;
    done({status, {{"Content-Type", "text/plain"}}, word_of(now), {}, match.note()});
  };
  return {{Method::get}, "/healthz", "", serve};
}

}  // namespace comity::http
