#include "doors/auth/tokens.h"

#include "codec/codec.h"
#include "crypto/sealed.h"
#include "forms/foreign_token.h"
#include "release/compose.h"
#include "release/told_doors.h"
#include "release/told_own.h"
#include "sequencer/foreign_tokens.h"
#include "sequencer/tokens.h"

namespace comity::auth {
namespace {

constexpr crypto::TokenContext token_id_context{"bearer token id"};

// What is sealed in a token's id.
struct TokenId {
  Index issued_after = 0;
  std::array<uint8_t, 12> random{};
  auto fields(this auto& self) { return std::tie(self.issued_after, self.random); }
};

std::string name_of(state::Law const& law, model::Actor const& actor) {
  return actor.kind == model::Actor::Kind::client ? law.clients[actor.key].name : law.people[actor.key].name;
}

std::unexpected<Error> no_token() { return fail(ErrorCode::unauthenticated, "the token does not hold"); }

http::Reply token_reply(sequencer::Centre const& centre, Principal const& principal, NewToken const& token) {
  release::ReleaseKeys const keys{centre.keys().prf, centre.keys().cursor, centre.keys().comparison};
  auto body = centre.read([&](sequencer::Glimpse const& glimpse) -> std::optional<release::Released<Bytes>> {
    auto const viewer = viewer_now(glimpse.state, principal, centre.seam().clock.now());
    if (!viewer) return std::nullopt;
    release::Eyes const eyes(glimpse.state, *viewer, keys);
    return release::Composer(eyes)
        .told(release::tell_new_token(eyes, principal.office, token.text, token.expires))
        .finish();
  });
  if (!body) return reply_of({Denial::Why::unauthenticated});
  return {200, {{"Content-Type", "application/json"}}, std::move(*body), [&centre, principal, token] {
            return token_reply(centre, principal, token);
          }};
}

http::Reply answer(sequencer::Centre const& centre, Principal const& principal) {
  if (!principal.token_id.empty()) return reply_of({Denial::Why::unauthenticated});
  auto const token = issue_token(centre, principal);
  return token ? token_reply(centre, principal, *token) : http::fixed_reply(500);
}

}  // namespace

Result<NewToken> issue_token(sequencer::Centre const& centre, Principal const& principal) {
  TokenId id;
  centre.seam().entropy.fill(id.random);
  crypto::IssuerKey const issuer = sequencer::token_issuer(centre);
  crypto::Claims claims{issuer.issuer, "", issuer.audience, "", centre.seam().clock.now(), {}, "", ""};
  claims.issued.us -= claims.issued.us % seconds(1).us;  // as the token will say it
  claims.expires = claims.issued + limits::token_life;
  centre.read([&](sequencer::Glimpse const& glimpse) {
    id.issued_after = glimpse.state.next_index - 1;
    claims.subject = name_of(glimpse.state.law, principal.actor);
    claims.office = glimpse.state.law.office(principal.office).name;
  });
  claims.jti = crypto::seal(centre.keys().cursor, token_id_context, codec::encode(id));
  return NewToken{TRY(crypto::issue(issuer, claims)), claims.expires};
}

static Result<Principal> read_foreign(sequencer::Centre const& centre, std::string_view token,
                                      std::string_view office) {
  sequencer::Spoken spoken = TRY(sequencer::spoken_for(centre, token, {office, {}}));
  Principal principal;
  principal.actor = {model::Actor::Kind::client, spoken.client.value};
  principal.token_id = std::move(spoken.token_id);
  // What ends the centre's own tokens (a new password) says nothing of a foreign one: it is verified anew, and holds.
  principal.token_issued_after = spoken.seen;
  principal.until = spoken.until;
  principal.issuer = spoken.issuer;
  principal.issuer_changed = spoken.issuer_changed;
  principal.withheld = spoken.withheld;
  principal.utm_scopes = spoken.utm_scopes;
  return principal;
}

Result<Principal> read_token(sequencer::Centre const& centre, std::string_view token,
                             std::string_view office) {
  crypto::IssuerKey const issuer = sequencer::token_issuer(centre);
  if (forms::issuer_said(token) != issuer.issuer) return read_foreign(centre, token, office);
  crypto::Claims const claims = TRY(crypto::verify(issuer, token, centre.seam().clock.now()));
  auto const sealed = crypto::open(centre.keys().cursor, token_id_context, claims.jti);
  if (!sealed) return no_token();
  auto const id = codec::decode<TokenId>(*sealed);
  if (!id) return no_token();
  Principal principal;
  principal.token_id = claims.jti;
  principal.token_issued_after = id->issued_after;
  principal.until = claims.expires;
  bool const known = centre.read([&](sequencer::Glimpse const& glimpse) {
    auto const actor = sequencer::actor_named(glimpse.state.law, claims.subject);
    if (actor) principal.actor = *actor;
    principal.office = glimpse.state.law.find_office(claims.office);
    return actor && principal.office;
  });
  if (!known) return no_token();
  return principal;
}

http::Route token_keys_route(sequencer::Centre const& centre) {
  return {{http::Method::get},
          "/.well-known/jwks.json",
          "",
          [&centre](http::Request&&, http::Match const& match, http::Done done) {
            auto const keys = release::tell_token_keys(centre.keys().issuer.public_pem);
            http::Reply reply = match.method_allowed && keys
                                    ? http::Reply{200,
                                                  {{"Content-Type", "application/jwk-set+json"}},
                                                  release::Composer().told(*keys).finish()}
                                    : http::fixed_reply(match.method_allowed ? 500 : 405);
            reply.note = match.note();
            done(std::move(reply));
          }};
}

http::Route token_route(Authenticator& authenticator) {
  return {{http::Method::post},
          "/api/v1/token",
          "",
          [&authenticator](http::Request&& request, http::Match const& match, http::Done done) {
            sequencer::Centre& centre = authenticator.centre();
            if (centre.serves_nobody()) return done(http::fixed_reply(503));  // G14, G15
            http::LogNote note = match.note();
            bool const allowed = match.method_allowed;
            std::string allow = match.allow.text();
            authenticator.authenticate(
                request, [&centre, note, allowed, allow, done](Outcome&& outcome) mutable {
                  http::Reply reply = outcome ? answer(centre, *outcome) : reply_of(outcome.error());
                  if (outcome && !allowed)
                    reply = {405,
                             {{"Allow", allow}},
                             release::Egress::fixed("{\"title\":\"Method not allowed\",\"status\":405}\n")};
                  note.office = outcome ? outcome->office_number : 0;
                  note.whose = outcome ? whose(*outcome) : 0;
                  reply.note = note;
                  done(std::move(reply));
                });
          }};
}

}  // namespace comity::auth
