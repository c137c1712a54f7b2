#include "cli/scenario.h"

#include "cli/demo_keys.h"
#include "cli/filing.h"
#include "codec/codec.h"
#include "commands/all.h"
#include "crypto/password.h"
#include "forms/agreement.h"
#include "forms/command.h"
#include "sequencer/prepare.h"

namespace comity::cli {
namespace {

using model::CommandKind;

constexpr size_t scenario_bytes = 4u << 20;  // a scenario is read by people

std::string text_of(json::Value const& value, char const* name) {
  auto const* member = value.as_object().if_contains(name);
  return member && member->is_string() ? std::string(member->as_string()) : std::string();
}

// `@-P2D` → that moment; anything else is nothing.
std::optional<UtcTime> moment(std::string_view text, UtcTime day_0) {
  bool const past = text.starts_with('-');
  auto const offset = parse_duration(text.substr(past ? 1 : 0));
  if (!offset) return std::nullopt;
  return past ? day_0 - *offset : day_0 + *offset;
}

void re_date(json::Value& value, UtcTime day_0) {
  if (value.is_object())
    for (auto& member : value.as_object()) re_date(member.value(), day_0);
  if (value.is_array())
    for (auto& element : value.as_array()) re_date(element, day_0);
  if (!value.is_string() || !value.as_string().starts_with('@')) return;
  if (auto const time = moment(std::string_view(value.as_string()).substr(1), day_0)) value = to_text(*time);
}

Result<model::PartyKind> kind_of(std::string const& word) {
  if (word == "state") return model::PartyKind::state;
  if (word == "organisation") return model::PartyKind::organisation;
  if (word == "agency") return model::PartyKind::agency;
  if (word == "force") return model::PartyKind::force;
  if (word == "company") return model::PartyKind::company;
  return fail(ErrorCode::bad_input, "no kind of party: " + word);
}

class Loader {
 public:
  Loader(json::Value scenario, std::string data, UtcTime day_0, Seam seam,
         std::function<void(std::string const&)> const& progress)
      : scenario_(std::move(scenario)),
        data_(std::move(data)),
        day_0_(day_0),
        seam_(seam),
        clock_(day_0),
        progress_(progress) {}

  Result<Loaded> run() {
    if (auto const founded = moment(text_of(scenario_, "founded"), day_0_)) clock_.set(*founded);
    Seam const scripted{clock_, seam_.entropy, seam_.files};
    json::Value const& host = scenario_.at("host");
    TRY_VOID(sequencer::Centre::init(data_, genesis(host), scripted));
    centre_ = TRY(sequencer::Centre::open({data_, sequencer::Leaps::allowed}, scripted));
    filing_ = std::make_unique<Filing>(*centre_);
    for (json::Value const& party : scenario_.at("parties").as_array()) TRY_VOID(add_party(party));
    progress_("parties and offices are registered");
    for (json::Value const& step : scenario_.at("steps").as_array()) TRY_VOID(take(step));
    TRY_VOID(let_in_officer(text_of(host, "office")));
    TRY_VOID(keys_.write(seam_, data_ + "/demo-keys"));
    return loaded_;
  }

 private:
  commands::Genesis genesis(json::Value const& host) {
    commands::Genesis genesis;
    genesis.centre_name = text_of(scenario_, "centre");
    genesis.origin = text_of(scenario_, "origin");
    genesis.demo = true;
    genesis.host_slug = text_of(host, "slug");
    genesis.host_name = text_of(host, "name");
    genesis.host_office = text_of(host, "office");
    crypto::SecretKey const& key = keys_.make(genesis.host_slug, seam_);
    genesis.host_key_id = crypto::key_id(key.public_key());
    genesis.host_key = key.public_key().octets;
    for (json::Value const& slug : host.at("officers").as_array()) {
      std::string const name(slug.as_string());
      crypto::PublicKey const officer = keys_.make("officer-" + name, seam_).public_key();
      genesis.officers.push_back({name, crypto::key_id(officer), officer.octets});
    }
    host_ = genesis.host_slug;
    officers_ = {genesis.officers[0].slug, genesis.officers[1].slug};
    return genesis;
  }

  Filer officer(size_t number) {
    return filing_->as_officer(officers_[number] + "@" + host_, &keys_.of("officer-" + officers_[number]));
  }

