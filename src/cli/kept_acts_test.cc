// What the command line keeps of what it sent, and how it is found again.
#include "cli/kept_acts.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>

#include "base/limits.h"
#include "base/seam.h"
#include "cli/members.h"
#include "commands/put_back.h"
#include "journal/test_folder.h"

namespace comity::cli {
namespace {

class KeptActs : public testing::Test {
 protected:
  KeptActs() { ::setenv("COMITY_ACTS", acts_.c_str(), 1); }
  ~KeptActs() override { ::unsetenv("COMITY_ACTS"); }

  // To nobody: what is kept then has no ruling.
  void post(json::Object command) { static_cast<void>(post_command(remote_, std::move(command))); }
  std::vector<std::string> names() {
    return system_seam().files.list(acts_).value_or(std::vector<std::string>());
  }
  Bytes only() {
    EXPECT_EQ(names().size(), 1u);
    return system_seam().files.read(acts_ + "/" + names().at(0)).value();
  }

  journal::TestFolder folder_;
  std::string acts_ = folder_.file("state/acts");
  Remote remote_{Settings{"http://127.0.0.1:1", ""}, Credential{}};
};

TEST_F(KeptActs, WhatOnlyTakesAwayIsKeptAndFoundAgain) {
  post({{"kind", "revoke_client"}, {"body", json::Object{{"client", "ru/mfa/feed"}}}});
  auto const found = presented(only());
  ASSERT_TRUE(found) << found.error().detail;
  EXPECT_EQ(text_at(*found, "kind"), "revoke_client");
  EXPECT_EQ(text_at(found->at("body"), "client"), "ru/mfa/feed");
  EXPECT_FALSE(text_at(*found, "idempotency_key").empty()) << "so that it is not done twice";
  struct stat file{};
  ASSERT_EQ(::stat((acts_ + "/" + names().at(0)).c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777, 0600u);
  ASSERT_EQ(::stat(acts_.c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777, 0700u);
}

TEST_F(KeptActs, WhatIsSignedIsKeptWithoutSecrets) {
  post({{"kind", "propose_host_act"},
        {"act", json::Object{{"kind", "propose_host_act"}}},
        {"signatures", json::Array{}},
        {"body", json::Object{{"kind", "register_party"},
                              {"body", json::Object{{"password", "nightjar"}, {"slug", "ru"}}}}}});
  Bytes const kept = only();
  EXPECT_EQ(kept.find("nightjar"), Bytes::npos);
  EXPECT_NE(kept.find("\"slug\":\"ru\""), Bytes::npos);
}

// Before it is known what became of it: nobody answers here.
TEST_F(KeptActs, WhateverMayBePresentedIsKeptThoughTheAnswerIsLost) {
  size_t kept = 0;
  for (uint16_t number = 0; number < 200; ++number) {
    auto const kind = static_cast<model::CommandKind>(number);
    if (!commands::may_be_presented(kind)) continue;
    post({{"kind", model::name_of(kind)}, {"body", json::Object{}}});
    EXPECT_EQ(names().size(), ++kept) << model::name_of(kind);
  }
  EXPECT_GT(kept, 9u);
}

TEST_F(KeptActs, ARefusalIsToldFromWhatWasLost) {
  EXPECT_TRUE(was_refused(R"({"command":{"kind":"revoke_client"},"ruling":{"outcome":"refused"}})"));
  for (char const* other : {R"({"command":{"kind":"revoke_client"},"ruling":{"outcome":"accepted"}})",
                            R"({"command":{"kind":"revoke_client"}})", R"({"kind":"revoke_client"})", "x"})
    EXPECT_FALSE(was_refused(other)) << other;
}

TEST_F(KeptActs, NothingElseIsKept) {
  post({{"kind", "register_client"}, {"body", json::Object{{"password", "nightjar"}}}});
  EXPECT_TRUE(names().empty());
}

TEST_F(KeptActs, TheOldestGo) {
  ASSERT_TRUE(system_seam().files.make_folder(folder_.file("state"), 0700));
  ASSERT_TRUE(system_seam().files.make_folder(acts_, 0700));
  for (size_t i = 0; i < limits::kept_acts; ++i) {
    auto const file = system_seam().files.create(acts_ + "/2000-" + std::to_string(100'000 + i), 0600);
    ASSERT_TRUE(file);
  }
  post({{"kind", "revoke_client"}, {"body", json::Object{{"client", "ru/mfa/feed"}}}});
  auto const left = names();
  EXPECT_EQ(left.size(), limits::kept_acts);
  EXPECT_EQ(left.front(), "2000-100001");
  EXPECT_TRUE(left.back().ends_with("-revoke_client.json"));
}

TEST_F(KeptActs, ACommandOrASignedActAloneIsTakenToo) {
  EXPECT_EQ(text_at(*presented(R"({"kind":"revoke_token","body":{"token":"x"}})"), "kind"), "revoke_token");
  EXPECT_EQ(text_at(*presented(R"({"act":{"kind":"withdraw"},"signatures":[]})"), "kind"), "withdraw");
  for (char const* wrong : {"[]", "3", "{}", "{\"command\":3}", "{\"act\":3}", "", "{\"command\":{}}"})
    EXPECT_FALSE(presented(wrong)) << wrong;
}

}  // namespace
}  // namespace comity::cli
