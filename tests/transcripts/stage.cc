#include "transcripts/stage.h"

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include "cli/demo_keys.h"
#include "cli/opening.h"
#include "cli/scenario.h"
#include "crypto/base64.h"
#include "crypto/sha256.h"
#include "crypto/token_key.h"
#include "doors/auth/tokens.h"
#include "json/json.h"
#include "model/names.h"
#include "sequencer/backup.h"
#include "sequencer/in_flight.h"
#include "sequencer/replay.h"
#include "transcripts/short_forms.h"

namespace comity::transcripts {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t seed_of_scenarios = 2015;
constexpr char dss_host[] = "dss.example";

template <class T>
T taken(Result<T> result, char const* what) {
  if (!result)
    throw std::runtime_error(std::string(what) + ": " + result.error().detail + result.error().pointer);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

UtcTime time_of(char const* text) { return *parse_time(text); }

// The scenario without its steps, and with these parties only.
std::string only(std::vector<std::string> const& parties) {
  json::Value scenario = parsed(std::string(cli::theatre_2015()));
  json::Array chosen;
  for (json::Value const& party : scenario.at("parties").as_array())
    if (std::ranges::find(parties, std::string(party.at("slug").as_string())) != parties.end())
      chosen.push_back(party);
  if (chosen.size() != parties.size()) throw std::runtime_error("a party that the scenario does not have");
  scenario.get_object()["parties"] = std::move(chosen);
  scenario.get_object()["steps"] = json::Array();
  scenario.get_object()["founded"] = "-PT8H";
  return json::write(scenario);
}

// Made once for all transcripts that begin alike; each works on a copy.
std::string loaded(std::string const& scenario, UtcTime day_0, std::string const& root) {
  std::string const made = root + "/" + to_hex(crypto::sha256(scenario)).substr(0, 16);
  if (fs::exists(made)) return made;
  SeededEntropy entropy(seed_of_scenarios);
  Seam const world = system_seam();
  taken(cli::load_scenario(scenario, made, day_0, {world.clock, entropy, world.files},
                           [](std::string const&) {}),
        "the scenario");
  return made;
}

}  // namespace

Stage::Stage(std::string folder) : folder_(std::move(folder)) { fs::create_directories(folder_); }

Stage::~Stage() {
  close();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

Seam Stage::seam() { return {clock_, entropy_, system_seam().files}; }

void Stage::found(std::vector<std::string> const& parties) {
  open_copy_of(only(parties), time_of("2015-10-01T08:00:00.000000Z"));
}

void Stage::found_theatre() {
  open_copy_of(std::string(cli::theatre_2015()), time_of("2015-11-01T00:00:00.000000Z"));
}

void Stage::found_open(std::string const& text) {
  if (centre_) throw std::runtime_error("a transcript has one centre");
  auto description = forms::read_description(text);
  if (!description) {
    std::string why;
    for (forms::Problem const& one : description.error()) why += one.pointer + ": " + one.reason + "\n";
    throw std::runtime_error(why);
  }
  commands::Genesis genesis;
  genesis.centre_name = "Exchange of old", genesis.origin = "old.example";
  genesis.opening = description->opening;
  found_without_parties(std::move(genesis), time_of("2024-06-01T00:00:00.000000Z"));
  cli::DemoKeys keys;
  for (forms::FirstSecret const& one : description->secrets)
    keys.remember({"", "", "", one.user, one.password, "operator"});
  taken(keys.write(seam(), data() + "/demo-keys"), "the passwords");
  cli::Given const given{text, std::move(*forms::read_description(text))};
  taken(cli::move_in({*centre_, "first-officer@operator", data(), "", {}}, given), "moving in");
  shown_ = centre_->read([](sequencer::Glimpse const& glimpse) { return glimpse.state.next_index; });
}

void Stage::found_dss() {
  commands::Genesis genesis;
  genesis.centre_name = "DSS", genesis.origin = "dss.example/dss";
  genesis.preset = commands::Genesis::Preset::dss;
  found_without_parties(std::move(genesis), time_of("2026-09-14T08:00:00.000000Z"));
  shown_ = centre_->read([](sequencer::Glimpse const& glimpse) { return glimpse.state.next_index; });
}

void Stage::found_without_parties(commands::Genesis genesis, UtcTime day_0) {
  if (centre_) throw std::runtime_error("a transcript has one centre");
  genesis.host_slug = "operator", genesis.host_name = "Operator", genesis.host_office = "operations";
  genesis.host_key = key_of("operator").public_key().octets;
  genesis.host_key_id = crypto::key_id(key_of("operator").public_key());
  for (std::string const officer : {"first-officer", "second-officer"}) {
    crypto::PublicKey const key = key_of("officer-" + officer).public_key();
    genesis.officers.push_back({officer, crypto::key_id(key), key.octets});
  }
  clock_.set(day_0);
  taken(sequencer::Centre::init(data(), genesis, seam()), "record 0");
  open();
}

void Stage::open_copy_of(std::string const& scenario, UtcTime day_0) {
  if (centre_) throw std::runtime_error("a transcript has one centre");
  std::string const made = loaded(scenario, day_0, folder_ + "/..");
  fs::copy(made, data(), fs::copy_options::recursive);
  clock_.set(day_0);
  open();
  shown_ = centre_->read([](sequencer::Glimpse const& glimpse) { return glimpse.state.next_index; });
}

void Stage::open() {
  centre_ = taken(sequencer::Centre::open({data(), leaps_}, seam()), "opening the centre");
  doors_ = std::make_unique<cli::Doors>(*centre_);
  if (centre_->read([](sequencer::Glimpse const& glimpse) { return glimpse.state.airspace.one_namespace; }))
    doors_->open({.trust = {{token_key()}, {dss_host}}, .version = "transcripts"}, f3548::Alone::yes);
  router_ = std::make_unique<http::Router>(doors_->routes(), doors_->refusals());
  auto const& keys = centre_->keys();
  release_keys_ = std::make_unique<release::ReleaseKeys>(keys.prf, keys.cursor, keys.comparison);
}

void Stage::close() {
  router_.reset();
  doors_.reset();
  centre_.reset();
}

void Stage::go_to(UtcTime time) {
  if (time < clock_.now()) throw std::runtime_error("time passes forward; use `the clock shows`");
  for (;;) {
    UtcTime const next = centre_->read([](sequencer::Glimpse const& g) { return state::next_due(g.state); });
    if (next > time) break;
    clock_.set(std::max(next, clock_.now()));
    centre_->submit_and_wait(std::vector<sequencer::Submission>{});
  }
  clock_.set(time);
  centre_->submit_and_wait(std::vector<sequencer::Submission>{});
}

Speaker Stage::speaker(std::string const& name) {
  return centre_->read([&](sequencer::Glimpse const& glimpse) {
    state::Law const& law = glimpse.state.law;
    Speaker speaker;
    auto const person = [&](std::string const& full, OfficeKey office) {
      PersonKey const key = law.find_person(full);
      if (key.is_none()) throw std::runtime_error("nobody is called " + full);
      speaker.author = {office ? office : law.people[key.value].roles.begin()->first,
                        {model::Actor::Kind::person, key.value}};
    };
    if (auto const client = law.find_client(name)) {
      speaker.author = {law.clients[client.value].office, {model::Actor::Kind::client, client.value}};
    } else if (name.contains('@')) {
      person(name, {});
    } else {
      OfficeKey const office = law.find_office(name);
      if (office.is_none()) throw std::runtime_error("no office is called " + name);
      person("duty@" + law.party(law.party_of(office)).slug, office);
    }
    speaker.office = law.office(speaker.author.office).name;
    speaker.party = law.party(law.party_of(speaker.author.office)).slug;
    bool const host = law.party_of(speaker.author.office) == law.host;
    speaker.signer = host ? "officer-" + name.substr(0, name.find('@')) : speaker.party;
    return speaker;
  });
}

crypto::SecretKey const& Stage::key_of(std::string const& name) {
  auto const known = keys_.find(name);
  if (known != keys_.end()) return known->second;
  std::ifstream file(data() + "/demo-keys/" + name + ".key");
  std::string line;
  Bytes seed = Bytes(crypto::sha256("a key of the transcripts: " + name).view());
  if (std::getline(file, line)) seed = taken(crypto::from_base64(line), "a key file");
  return keys_.emplace(name, taken(crypto::SecretKey::from_seed(seed), "a key")).first->second;
}

std::vector<std::pair<std::string, std::string>> Stage::credential_of(std::string const& who, Asks how) {
  auto const access =
      taken(cli::DemoKeys::read_access(system_seam(), data() + "/demo-keys"), "the passwords");
  for (cli::DemoAccess const& one : access) {
    bool const client = one.client == who || (one.office == who && how == Asks::as_machine);
    if (!client && one.person != who && one.office != who) continue;
    std::string const user = client ? one.client : one.person,
                      password = client ? one.client_password : one.person_password;
    std::vector<std::pair<std::string, std::string>> fields{
        {"Authorization", "Basic " + crypto::to_base64(user + ":" + password)}};
    if (!client) fields.emplace_back("Comity-Office", one.office);
    return fields;
  }
  throw std::runtime_error("no password is known for " + who);
}

std::string Stage::copy_told(std::string const& description) {
  constexpr std::string_view between = " as told to ";
  size_t const at = description.find(between);
  if (at == std::string::npos) throw std::runtime_error("a copy of WORD as told to OFFICE");
  std::string const word = description.substr(0, at);
  std::istringstream lines(told_[description.substr(at + between.size())]);
  std::string found;
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with('{') && line.contains(word)) found = line;
  return found;
}

std::string Stage::next_told(std::string const& office) {
  constexpr std::string_view before = "\"next\":\"";
  std::string const& all = told_[office];
  size_t const at = all.find(before);
  if (at == std::string::npos) throw std::runtime_error(office + " was given no token for a further page");
  size_t const begin = at + before.size();
  return all.substr(begin, all.find('"', begin) - begin);
}

std::string Stage::token_of(std::string const& user) {
  sequencer::Author const author = speaker(user).author;
  auth::Principal principal;
  principal.office = author.office;
  principal.actor = author.actor;
  return taken(auth::issue_token(*centre_, principal), "a token").text;
}

model::TokenKey Stage::token_key() {
  auto const key =
      taken(crypto::token_key_of_ed25519(key_of("token issuer").public_key().view()), "a key of tokens");
  return {crypto::token_key_id(key.algorithm, key.der), "", model::TokenAlgorithm::eddsa, key.der};
}

std::string Stage::f3548_token(std::string const& who) {
  static std::map<std::string, std::string> const scopes = {{"sc", "utm.strategic_coordination"},
                                                            {"cm", "utm.constraint_management"},
                                                            {"cp", "utm.constraint_processing"},
                                                            {"sa", "utm.conformance_monitoring_sa"},
                                                            {"aa", "utm.availability_arbitration"}};
  std::string const subject = who.substr(0, who.find(':'));
  std::string const wanted = subject.size() == who.size() ? "sc,cm,cp,sa,aa" : who.substr(subject.size() + 1);
  std::string scope;
  std::istringstream words(wanted);
  for (std::string word; std::getline(words, word, ',');)
    scope += (scope.empty() ? "" : " ") + scopes.at(word);
  json::Object const claims{{"iss", "https://issuer.example"},
                            {"sub", subject},
                            {"aud", dss_host},
                            {"exp", now().us / 1'000'000 + 600},
                            {"scope", scope}};
  std::string const text =
      crypto::to_base64url(R"({"alg":"EdDSA"})") + "." + crypto::to_base64url(json::write(claims));
  auto const signature = key_of("token issuer").sign(text);
  return text + "." + crypto::to_base64url(signature.view());
}

std::string Stage::ovn_of(std::string const& id) {
  auto const entity = model::read_entity_id(id);
  if (!entity) throw std::runtime_error("no id: " + id);
  return centre_->read([&](sequencer::Glimpse const& glimpse) -> std::string {
    state::Airspace const& airspace = glimpse.state.airspace;
    for (IntentKey key = airspace.intents.from(0); key; key = airspace.intents.from(key.value + 1))
      if (airspace.intents[key].id == *entity) return model::text_of(*entity, airspace.intents[key].ovn);
    if (auto const key = airspace.constraints.find({}, *entity))
      return model::text_of(*entity, airspace.constraints[key].ovn);
    if (auto const key = airspace.subscriptions.find({}, *entity))
      return model::text_of(*entity, airspace.subscriptions[key].version);
    throw std::runtime_error("nothing has the id " + id);
  });
}

void Stage::close_and_replay() {
  if (!centre_) throw std::runtime_error("no centre was given");
  auto const [digest, index] = centre_->read([](sequencer::Glimpse const& glimpse) {
    return std::pair(sequencer::digest_of(glimpse.state), glimpse.state.next_index);
  });
  close();
  auto const reader = taken(journal::Reader::open(sequencer::journal_path(data())), "the journal");
  auto const report = taken(sequencer::replay(*reader, sequencer::Redecide::yes, [](Index) {}), "replay");
  if (report.mismatch)
    throw std::runtime_error("record " + std::to_string(*report.mismatch) +
                             " is ruled otherwise when decided again");
  if (report.records != index || report.state != digest)
    throw std::runtime_error("the state after replay is another one");
}

void Stage::restart() {
  try {
    close_and_replay();
  } catch (std::exception const&) {
    open();
    throw;
  }
  open();
}

void Stage::restart_as_served() {
  leaps_ = sequencer::Leaps::refused;
  restart();
}

void Stage::let_the_log_go_on() {
  if (leaps_ == sequencer::Leaps::refused) centre_->submit_and_wait(std::vector<sequencer::Submission>{});
}

void Stage::back_up() {
  std::filesystem::remove(folder_ + "/backup");
  taken(sequencer::back_up({data(), folder_ + "/backup", {}}, seam(), [](Index) {}), "a backup");
}

void Stage::restore() {
  close_and_replay();
  std::string const lost = folder_ + "/lost", keys = "/demo-keys";
  std::filesystem::remove_all(lost);
  std::filesystem::rename(data(), lost);
  auto const made =
      taken(sequencer::restore({folder_ + "/backup", data(), {}, {}}, seam(), [](Index) {}), "a restore");
  if (std::filesystem::exists(lost + keys))
    std::filesystem::copy(lost + keys, data() + keys, std::filesystem::copy_options::recursive);
  shown_ = made.head.size;
  open();
}

void Stage::die_on(model::Command const& command, Death death) {
  close_and_replay();
  auto mark = taken(sequencer::InFlight::open(data() + "/in-flight"), "the in-flight mark");
  mark->set(command);
  if (death == Death::by_crash) mark->crashed().store(1);
  mark.reset();
  open();
}

}  // namespace comity::transcripts
