// A small centre for tests: a real one, in a folder of its own, on a clock and on randomness that the test holds.
//
//     TestCentre world;
//     world.party("ru", {"general-staff"});
//     world.party("iq", {"defence"});
//     world.in_force("ru.pact", {"ru/general-staff", "iq/defence"}, {grant_clause("all")});
//     world.contribute("iq/defence", "ru.pact", indicator_object(1));
//
// Everything happens by the commands that doors send, signed where they must be; a command that is refused fails the test
// at the line that sent it, unless it was sent with ask(). Each party has one person, `duty@PARTY`, with every ordinary
// role in each of its offices, and each office has one client, `OFFICE/feed`, with every right. All of them share one
// password, because checking one takes 58 ms and making one as long.
//
// Time stands still until advance(). One thread at a time calls a TestCentre; the centre under it has its own.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "codec/codec.h"
#include "commands/all.h"
#include "crypto/password.h"
#include "forms/act.h"
#include "forms/agreement.h"
#include "journal/test_folder.h"
#include "json/json.h"
#include "sequencer/contribution.h"
#include "sequencer/prepare.h"

namespace comity::tests {

// ScriptedClock and SeededEntropy for more than one thread.
class HeldClock : public Clock {
 public:
  explicit HeldClock(UtcTime start) : now_us_(start.us) {}
  UtcTime now() override { return {now_us_.load()}; }
  int64_t monotonic_us() override { return now_us_.load(); }
  void advance(Duration by) { now_us_ += by.us; }

 private:
  std::atomic<int64_t> now_us_;
};

class HeldEntropy : public Entropy {
 public:
  explicit HeldEntropy(uint64_t seed) : source_(seed) {}
  void fill(std::span<uint8_t> out) override {
    std::lock_guard const lock(mutex_);
    source_.fill(out);
  }

 private:
  std::mutex mutex_;
  SeededEntropy source_;
};

inline std::string const password = "correct horse battery staple";

inline Bytes const& password_verifier() {
  static Bytes const made = [] {
    HeldEntropy entropy(7);
    return crypto::hash_password(password, entropy)->text;
  }();
  return made;
}

// --- texts and objects ---------------------------------------------------------------------------------------------

// A grant from each to the others; `more` replaces or adds members, as JSON.
inline std::string grant_clause(std::string const& id, std::string const& fields = R"("all")",
                                std::string const& attribution = "named") {
  return R"({"id":")" + id + R"(","type":"grant","text":"What is given.","from":"each","to":"others",)" +
         R"("items":{"marking_max":"red","unmarked":"allow"},"fields":)" + fields +
         R"(,"precision":{},"attribution":")" + attribution +
         R"(","delay":"PT0S","onward":"originator_consent","retention":"P365D","recall":"oblige"})";
}

// A grant of what nobody contributes, for the first hour of the world: its end is a deadline.
inline std::string ending_clause() {
  std::string clause = grant_clause("ending");
  clause.insert(clause.find("\"fields\""), R"("applies_until":{"date":"2026-01-01T01:00:00.000000Z"},)");
  return clause.insert(clause.find("\"marking_max\""), R"("types":["malware-analysis"],)");
}

inline std::string quoted_list(std::vector<std::string> const& words) {
  std::string list;
  for (std::string const& word : words) list += (list.empty() ? "\"" : ",\"") + word + "\"";
  return "[" + list + "]";
}

