#include "cli/demo_leave.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <map>
#include <memory>
#include <thread>

#include "cli/acts.h"
#include "cli/agreement_view.h"
#include "cli/demo_keys.h"
#include "cli/exit_code.h"
#include "cli/key_file.h"
#include "cli/members.h"
#include "cli/report.h"
#include "cli/show.h"
#include "cli/table.h"
#include "cli/taxii_client.h"
#include "crypto/sha256.h"
#include "crypto/uuid.h"
#include "forms/act.h"

namespace comity::cli {
namespace {

constexpr char const* agreement = "ru.baghdad-centre";
constexpr char const* root = "/taxii2/ru.baghdad-centre/";
constexpr int64_t promised_us = 1'000'000;  // a session that is open is cut within this

// A stream somebody reads; notes when the centre ends it.
class OpenStream {
 public:
  explicit OpenStream(TaxiiClient client)
      : reader_([this, client = std::move(client)]() mutable {
          client.follow(root, "received", patience);
          ended_us_ = system_seam().clock.monotonic_us();
        }) {}
  ~OpenStream() {
    if (reader_.joinable()) reader_.join();
  }
  // 0: it is still open.
  int64_t ended_us() const { return ended_us_; }

  static constexpr Duration patience = seconds(4);

 private:
  std::atomic<int64_t> ended_us_ = 0;
  std::thread reader_;  // last: it starts when the rest is there
};

class Tour {
 public:
  Tour(std::string url, std::string keys, std::vector<DemoAccess> access)
      : url_(std::move(url)), keys_(std::move(keys)), access_(std::move(access)) {}

  Result<Exit> run() {
    fmt::print("\n1. What each has of {} now.\n", agreement);
    TRY_VOID(show_what_is_left());
    before_ = counts_;
    TRY_VOID(leave_for_a_while());
    TRY_VOID(give_meanwhile());
    fmt::print("\n4. ru resumes. What there was is there again; what iq gave meanwhile stays out.\n");
    TRY_VOID(act("ru/general-staff", "resume"));
    TRY_VOID(show_what_is_left());
    expect(counts_.at("ru") == before_.at("ru") && counts_.at("ir") == before_.at("ir") + 1);
    fmt::print("\n5. ru gives notice of withdrawal: both ways stop at once, and in 30 days it has left.\n");
    TRY_VOID(act("ru/general-staff", "withdraw"));
    TRY_VOID(show_what_is_left());
    expect(counts_.at("ru") == 0 && counts_.at("ir") <= before_.at("ir") + 1);
    TRY_VOID(show_clocks());
    fmt::print("\n6. ru takes the notice back.\n");
    TRY_VOID(act("ru/general-staff", "take_back_withdrawal"));
    TRY_VOID(show_what_is_left());
    expect(counts_.at("ru") == before_.at("ru"));
    fmt::print("\n{}\n", kept_ ? "As promised." : "Not as promised.");
    return kept_ ? Exit::done : Exit::refused;
  }

 private:
  void expect(bool as_promised) { kept_ = kept_ && as_promised; }
  DemoAccess access_of(std::string const& office) const {
    for (DemoAccess const& one : access_)
      if (one.office == office) return one;
    return {};
  }
  TaxiiClient client(std::string const& office) const {
    DemoAccess const access = access_of(office);
    return {url_, access.client, access.client_password};
  }
  Result<Remote> person(std::string const& office) const {
    return Remote::connect({.url = url_, .office = office});
  }

  Result<void> act(std::string const& office, std::string const& kind) {
    Remote remote = TRY(person(office));
    auto const text = TRY(read_text_to_sign(remote, agreement));
    auto const signing_key = TRY(read_key(keys_ + "/" + office.substr(0, office.find('/')) + ".key"));
    auto const me = TRY(value_of(remote.get("/api/v1/me")));
    auto members = TRY(act_base(me, kind, signing_key.public_key()));
    members["agreement"] = agreement, members["version"] = text.version,
    members["text_hash"] = text.text_hash;
    auto document = TRY(forms::sign_act(members, signing_key));
    document.as_object()["kind"] = kind;
    auto const ruling = TRY(value_of(remote.post("/api/v1/commands", json::write(document))));
    if (text_at(ruling, "outcome") != "accepted")
      return fail(ErrorCode::io, kind + ": " + json::write(ruling));
    return {};
  }