  // One of the two comes in by the command line, to allow what parties ask the host for.
  Result<void> let_in_officer(std::string const& office) {
    std::string const name = officers_[0] + "@" + host_, password = keys_.new_password(seam_);
    auto made =
        Filing::prepared(CommandKind::set_credential, commands::SetCredential{name}, TRY(verifier(password)));
    TRY(filing_->file(officer(0), std::move(made)));
    keys_.remember_officer({host_ + "/" + office, name, password, {}, {}, "officer-" + officers_[0]});
    return {};
  }

  Result<Bytes> verifier(std::string const& password) {
    return TRY(crypto::hash_password(password, seam_.entropy)).text;
  }

  // Two officers admit the party; then its own admin person makes the rest.
  Result<void> add_party(json::Value const& party) {
    std::string const slug = text_of(party, "slug");
    crypto::PublicKey const key = keys_.make(slug, seam_).public_key();
    json::Array const& offices = party.at("offices").as_array();
    commands::RegisterParty admission;
    admission.slug = slug;
    admission.name = text_of(party, "name");
    admission.kind = TRY(kind_of(text_of(party, "kind")));
    admission.key_id = crypto::key_id(key);
    admission.key = key.octets;
    admission.office = std::string(offices[0].as_string());
    admission.admin = "duty";
    std::string const password = keys_.new_password(seam_);
    Filer const first = officer(0);
    commands::ProposeHostAct const act{CommandKind::register_party, codec::encode(admission)};
    auto proposal = Filing::prepared(CommandKind::propose_host_act, act, TRY(verifier(password)));
    TRY_VOID(filing_->sign(first, proposal, {{"proposes", "register_party"}, {"slug", slug}}));
    Digest const digest = TRY(filing_->file(first, std::move(proposal)));
    Filer const second = officer(1);
    auto agreed = Filing::prepared(CommandKind::countersign_host_act, commands::CountersignHostAct{digest});
    TRY_VOID(filing_->sign(second, agreed, {{"proposal", to_hex(digest)}}));
    TRY(filing_->file(second, std::move(agreed)));
    for (size_t i = 1; i < offices.size(); ++i)
      TRY_VOID(add_office(slug, std::string(offices[i].as_string())));
    for (json::Value const& office : offices)
      TRY_VOID(add_client(slug + "/" + std::string(office.as_string()), slug, password));
    ++loaded_.parties;
    return {};
  }

  Result<void> add_office(std::string const& party, std::string const& slug) {
    std::string const first = party + "/" + std::string(first_office(party));
    Filer const admin = filing_->as(first, keys_.of(party));
    auto made = Filing::prepared(CommandKind::register_office, commands::RegisterOffice{slug});
    TRY_VOID(filing_->sign(admin, made, {{"slug", slug}}));
    TRY(filing_->file(admin, std::move(made)));
    commands::SetRoles roles{"duty@" + party, party + "/" + slug, commands::ordinary_roles, {}, {}};
    TRY(filing_->file(admin, Filing::prepared(CommandKind::set_roles, roles)));
    return {};
  }

  std::string_view first_office(std::string_view party) const {
    for (json::Value const& one : scenario_.at("parties").as_array())
      if (text_of(one, "slug") == party) return one.at("offices").as_array()[0].as_string();
    return {};
  }

  Result<void> add_client(std::string const& office, std::string const& party,
                          std::string const& person_password) {
    Filer const admin = filing_->as(office, keys_.of(party));
    std::string const password = keys_.new_password(seam_);
    constexpr model::Rights all =
        model::right::read | model::right::contribute | model::right::file | model::right::acknowledge;
    auto made =
        Filing::prepared(CommandKind::register_client, commands::RegisterClient{office, "client", all});
    made.payload = TRY(verifier(password));
    TRY(filing_->file(admin, std::move(made)));
    keys_.remember({office, "duty@" + party, person_password, office + "/client", password, party});
    return {};
  }

  Result<void> take(json::Value step) {
    if (auto const at = moment(text_of(step, "at"), day_0_)) clock_.set(std::max(*at, clock_.now()));
    re_date(step, day_0_);
    std::string const office = text_of(step, "as");
    Filer const filer = filing_->as(office, keys_.of(office.substr(0, office.find('/'))));
    if (auto const* text = step.as_object().if_contains("draft")) return draft(filer, *text);
    if (auto const* command = step.as_object().if_contains("command")) return send(filer, *command);
    if (!text_of(step, "act").empty()) return act(filer, text_of(step, "act"), text_of(step, "agreement"));
    for (json::Value const& object : step.at("objects").as_array())
      TRY_VOID(give(filer, text_of(step, "contribute"), object));
    return {};
  }