inline std::string agreement_text(std::string const& id, std::vector<std::string> const& offices,
                                  std::vector<std::string> const& clauses) {
  std::map<std::string, std::vector<std::string>> by_party;
  for (std::string const& office : offices) by_party[office.substr(0, office.find('/'))].push_back(office);
  std::string participants, list;
  for (auto const& [party, some] : by_party)
    participants += (participants.empty() ? "" : ",") + ("{\"party\":\"" + party + "\",\"offices\":") +
                    quoted_list(some) + "}";
  for (std::string const& clause : clauses) list += (list.empty() ? "" : ",") + clause;
  return R"({"format":"comity-agreement/1","id":")" + id +
         R"(","version":1,"kind":"memorandum","title":"Title of )" + id +
         R"(","binding":false,"text":"# Words\n","visibility":{"existence":"parties","text":"parties",)" +
         R"("membership":"parties","acts":"parties"},"depositary":"centre","sponsors":)" +
         quoted_list({offices.front().substr(0, offices.front().find('/'))}) + R"(,"participants":[)" +
         participants + R"(],"eligible":{"mode":"closed"},"adoption":{"rule":"unanimity_strict"},)" +
         R"("consent_by":["signature"],"entry_into_force":{"consents":"all"},"late_joiner_delay":"P0D",)" +
         R"("provisional_application":false,"retroactivity":{"mode":"none"},"reservations":{"mode":"prohibited"},)" +
         R"("objection_window":"P30D","amendment":{"rule":{"rule":"unanimity_strict"},"effect":"all_when_adopted"},)" +
         R"("suspension":{"by":"unilateral","notice":"PT0S","resume":"suspender","non_suspendable":[]},)" +
         R"("withdrawal":{"allowed":true,"notice":"P30D","incoming":"stops_at_notice"},"term":{"mode":"none"},)" +
         R"("min_parties":{"n":2,"effect":"suspend"},"survival":[],"clauses":[)" + list + "]}";
}

inline std::string numbered_id(std::string const& type, int number) {
  std::string const digits = std::to_string(number);
  return type + "--00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

// `more` is further members, beginning with a comma.
inline Bytes indicator_object(int number, std::string const& more = "",
                              std::string const& modified = "2025-06-01T10:00:00.000Z") {
  return R"({"type":"indicator","spec_version":"2.1","id":")" + numbered_id("indicator", number) +
         R"(","created":"2025-06-01T10:00:00.000Z","modified":")" + modified + R"(","name":"Name )" +
         std::to_string(number) + R"(","pattern":"[file:name = 'x']","pattern_type":"stix",)" +
         R"("valid_from":"2025-05-05T05:05:05.055Z")" + more + "}";
}

