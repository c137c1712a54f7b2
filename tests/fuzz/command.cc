// Commands from strangers: refused with a place and a reason, or read; what was read is the one encoding of its kind, and
// the same document with other spaces is the same command. A list is cut into pieces that lie inside it.
#include "forms/command.h"

#include "base/ensure.h"
#include "codec/codec.h"
#include "commands/all.h"
#include "json/json.h"

using namespace comity;

namespace {

// Hashes at once: what a password costs is not looked at here.
class QuickTools final : public forms::CommandTools {
 public:
  Result<Bytes> verifier_of(std::string_view password, std::string_view key) const override {
    return "verifier of " + std::string(password) + " for " + std::string(key);
  }
  Result<Token> read_token(std::string_view token) const override {
    if (token != "good") return fail(ErrorCode::unauthenticated, "");
    return Token{"jti-1", "anna@ru"};
  }
  crypto::SymmetricKey const& comparison_key() const override { return key_; }
  bool is_key_of_centre(std::string_view id) const override { return id == "ed25519:0000000000000000"; }

 private:
  crypto::SymmetricKey key_ = crypto::SymmetricKey::from(Bytes(32, 'k')).value();
};

template <class Body>
void check_body(BytesView bytes) {
  auto const body = codec::decode<Body>(bytes);
  ensure(body && codec::encode(*body) == bytes);
}

// What the machine will decode is there, whole.
void check_encoding(model::Command const& command) {
  using Kind = model::CommandKind;
  switch (command.kind) {
    case Kind::register_office: return check_body<commands::RegisterOffice>(command.body);
    case Kind::register_client: return check_body<commands::RegisterClient>(command.body);
    case Kind::register_person: return check_body<commands::RegisterPerson>(command.body);
    case Kind::set_roles: return check_body<commands::SetRoles>(command.body);
    case Kind::draft_agreement: return check_body<commands::DraftAgreement>(command.body);
    case Kind::contribute: return check_body<commands::Contribute>(command.body);
    case Kind::delete_item: return check_body<commands::DeleteItem>(command.body);
    case Kind::consent_onward: return check_body<commands::ConsentOnward>(command.body);
    case Kind::sign: return check_body<commands::OnText>(command.body);
    default: return;
  }
}

void check_one(BytesView document) {
  static QuickTools const tools;
  auto const command = forms::read_command(document, "a key", tools);
  if (!command) {
    ensure(!command.error().problems.empty());
    for (auto const& problem : command.error().problems) ensure(!problem.reason.empty());
    return;
  }
  ensure(forms::is_for_doors(command->command.kind));
  ensure(forms::is_idempotency_key(command->command.idempotency_key));
  check_encoding(command->command);
  auto const value = json::parse(document, document.size(), json::Numbers::any);
  ensure(value.has_value());  // whoever reads the document otherwise reads no other command
  auto const again = forms::read_command(json::write(*value), "a key", tools);
  if (again) ensure(again->command.kind == command->command.kind);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  BytesView const document(reinterpret_cast<char const*>(data), size);
  check_one(document);
  auto const list = forms::split_commands(document);
  if (!list) return 0;
  for (BytesView const one : list->commands) {
    ensure(one.data() >= document.data() && one.data() + one.size() <= document.data() + document.size());
    check_one(one);
  }
  return 0;
}
