#include "guestbook/replies.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "journal/test_folder.h"

namespace comity::guestbook {
namespace {

Written written(std::string text) { return {"Anna", "anna@example.org", std::move(text)}; }

class OfVisitors : public testing::Test {
 protected:
  OfVisitors() { open(); }
  void open() {
    replies_.reset();
    replies_ = Replies::open(folder_.file("replies.db"), {clock_, entropy_, system_seam().files}).value();
  }

  journal::TestFolder folder_;
  ScriptedClock clock_{UtcTime{1'700'000'000'000'000}};
  SeededEntropy entropy_{1};
  std::unique_ptr<Replies> replies_;
};

TEST_F(OfVisitors, AReplyIsShownWhenItWasRead) {
  ASSERT_TRUE(replies_->add(written("Good work."), "a"));
  EXPECT_TRUE(replies_->shown()->empty());
  ASSERT_EQ(replies_->all()->size(), 1U);
  uint64_t const id = replies_->all()->front().id;
  EXPECT_FALSE(replies_->all()->front().shown);
  ASSERT_TRUE(replies_->show(id));
  open();  // kept
  ASSERT_EQ(replies_->shown()->size(), 1U);
  EXPECT_EQ(replies_->shown()->front().written.text, "Good work.");
  EXPECT_EQ(replies_->shown()->front().at, clock_.now());
  EXPECT_EQ(replies_->show(id + 1).error().code, ErrorCode::not_found);
}

TEST_F(OfVisitors, WhatIsDeletedIsGoneFromTheDisk) {
  ASSERT_TRUE(replies_->add(written("A secret word: quincunx."), "a"));
  auto const octets = [&] { return system_seam().files.read(folder_.file("replies.db")).value(); };
  EXPECT_NE(octets().find("quincunx"), Bytes::npos);
  uint64_t const id = replies_->all()->front().id;
  ASSERT_TRUE(replies_->remove(id));
  EXPECT_TRUE(replies_->all()->empty());
  EXPECT_EQ(octets().find("quincunx"), Bytes::npos);
  EXPECT_EQ(octets().find("anna@example.org"), Bytes::npos);
  EXPECT_EQ(replies_->remove(id).error().code, ErrorCode::not_found);
}

TEST_F(OfVisitors, WithSoManyThatWaitNoFurtherOneIsTaken) {
  for (size_t i = 0; i < limits::replies_waiting; ++i)
    ASSERT_TRUE(replies_->add(written("one"), "network " + std::to_string(i)));
  EXPECT_EQ(replies_->add(written("one more"), "z").error().code, ErrorCode::busy);
  ASSERT_TRUE(replies_->show(replies_->all()->front().id));
  EXPECT_TRUE(replies_->add(written("one more"), "z"));
}

TEST_F(OfVisitors, OneNetworkMayWriteSoManyAnHour) {
  for (size_t i = 0; i < limits::replies_of_network; ++i) ASSERT_TRUE(replies_->add(written("one"), "a"));
  EXPECT_EQ(replies_->add(written("one more"), "a").error().code, ErrorCode::over_quota);
  EXPECT_TRUE(replies_->add(written("of another"), "b"));
  clock_.advance(limits::replies_counted);
  EXPECT_TRUE(replies_->add(written("one more"), "a"));
}

TEST(AReply, IsPlainTextOfSoManyCharacters) {
  auto const wrong = [](std::string name, std::string email, std::string text) {
    return wrong_with({std::move(name), std::move(email), std::move(text)}).member;
  };
  std::string characters;  // of two octets each
  for (size_t i = 0; i < limits::reply_characters; ++i) characters += "ä";
  EXPECT_EQ(wrong("Anna", "a@b", characters), "");
  EXPECT_EQ(wrong("Anna", "a@b", characters + "ä"), "/text");
  EXPECT_EQ(wrong("Anna", "a@b", "two\nlines"), "");
  EXPECT_EQ(wrong("Anna", "a@b", "a\x1b[31m"), "/text");
  EXPECT_EQ(wrong("Anna", "a@b", " \n "), "/text");
  EXPECT_EQ(wrong("", "a@b", "x"), "/name");
  EXPECT_EQ(wrong("An\nna", "a@b", "x"), "/name");
  EXPECT_EQ(wrong(std::string(81, 'x'), "a@b", "x"), "/name");
  for (auto const* email : {"", "a", "@", "a@", "@b", "a@b@c", "a b@c"})
    EXPECT_EQ(wrong("Anna", email, "x"), "/email") << email;
}

}  // namespace
}  // namespace comity::guestbook
