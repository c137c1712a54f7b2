#include "doors/console/providers.h"

#include <array>

#include "base/limits.h"
#include "codec/codec.h"
#include "crypto/base64.h"
#include "crypto/sealed.h"
#include "crypto/sha256.h"
#include "doors/http/target.h"
#include "release/egress.h"

namespace comity::console {
namespace {

using http::percent_encoded;
using Fields = std::vector<std::pair<std::string_view, std::string_view>>;

std::string form_of(Fields const& fields) {
  std::string form;
  for (auto const& [name, value] : fields)
    form += (form.empty() ? "" : "&") + std::string(name) + "=" + percent_encoded(value);
  return form;
}

std::string challenge_of(std::string const& verifier) {
  Digest const digest = crypto::sha256(verifier);
  return crypto::to_base64url({reinterpret_cast<char const*>(digest.octets.data()), digest.octets.size()});
}

char const* why(calling::End end) {
  switch (end) {
    case calling::End::answered: break;
    case calling::End::no_answer: return "the token endpoint did not answer, or said too much";
    case calling::End::not_allowed:
      return "the token endpoint is at an address that is neither public nor allowed";
    case calling::End::not_trusted: return "the certificate of the token endpoint is not trusted";
  }
  return "";
}

}  // namespace

Providers::Providers(sequencer::Centre& centre, OpenId options)
    : centre_(centre), options_(std::move(options)), process_(random()), caller_(options_.authorities) {}

// 256 bits, as text that a URL takes as it is: also a verifier of RFC 7636, 4.1.
std::string Providers::random() const {
  std::array<uint8_t, 32> octets{};
  centre_.seam().entropy.fill(octets);
  return crypto::to_base64url({reinterpret_cast<char const*>(octets.data()), octets.size()});
}

std::string Providers::context() const {
  return "journey to a provider of " +
         centre_.glance([](sequencer::Glimpse const& glimpse) { return glimpse.state.centre.origin_now(); }) +
         " " + process_;
}

Journey Providers::begin(uint32_t provider, std::string then) const {
  return {provider, random(), random(), random(), std::move(then), "", centre_.seam().clock.now()};
}

std::string Providers::seal(Journey const& journey) const {
  return crypto::seal(centre_.keys().cursor, {context()}, codec::encode(journey));
}

std::string Providers::url_of(Journey const& journey) const {
  Provider const& provider = options_.providers[journey.provider];
  std::string const challenge = challenge_of(journey.verifier);
  char const before = provider.authorization_endpoint.contains('?') ? '&' : '?';
  return provider.authorization_endpoint + before +
         form_of({{"response_type", "code"},
                  {"client_id", provider.client_id},
                  {"redirect_uri", options_.return_url},
                  {"scope", "openid"},
                  {"state", journey.state},
                  {"nonce", journey.nonce},
                  {"code_challenge", challenge},
                  {"code_challenge_method", "S256"}});
}

std::optional<Journey> Providers::open(std::string_view sealed, std::string_view state) const {
  auto const bytes = crypto::open(centre_.keys().cursor, {context()}, sealed);
  if (!bytes) return std::nullopt;
  auto journey = codec::decode<Journey>(*bytes);
  bool const holds = journey && journey->state == state && journey->provider < options_.providers.size() &&
                     centre_.seam().clock.now() < journey->begun + limits::openid_login_life;
  return holds ? std::optional(std::move(*journey)) : std::nullopt;
}

bool Providers::take(Journey const& journey) {
  UtcTime const now = centre_.seam().clock.now();
  std::lock_guard const lock(mutex_);
  std::erase_if(taken_, [now](auto const& one) { return one.second <= now; });
  if (taken_.size() >= limits::openid_logins_used) return false;
  return taken_.try_emplace(journey.state, journey.begun + limits::openid_login_life).second;
}

Providers::Place Providers::place() {
  if (exchanges_->fetch_add(1) >= limits::openid_exchanges) {
    exchanges_->fetch_sub(1);
    return nullptr;
  }
  return Place(exchanges_.get(), [all = exchanges_](void*) { all->fetch_sub(1); });
}

void Providers::exchange(Journey const& journey, std::string_view code, Done done) {
  Provider const& provider = options_.providers[journey.provider];
  // RFC 6749, 2.3.1 and 4.1.3; RFC 7636, 4.5
  Fields fields{{"grant_type", "authorization_code"},
                {"code", code},
                {"redirect_uri", options_.return_url},
                {"code_verifier", journey.verifier}};
  std::vector<std::string> headers{"Content-Type: application/x-www-form-urlencoded",
                                   "Accept: application/json"};
  if (provider.client_secret.empty())
    fields.emplace_back("client_id", provider.client_id);
  else
    headers.push_back("Authorization: Basic " + crypto::to_base64(percent_encoded(provider.client_id) + ":" +
                                                                  percent_encoded(provider.client_secret)));
  calling::Call call{provider.token_endpoint, provider.allowed, std::move(headers),
                     release::Egress::code_exchange(release::CodeExchange(form_of(fields))),
                     limits::openid_answer_bytes};
  caller_.post(std::move(call), [done = std::move(done)](calling::Called const& called) {
    if (called.end != calling::End::answered) return done(fail(ErrorCode::unauthenticated, why(called.end)));
    if (called.status != 200)
      return done(fail(ErrorCode::unauthenticated,
                       "the token endpoint answered with status " + std::to_string(called.status)));
    done(called.body);
  });
}

}  // namespace comity::console
