#include "crypto/password.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "base/limits.h"

namespace comity::crypto {
namespace {

PasswordHash hash_of(std::string_view password) {
  SeededEntropy entropy(4);
  return *hash_password(password, entropy);
}

template <class F>
int64_t microseconds_of(F&& work) {
  auto const start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start)
      .count();
}

TEST(Password, OnlyTheRightOneFits) {
  auto const stored = hash_of("correct horse");
  EXPECT_TRUE(stored.text.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
  EXPECT_TRUE(verify_password(&stored, "correct horse"));
  EXPECT_EQ(verify_password(&stored, "correct hors").error().code, ErrorCode::unauthenticated);
  EXPECT_EQ(verify_password(&stored, "").error().code, ErrorCode::unauthenticated);
}

TEST(Password, SaltComesFromTheSeam) {
  SeededEntropy entropy(4);
  auto const first = *hash_password("x", entropy), second = *hash_password("x", entropy);
  EXPECT_EQ(first.text, hash_of("x").text);
  EXPECT_NE(first.text, second.text);
}

// C7: same answer, same work.
TEST(Password, AnUnknownUserCostsAsMuchAsAWrongPassword) {
  auto const stored = hash_of("secret");
  Error wrong, unknown;
  auto const wrong_us = microseconds_of([&] { wrong = verify_password(&stored, "guess").error(); });
  auto const unknown_us = microseconds_of([&] { unknown = verify_password(nullptr, "guess").error(); });
  EXPECT_EQ(wrong.code, unknown.code);
  EXPECT_EQ(wrong.detail, unknown.detail);
  EXPECT_GT(unknown_us * 4, wrong_us);
  EXPECT_GT(wrong_us * 4, unknown_us);
}

TEST(Password, HashesLeaveAPlaceToLogins) {
  auto const stored = hash_of("secret");
  std::atomic<bool> done{false};
  std::vector<std::thread> setters;
  for (int i = 0; i < 3; ++i)
    setters.emplace_back([&] {
      SeededEntropy entropy(5);
      while (!done) (void)hash_password("another", entropy);
    });
  int in_time = 0;
  for (int i = 0; i < 5; ++i) in_time += verify_password(&stored, "secret", Duration{}).has_value();
  done = true;
  for (std::thread& one : setters) one.join();
  EXPECT_EQ(in_time, 5) << "no login waits for who sets passwords";
}

TEST(Password, LongOnesAreRefusedBeforeAnyWork) {
  std::string const longest(limits::password_bytes, 'x');
  EXPECT_EQ(verify_password(nullptr, longest + "x").error().code, ErrorCode::too_large);
  EXPECT_EQ(verify_password(nullptr, longest).error().code, ErrorCode::unauthenticated);
}

TEST(Password, StoredTextIsNotBelieved) {
  for (auto const* text : {"", "x", "$argon2id$v=19$m=4194304,t=9,p=1$Y29taXR5LW5vYm9keS0xMA$bm8gcGFzc3dvcmQ",
                           "$argon2i$v=19$m=65536,t=2,p=1$Y29taXR5LW5vYm9keS0xMA$bm8gcGFzc3dvcmQgaGFzaGVz"}) {
    PasswordHash const stored{text};
    EXPECT_EQ(verify_password(&stored, "x").error().code, ErrorCode::corrupt) << text;
  }
}

TEST(Password, WhoFindsNoPlaceIsToldToComeBack) {
  std::atomic<int> busy = 0, checked = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        auto const verdict = verify_password(nullptr, "guess", microseconds(0));
        ++(verdict.error().code == ErrorCode::busy ? busy : checked);
      });
    }
  }
  EXPECT_EQ(busy + checked, 8);
  EXPECT_GE(checked, 1);
  EXPECT_GE(busy, 1);
}

TEST(Password, WhoWaitsGetsAPlace) {
  std::atomic<int> checked = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 5; ++i) {
      threads.emplace_back([&] {
        checked += verify_password(nullptr, "guess", minutes(1)).error().code == ErrorCode::unauthenticated;
      });
    }
  }
  EXPECT_EQ(checked, 5);
}

}  // namespace
}  // namespace comity::crypto