  // The scenario cannot know the keys that are made while it is loaded; the text must name them (G8).
  void name_founding_keys(json::Value& text) {
    for (json::Value& participant : text.at("participants").as_array())
      participant.as_object()["founding_key"] =
          crypto::key_id(keys_.of(text_of(participant, "party")).public_key());
  }

  Result<void> draft(Filer const& filer, json::Value text) {
    name_founding_keys(text);
    Bytes const source = json::write(text);
    auto compiled = forms::compile(source);
    if (!compiled)
      return fail(ErrorCode::bad_input,
                  text_of(text, "id") + " does not compile: " + compiled.error()[0].reason,
                  compiled.error()[0].pointer);
    auto command = Filing::prepared(CommandKind::draft_agreement,
                                    commands::DraftAgreement{compiled->text, compiled->text_hash});
    command.payload = source;
    TRY(filing_->file(filer, std::move(command)));
    texts_[compiled->text.id] = {{}, compiled->text.version, compiled->text_hash};
    ++loaded_.agreements;
    progress_(compiled->text.id + " is drafted");
    return {};
  }

  Result<void> act(Filer const& filer, std::string const& kind, std::string const& agreement) {
    commands::OnText on = texts_[agreement];
    on.agreement = agreement;
    auto command = Filing::prepared(*model::command_kind(kind), on);
    TRY_VOID(filing_->sign(filer, command,
                           {{"agreement", agreement},
                            {"version", static_cast<int64_t>(on.version)},
                            {"text_hash", to_hex(on.text_hash)}}));
    TRY(filing_->file(filer, std::move(command)));
    return {};
  }

  // As a client sends it to /commands.
  Result<void> send(Filer const& filer, json::Value const& command) {
    sequencer::Tools const tools(*centre_, {filer.office, filer.actor});
    auto made = forms::read_command(json::write(command), {}, tools);
    if (!made)
      return fail(ErrorCode::bad_input, text_of(command, "kind") + ": " + made.error().problems[0].reason,
                  made.error().problems[0].pointer);
    TRY(filing_->file(filer, std::move(*made)));
    ++loaded_.filings;
    return {};
  }

  Result<void> give(Filer const& filer, std::string const& agreement, json::Value const& object) {
    auto made = forms::contribution(json::write(object), {agreement, {}}, centre_->keys().comparison);
    if (!made)
      return fail(ErrorCode::bad_input, text_of(object, "id") + ": " + made.error()[0].detail,
                  made.error()[0].pointer);
    TRY(filing_->file(filer, std::move(made->prepared)));
    ++loaded_.items;
    return {};
  }

  json::Value scenario_;
  std::string data_;
  UtcTime day_0_;
  Seam seam_;
  ScriptedClock clock_;
  std::function<void(std::string const&)> const& progress_;
  std::unique_ptr<sequencer::Centre> centre_;
  std::unique_ptr<Filing> filing_;
  DemoKeys keys_;
  std::string host_;
  std::vector<std::string> officers_;
  std::map<std::string, commands::OnText> texts_;
  Loaded loaded_;
};

}  // namespace

Result<Loaded> load_scenario(BytesView scenario, std::string const& data, UtcTime day_0, Seam seam,
                             std::function<void(std::string const&)> const& progress) {
  auto parsed = TRY(json::parse(scenario, scenario_bytes, json::Numbers::any));
  return Loader(std::move(parsed), data, day_0, seam, progress).run();
}

Result<std::vector<json::Value>> steps_ahead(BytesView scenario, UtcTime from) {
  auto parsed = TRY(json::parse(scenario, scenario_bytes, json::Numbers::any));
  std::vector<json::Value> steps;
  auto* const ahead = parsed.as_object().if_contains("ahead");
  if (ahead == nullptr) return steps;
  re_date(*ahead, from);
  for (json::Value& step : ahead->as_array()) steps.push_back(std::move(step));
  return steps;
}

}  // namespace comity::cli
