#include "cli/demo_sweep.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "cli/demo_keys.h"
#include "cli/exit_code.h"
#include "cli/report.h"
#include "cli/sweep.h"
#include "cli/taxii_client.h"
#include "crypto/sha256.h"
#include "crypto/uuid.h"

namespace comity::cli {
namespace {

constexpr char const* staff = "/taxii2/ru.il-staff/";
constexpr char const* centre = "/taxii2/ru.baghdad-centre/";

class Tour {
 public:
  Tour(std::string url, std::string keys, std::vector<DemoAccess> access)
      : url_(std::move(url)), keys_(std::move(keys)), access_(std::move(access)) {}

  Result<Exit> run() {
    word_ = ask_for_word();
    std::string const before = keys_ + "/ir-before.json";
    fmt::print("\n1. ir is swept: every answer of every door, searched for {}.\n", word_);
    TRY_VOID(swept({.word = word_, .guesses = {"ru.il-staff"}, .save = before, .compare = {}}));
    TRY_VOID(il_gives_it());
    TRY_VOID(ru_has_it());
    TRY_VOID(ru_tries_to_pass_it_on());
    fmt::print("\n5. ir is swept again, and compared with before.\n");
    return TRY(swept({.word = word_, .guesses = {"ru.il-staff"}, .save = {}, .compare = before}));
  }

 private:
  static std::string ask_for_word() {
    std::string word;
    if (::isatty(STDIN_FILENO)) {
      fmt::print("Type a secret word, four letters or more (or press enter for one of ours): ");
      std::fflush(stdout);
      std::getline(std::cin, word);
    }
    if (word.size() >= shortest_word) return word;
    std::array<uint8_t, 4> octets;
    system_seam().entropy.fill(octets);
    return "kingfisher-" + to_hex({reinterpret_cast<char const*>(octets.data()), octets.size()});
  }

  Result<Exit> swept(SweepOptions const& options) {
    Exit const exit = sweep({.url = url_, .office = "ir/general-staff"}, options);
    if (exit == Exit::done || exit == Exit::refused) return exit;
    return fail(ErrorCode::io, "the sweep could not be made");
  }

  TaxiiClient client(std::string const& office) const {
    for (DemoAccess const& one : access_)
      if (one.office == office) return {url_, one.client, one.client_password};
    return {url_, {}, {}};
  }

  // A report that says the word. `number` makes its id; equal numbers, equal ids.
  json::Object report_with(std::string const& name, unsigned number) const {
    std::string const time = to_text(system_seam().clock.now());
    auto const id = [&](char const* type, unsigned n) {
      return std::string(type) + "--" +
             crypto::uuid_v4_shaped(crypto::sha256(fmt::format("{} {}", word_, n)));
    };
    return {{"type", "report"},
            {"spec_version", "2.1"},
            {"id", id("report", number)},
            {"created", time},
            {"modified", time},
            {"name", name},
            {"published", time},
            {"object_refs", json::Array{id("campaign", 1000 + number)}},
            {"labels", json::Array{"isil"}}};
  }

  static Bytes envelope(json::Object const& object) {
    return json::write(json::Object{{"objects", json::Array{object}}});
  }

  Result<void> il_gives_it() {
    secret_ = report_with("Note of the staff: " + word_, 1);
    auto const status = TRY(client("il/general-staff").post(staff, "contributed", envelope(secret_)));
    if (status.at("success_count").as_int64() != 1) return fail(ErrorCode::io, "il's report was not taken");
    given_us_ = system_seam().clock.monotonic_us();
    fmt::print("\n2. il contributes a report with that word under ru.il-staff: accepted.\n");
    return {};
  }

  Result<void> ru_has_it() {
    TaxiiClient ru = client("ru/general-staff");
    for (int tries = 0; tries < 100; ++tries) {
      auto const objects = TRY(ru.objects(staff, "received"));
      if (objects.find(word_) != objects.npos) {
        fmt::print("3. ru has it, {} ms later.\n", (system_seam().clock.monotonic_us() - given_us_) / 1000);
        return {};
      }
      ::usleep(10'000);
    }
    return fail(ErrorCode::io, "ru has not got it within a second");
  }

  Result<void> ru_tries_to_pass_it_on() {
    fmt::print("4. ru tries to give it to the centre in Baghdad:\n");
    json::Object copy = secret_;
    copy["id"] = report_with("", 2).at("id");
    json::Object pointing = report_with("Something else", 3);
    pointing["object_refs"] = json::Array{secret_.at("id")};
    TRY_VOID(attempt("   the report itself     ", secret_));
    TRY_VOID(attempt("   a copy under a new id ", copy));
    return attempt("   one that refers to it ", pointing);
  }

  Result<void> attempt(char const* what, json::Object const& object) {
    auto const status = TRY(client("ru/general-staff").post(centre, "contributed", envelope(object)));
    if (status.at("failure_count").as_int64() != 1) return fail(ErrorCode::corrupt, "ru could pass it on");
    fmt::print("{} refused: {}\n", what,
               std::string(status.at("failures").as_array()[0].at("message").as_string()));
    return {};
  }

  std::string url_, keys_;
  std::vector<DemoAccess> access_;
  std::string word_;
  json::Object secret_;
  int64_t given_us_ = 0;
};

}  // namespace

int demo_sweep(std::string const& url, std::string const& keys) {
  ::setenv("COMITY_CREDENTIALS", (keys + "/credentials.toml").c_str(), 1);
  auto access = DemoKeys::read_access(system_seam(), keys);
  if (!access) return report(access.error());
  auto const exit = Tour(url, keys, std::move(*access)).run();
  return exit ? code(*exit) : report(exit.error());
}

}  // namespace comity::cli
