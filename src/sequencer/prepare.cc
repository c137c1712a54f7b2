#include "sequencer/prepare.h"

#include <algorithm>
#include <optional>

#include "base/ensure.h"
#include "base/limits.h"
#include "codec/codec.h"
#include "commands/acknowledge.h"
#include "commands/propose_host_act.h"
#include "commands/register_party.h"
#include "crypto/password.h"
#include "crypto/sha256.h"
#include "forms/act.h"
#include "forms/foreign_token.h"
#include "release/ids.h"
#include "release/told_conflicts.h"
#include "sequencer/foreign_tokens.h"
#include "sequencer/framework.h"
#include "sequencer/signature.h"
#include "sequencer/tokens.h"

namespace comity::sequencer {
namespace {

// A proposal is named by what its officer signed, so that the second one can compute what it countersigns. Any other is
// keyed: it outlives facts and payload, and whoever reads the journal must not be able to confirm a guess of them (E2).
Digest digest_of(crypto::SymmetricKey const& comparison, model::Command const& command,
                 std::optional<Bytes> const& payload) {
  BytesView const act = command.act ? BytesView(command.act->text) : BytesView();
  if (command.kind == model::CommandKind::propose_host_act && command.act)
    return forms::digest_of_act(*command.act);
  return crypto::prf(comparison, "command", std::string_view(model::name_of(command.kind)), command.body,
                     command.sealed, act, payload ? BytesView(*payload) : BytesView());
}

// The identity of a listed party that two officers are to admit (A24). It follows from the slug, so the same command sent
// again stays the same.
void choose_identity(crypto::SymmetricKey const& prf, model::Command& command) {
  if (command.kind != model::CommandKind::propose_host_act) return;
  auto act = codec::decode<commands::ProposeHostAct>(command.body);
  if (!act || act->kind != model::CommandKind::register_party) return;
  auto admission = codec::decode<commands::RegisterParty>(act->body);
  if (!admission) return;
  bool const is_listed = admission->listing == model::Listing::listed;
  admission->identity = is_listed ? release::party_identity_id(prf, admission->slug) : std::string();
  act->body = codec::encode(*admission);
  command.body = codec::encode(*act);
}

// What the notice says that is acknowledged, so that the machine can compare. It says it for ever: the same command sent again stays the same.
void add_told(Centre const& centre, model::Command& command) {
  if (command.kind != model::CommandKind::acknowledge) return;
  auto answer = codec::decode<commands::Acknowledge>(command.body);
  if (!answer || !answer->reply.read_back) return;
  answer->told = centre.glance([&](Glimpse const& glimpse) {
    state::NoticeNumber const number{command.office, answer->reply.notice};
    state::Notice const* const notice = glimpse.state.airspace.notices.find(number);
    return notice ? release::read_back_of(number.number, *notice) : Digest{};
  });
  command.body = codec::encode(*answer);
}

// The first octets of one keyed digest: a salt needs to be unique and unforeseen, not random.
class DerivedSalt : public Entropy {
 public:
  explicit DerivedSalt(Digest const& digest) : digest_(digest) {}
  void fill(std::span<uint8_t> out) override {
    ensure(out.size() <= digest_.octets.size());
    std::copy_n(digest_.octets.begin(), out.size(), out.begin());
  }

 private:
  Digest digest_;
};

}  // namespace

state::Viewer viewer_of(state::Law const& law, Author const& author) {
  model::Command command;
  command.office = author.office;
  command.actor = author.actor;
  command.withheld = author.withheld;
  return commands::viewer_of(law, command);
}

Submission prepare(Centre const& centre, Author author, forms::Prepared prepared) {
  model::Command& command = prepared.command;
  command.office = author.office;
  command.actor = author.actor;
  command.withheld = author.withheld;
  choose_identity(centre.keys().prf, command);
  add_told(centre, command);
  command.digest = digest_of(centre.keys().comparison, command, prepared.payload);
  if (command.kind == model::CommandKind::load_framework_object &&
      !is_in_framework(command, prepared.payload.value_or(Bytes())))
    command.compare.reset();
  if (command.act) {
    // The writer looks again if these are other keys by then (Centre::rule).
    auto keys =
        centre.glance([&](Glimpse const& glimpse) { return signing_keys(glimpse.state.law, command); });
    command.act->verified = signatures_hold(*command.act, keys);
    return {std::move(command), std::move(prepared.payload), std::move(keys)};
  }
  return {std::move(command), std::move(prepared.payload)};
}

Result<Bytes> Tools::verifier_of(std::string_view password, std::string_view key) const {
  if (author_.actor.kind != model::Actor::Kind::person) return Bytes("not hashed");
  if (++hashed_ > limits::passwords_in_list)
    return fail(ErrorCode::bad_input, "more than " + std::to_string(limits::passwords_in_list) +
                                          " passwords in one list; send verifiers, or shorter lists");
  if (key.empty()) return TRY(crypto::hash_password(password, centre_.seam().entropy)).text;
  auto const office =
      centre_.read([&](Glimpse const& glimpse) { return glimpse.state.law.office(author_.office).name; });
  DerivedSalt salt(crypto::prf(centre_.keys().prf, "password salt", office, key));
  return TRY(crypto::hash_password(password, salt)).text;
}

Result<forms::CommandTools::Token> Tools::read_token(std::string_view token) const {
  crypto::IssuerKey const own = token_issuer(centre_);
  if (forms::issuer_said(token) == own.issuer) {
    crypto::Claims claims = TRY(crypto::verify(own, token, centre_.seam().clock.now()));
    return Token{std::move(claims.jti), std::move(claims.subject), claims.expires};
  }
  // Of another issuer: whom it speaks for among the author's own.
  PartyKey const party =
      centre_.read([&](Glimpse const& glimpse) { return glimpse.state.law.party_of(author_.office); });
  Spoken spoken = TRY(spoken_for(centre_, token, {"", party}));
  std::string user = centre_.read(
      [&](Glimpse const& glimpse) { return glimpse.state.law.clients[spoken.client.value].name; });
  return Token{std::move(spoken.token_id), std::move(user), spoken.until};
}

}  // namespace comity::sequencer