// A directory as a disk that is put back as a whole leaves it: the head file stays the file that it is.
inline void copy_data(std::string const& from, std::string const& to) {
  std::filesystem::create_directories(to);
  for (auto const& one : std::filesystem::directory_iterator(to))
    if (one.path().filename() != "in-flight") std::filesystem::remove_all(one.path());
  std::filesystem::copy(
      from, to, std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
}

// --- the centre ----------------------------------------------------------------------------------------------------

class TestCentre {
 public:
  explicit TestCentre(uint64_t seed = 1)
      : clock(*parse_time("2026-01-01T00:00:00.000000Z")), entropy(seed), keys_from_(seed + 1'000'003) {
    make_key("hosting");
    for (char const* officer : {"first", "second"}) make_key(officer);
    Result<void> const made = sequencer::Centre::init(data(), genesis(), seam());
    EXPECT_TRUE(made) << made.error().detail;
    restart();
  }

  sequencer::Centre& centre() { return *centre_; }
  std::string data() const { return folder_.file("data"); }
  Seam seam() { return {clock, entropy, system_seam().files}; }
  crypto::SecretKey const& key(std::string const& party) const { return keys_.at(party); }

  // Ends the centre and opens it again on the same directory.
  void restart() {
    stop();
    auto const opened = start();
    ASSERT_TRUE(opened) << opened.error().detail;
  }
  void stop() { centre_.reset(); }
  Result<void> start() {
    options.data = data();
    centre_ = TRY(sequencer::Centre::open(options, seam()));
    return {};
  }

  void advance(Duration by) { clock.advance(by); }

  // --- who ---

  OfficeKey office(std::string const& name) const {
    return centre_->read(
        [&](sequencer::Glimpse const& glimpse) { return glimpse.state.law.find_office(name); });
  }
  AgreementKey agreement(std::string const& id) const {
    return centre_->read([&](sequencer::Glimpse const& glimpse) {
      auto const& all = glimpse.state.law.agreements;
      for (size_t i = 0; i < all.size(); ++i)
        if (all[i].id == id) return AgreementKey(i);
      return AgreementKey{};
    });
  }
  sequencer::Author person(std::string const& user, std::string const& office_name) const {
    return centre_->read([&](sequencer::Glimpse const& glimpse) {
      state::Law const& law = glimpse.state.law;
      return sequencer::Author{law.find_office(office_name),
                               {model::Actor::Kind::person, law.find_person(user).value}};
    });
  }
  // The person `duty` of the office's party, acting as the office.
  sequencer::Author duty(std::string const& office_name) const {
    return person("duty@" + party_of(office_name), office_name);
  }
  sequencer::Author feed(std::string const& office_name) const {
    return centre_->read([&](sequencer::Glimpse const& glimpse) {
      state::Law const& law = glimpse.state.law;
      return sequencer::Author{law.find_office(office_name),
                               {model::Actor::Kind::client, law.find_client(office_name + "/feed").value}};
    });
  }

  // Two officers admit the party; its own person makes the other offices and the clients.
  void party(std::string const& slug, std::vector<std::string> const& offices,
             model::Listing listing = model::Listing::listed) {
    make_key(slug);
    commands::RegisterParty admission;
    admission.slug = slug;
    admission.name = "Name of " + slug;
    admission.listing = listing;
    admission.key = key(slug).public_key().octets;
    admission.key_id = crypto::key_id(key(slug).public_key());
    admission.office = offices.front();
    admission.admin = "duty";
    auto const proposed =
        act("hosting/operations", "first", model::CommandKind::propose_host_act,
            commands::ProposeHostAct{model::CommandKind::register_party, codec::encode(admission)},
            {{"slug", slug}}, password_verifier());
    act("hosting/operations", "second", model::CommandKind::countersign_host_act,
        commands::CountersignHostAct{proposed.command.digest}, {});
    for (size_t i = 1; i < offices.size(); ++i) add_office(slug, slug + "/" + offices.front(), offices[i]);
    for (std::string const& one : offices) client(slug + "/" + one, "feed");
  }

  void client(std::string const& office_name, std::string const& slug, model::Rights rights = 15) {
    send(prepare(duty(office_name), model::CommandKind::register_client,
                 commands::RegisterClient{office_name, slug, rights}, password_verifier()));
  }

  // --- agreements ---

  // Participants without a founding key get that of their party (G8).
  Bytes with_founding_keys(std::string const& text) const {
    json::Value value = json::parse(text, limits::agreement_bytes).value();
    for (json::Value& one : value.at("participants").as_array())
      if (auto const known = keys_.find(std::string(one.at("party").as_string())); known != keys_.end())
        one.as_object().emplace("founding_key", crypto::key_id(known->second.public_key()));
    return json::write(value);
  }
  void draft(std::string const& office_name, std::string const& text) {
    Bytes const source = with_founding_keys(text);
    auto const compiled = forms::compile(source);
    ASSERT_TRUE(compiled) << compiled.error()[0].pointer << ": " << compiled.error()[0].reason;
    texts_[compiled->text.id] = {compiled->text.id, compiled->text.version, compiled->text_hash};
    send(prepare(duty(office_name), model::CommandKind::draft_agreement,
                 commands::DraftAgreement{compiled->text, compiled->text_hash}, source));
  }
  // sponsor, table_agreement or sign.
  void act_on(std::string const& office_name, model::CommandKind kind, std::string const& id) {
    commands::OnText const& text = texts_.at(id);
    act(office_name, party_of(office_name), kind, text,
        {{"agreement", id}, {"version", int64_t{text.version}}, {"text_hash", to_hex(text.text_hash)}});
  }
  void resume(std::string const& office_name, std::string const& id, commands::Resume said = {}) {
    commands::OnText const& text = texts_.at(id);
    static_cast<commands::OnText&>(said) = text;
    act(office_name, party_of(office_name), model::CommandKind::resume, said,
        {{"agreement", id}, {"version", int64_t{text.version}}, {"text_hash", to_hex(text.text_hash)}});
  }
  // All of the way: the first office drafts and tables, one office of each party sponsors and signs.
  AgreementKey in_force(std::string const& id, std::vector<std::string> const& offices,
                        std::vector<std::string> const& clauses) {
    draft(offices.front(), agreement_text(id, offices, clauses));
    std::map<std::string, std::string> speakers;
    for (std::string const& one : offices) speakers.emplace(party_of(one), one);
    act_on(offices.front(), model::CommandKind::sponsor, id);
    act_on(offices.front(), model::CommandKind::table_agreement, id);
    for (auto const& [slug, one] : speakers)
      if (slug != party_of(offices.front())) act_on(one, model::CommandKind::sponsor, id);
    for (auto const& [slug, one] : speakers) act_on(one, model::CommandKind::sign, id);
    return agreement(id);
  }

  // --- items ---

  // As the office's client would over a door; the answer to each object that is sound STIX.
  std::vector<sequencer::Answer> contribute_all(std::string const& office_name, std::string const& id,
                                                std::vector<Bytes> const& objects) {
    stix::Envelope envelope;
    for (Bytes const& one : objects) envelope.objects.push_back(one);
    auto made = sequencer::contributions(*centre_, feed(office_name), envelope, id, "");
    for (sequencer::PostedObject const& one : made.objects)
      for (stix::Finding const& finding : one.findings)
        ADD_FAILURE() << finding.code << " " << finding.pointer;
    return centre_->submit_and_wait(std::move(made.submissions));
  }
  void contribute(std::string const& office_name, std::string const& id, Bytes const& object) {
    for (sequencer::Answer const& answer : contribute_all(office_name, id, {object})) expect_accepted(answer);
  }

  // --- any command ---

  template <class Body>
  sequencer::Submission prepare(sequencer::Author author, model::CommandKind kind, Body const& body,
                                std::optional<Bytes> payload = {}) {
    forms::Prepared made;
    made.command.kind = kind;
    made.command.body = codec::encode(body);
    made.payload = std::move(payload);
    return sequencer::prepare(*centre_, author, std::move(made));
  }
  // Signed by `signer`: a party's binding key, or `first` and `second` of the host's officers.
  template <class Body>
  sequencer::Submission act(std::string const& office_name, std::string const& signer,
                            model::CommandKind kind, Body const& body, json::Object members,
                            std::optional<Bytes> payload = {}) {
    auto submission = prepare_act(office_name, signer, kind, body, std::move(members), std::move(payload));
    send(submission);
    return submission;
  }
  // The same whatever the answer; the digest of the command is put where `digest` points.
  template <class Body>
  sequencer::Answer ask_signed(std::string const& office_name, std::string const& signer,
                               model::CommandKind kind, Body const& body, Digest* digest = nullptr) {
    auto const submission = prepare_act(office_name, signer, kind, body, {}, {});
    if (digest) *digest = submission.command.digest;
    return ask(submission);
  }
  // Signed and not sent.
  template <class Body>
  sequencer::Submission prepare_signed(std::string const& office_name, std::string const& signer,
                                       model::CommandKind kind, Body const& body) {
    return prepare_act(office_name, signer, kind, body, {}, {});
  }
  sequencer::Submission prepare_on(std::string const& office_name, model::CommandKind kind,
                                   std::string const& id) {
    commands::OnText const& text = texts_.at(id);
    return prepare_act(
        office_name, party_of(office_name), kind, text,
        {{"agreement", id}, {"version", int64_t{text.version}}, {"text_hash", to_hex(text.text_hash)}}, {});
  }
  void send(sequencer::Submission const& submission) { expect_accepted(ask(submission)); }
  sequencer::Answer ask(sequencer::Submission const& submission) {
    return centre_->submit_and_wait(sequencer::Submission(submission));
  }

  HeldClock clock;
  HeldEntropy entropy;
  sequencer::CentreOptions options{.data = {}, .leaps = sequencer::Leaps::allowed};  // for the next start

 private:
  static std::string party_of(std::string const& office_name) {
    return office_name.substr(0, office_name.find('/'));
  }

  static void expect_accepted(sequencer::Answer const& answer) {
    ASSERT_EQ(answer.kind, sequencer::Answer::Kind::ruled);
    std::string why;
    for (model::Reason const& reason : answer.ruling.reasons)
      why += std::string(model::name_of(reason.code)) + " " + reason.subject + " ";
    EXPECT_TRUE(answer.ruling.accepted()) << why;
  }

  template <class Body>
  sequencer::Submission prepare_act(std::string const& office_name, std::string const& signer,
                                    model::CommandKind kind, Body const& body, json::Object members,
                                    std::optional<Bytes> payload) {
    bool const officer = signer == "first" || signer == "second";
    auto const author = officer ? person(signer + "@hosting", office_name) : duty(office_name);
    forms::Prepared made;
    made.command.kind = kind;
    made.command.body = codec::encode(body);
    made.command.act = signed_act(office_name, signer, kind, std::move(members));
    made.payload = std::move(payload);
    return sequencer::prepare(*centre_, author, std::move(made));
  }

  void make_key(std::string const& name) { keys_.emplace(name, crypto::SecretKey::generate(keys_from_)); }

  commands::Genesis genesis() const {
    commands::Genesis genesis;
    genesis.centre_name = "Test centre";
    genesis.origin = "test.example";
    genesis.host_slug = "hosting", genesis.host_name = "Host", genesis.host_office = "operations";
    genesis.host_key = key("hosting").public_key().octets;
    genesis.host_key_id = crypto::key_id(key("hosting").public_key());
    for (char const* officer : {"first", "second"}) {
      crypto::PublicKey const own = key(officer).public_key();
      genesis.officers.push_back({officer, crypto::key_id(own), own.octets});
    }
    return genesis;
  }

  void add_office(std::string const& slug, std::string const& by, std::string const& name) {
    act(by, slug, model::CommandKind::register_office, commands::RegisterOffice{name}, {{"slug", name}});
    send(prepare(duty(by), model::CommandKind::set_roles,
                 commands::SetRoles{"duty@" + slug, slug + "/" + name, commands::ordinary_roles, {}, {}}));
  }

  model::SignedAct signed_act(std::string const& office_name, std::string const& signer,
                              model::CommandKind kind, json::Object members) {
    std::string const slug = party_of(office_name);
    members["kind"] = model::name_of(kind);
    members["centre"] =
        centre_->read([](sequencer::Glimpse const& glimpse) { return glimpse.state.centre.origin_now(); });
    members["party"] = slug;
    members["founding_key"] = crypto::key_id(key(slug).public_key());
    members["office"] = office_name;
    members["key"] = crypto::key_id(key(signer).public_key());
    members["seq"] = static_cast<int64_t>(++seq_[slug]);
    members["not_after"] = to_text(centre_->stands_still_at().value_or(clock.now()) + hours(1));
    auto const document = forms::sign_act(members, key(signer));
    EXPECT_TRUE(document) << document.error().detail;
    auto const read = forms::read_act(json::write(document.value()));
    EXPECT_TRUE(read) << read.error().detail;
    return read.value();
  }

  journal::TestFolder folder_;
  SeededEntropy keys_from_;
  std::map<std::string, crypto::SecretKey> keys_;
  std::map<std::string, uint64_t> seq_;
  std::map<std::string, commands::OnText> texts_;
  std::unique_ptr<sequencer::Centre> centre_;
};

}  // namespace comity::tests