  Result<void> leave_for_a_while() {
    fmt::print("\n2. ru, iq and ir each read the stream of it. ru suspends its part.\n");
    std::vector<std::pair<std::string, std::unique_ptr<OpenStream>>> streams;
    for (char const* office : {"ru/general-staff", "iq/defence", "ir/general-staff"})
      streams.emplace_back(office, std::make_unique<OpenStream>(client(office)));
    ::usleep(500'000);  // they have read what there is
    int64_t const before = system_seam().clock.monotonic_us();
    TRY_VOID(act("ru/general-staff", "suspend"));
    ::usleep(promised_us);
    Table table{{"office", "its stream"}, {}};
    for (auto const& [office, stream] : streams) {
      int64_t const ended = stream->ended_us();
      bool const is_ru = office == "ru/general-staff";
      kept_ = kept_ && is_ru == (ended != 0) && ended <= before + promised_us;
      table.rows.push_back(
          {office, ended == 0 ? "goes on" : fmt::format("reset after {} ms", (ended - before) / 1000)});
    }
    fmt::print("{}", drawn(table, output_columns()));
    TRY_VOID(show_what_is_left());
    expect(counts_.at("ru") == 0 && counts_.at("iq") <= before_.at("iq"));
    return {};
  }

  Result<void> give_meanwhile() {
    fmt::print("\n3. iq gives a report meanwhile.\n");
    std::string const time = to_text(system_seam().clock.now());
    auto const id = [&](char const* type) {
      return std::string(type) + "--" + crypto::uuid_v4_shaped(crypto::sha256(time + type));
    };
    json::Object const report{{"type", "report"},
                              {"spec_version", "2.1"},
                              {"id", id("report")},
                              {"created", time},
                              {"modified", time},
                              {"published", time},
                              {"name", "Given while ru was away"},
                              {"labels", json::Array{"isil"}},
                              {"object_refs", json::Array{id("campaign")}}};
    auto const status =
        TRY(client("iq/defence")
                .post(root, "contributed", json::write(json::Object{{"objects", json::Array{report}}})));
    if (status.at("success_count").as_int64() != 1) return fail(ErrorCode::io, "iq's report was not taken");
    return show_what_is_left();
  }

  Result<void> show_what_is_left() {
    Table table{{"office", "standing", "received", "contributed"}, {}};
    Remote remote = TRY(person("iq/defence"));
    auto const shown = TRY(value_of(remote.get(std::string("/api/v1/agreements/") + agreement)));
    for (char const* office : {"ru/general-staff", "sy/general-staff", "iq/defence", "ir/general-staff"}) {
      std::string const party = std::string(office).substr(0, 2);
      TaxiiClient one = client(office);
      counts_[party] = TRY(one.count(root, "received"));
      table.rows.push_back(
          {office, text_at(member_of(member_of(member_of(shown, "status"), "standing"), party), "state"),
           std::to_string(counts_[party]), std::to_string(TRY(one.count(root, "contributed")))});
    }
    fmt::print("{}", drawn(table, output_columns()));
    return {};
  }

  Result<void> show_clocks() {
    Remote remote = TRY(person("iq/defence"));
    auto const clocks = TRY(value_of(remote.get(std::string("/api/v1/agreements/") + agreement + "/clocks")));
    fmt::print("{}", as_table({{"effective", "effective"}, {"what", "what"}, {"party", "party"}})(clocks));
    return {};
  }

  std::string url_, keys_;
  std::vector<DemoAccess> access_;
  std::map<std::string, size_t> counts_, before_;  // received, by party
  bool kept_ = true;
};

}  // namespace

int demo_leave(std::string const& url, std::string const& keys) {
  ::setenv("COMITY_CREDENTIALS", (keys + "/credentials.toml").c_str(), 1);
  auto access = DemoKeys::read_access(system_seam(), keys);
  if (!access) return report(access.error());
  auto const exit = Tour(url, keys, std::move(*access)).run();
  return exit ? code(*exit) : report(exit.error());
}

}  // namespace comity::cli
