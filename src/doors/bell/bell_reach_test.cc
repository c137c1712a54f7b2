// How far a destination reaches into the centre that calls it (25-isolation G12): what it may be, and what its answers may do.
// Addresses and names have tests of their own (calling/caller_test.cc).
#include "doors/bell/bell_fixture.h"

#include "base/limits.h"
#include "model/destination.h"

namespace comity::bell {
namespace {

TEST_F(Doorbell, AnAnswerThatNeverComesIsGivenUpAfterTenSeconds) {
  slow_ = true;
  listen();
  set_up(url());
  ring();
  auto const begun = std::chrono::steady_clock::now();
  contribute(1);
  ASSERT_EQ(wait_for(1).size(), 1u);
  EXPECT_EQ(outcome(), "no_answer");
  auto const took = std::chrono::steady_clock::now() - begun;
  EXPECT_GE(took, std::chrono::microseconds(limits::call_within.us));
  EXPECT_LT(took, std::chrono::microseconds(2 * limits::call_within.us));
}

TEST_F(Doorbell, AnAnswerBeyondAMebibyteIsGivenUp) {
  octets_ = limits::call_answer_bytes + 1;
  listen();
  set_up(url());
  ring();
  contribute(1);
  EXPECT_EQ(outcome(), "no_answer");
}

TEST_F(Doorbell, AnAnswerOfAMebibyteIsReadAndForgotten) {
  octets_ = limits::call_answer_bytes;
  listen();
  set_up(url());
  ring();
  contribute(1);
  EXPECT_EQ(outcome(), "answered");
}

class Redirect : public Doorbell, public testing::WithParamInterface<int> {};

TEST_P(Redirect, IsNotFollowedAndCountsAsAFailure) {
  status_ = GetParam();
  listen();
  set_up(url());
  ring();
  contribute(1);
  ASSERT_EQ(wait_for(1).size(), 1u);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_EQ(heard().size(), 1u);
  EXPECT_EQ(bell_->last_calls().begin()->second.status, GetParam());
}

INSTANTIATE_TEST_SUITE_P(OfEachKind, Redirect, testing::Values(301, 302, 303, 307, 308));

TEST(DestinationUrl, WhatMayBeRegistered) {
  for (char const* url : {"https://siem.example", "https://siem.example/", "https://siem.example:8443/a?b=c",
                          "https://10.1.2.3/x", "https://[2001:db8::1]:443/", "https://a.b-c.example?x"})
    EXPECT_TRUE(model::is_destination_url(url)) << url;
}

TEST(DestinationUrl, AndWhatMayNot) {
  for (char const* url : {"",
                          "https://",
                          "https:///x",
                          "http://siem.example/",
                          "ftp://siem.example/",
                          "file:///etc/passwd",
                          "HTTPS://siem.example/",
                          "//siem.example/",
                          "gopher://siem.example/",
                          "https:siem.example",
                          "https://user@siem.example/",
                          "https://user:word@siem.example/",
                          "https://8.8.8.8@127.0.0.1/",
                          "https://siem.example\\@10.0.0.1/",
                          "https://siem.example%40127.0.0.1/",
                          "https://siem.example/#x",
                          "https://siem.example#@127.0.0.1/",
                          "https://siem.example:/",
                          "https://siem.example:port/",
                          "https://siem.example:123456/",
                          "https://siem.example:80:80/",
                          "https://siem .example/",
                          "https://siem.example/a b",
                          "https://siem.example/\r\nHost: x",
                          "https://siem.example/\x7f",
                          "https://sie\xc3\xb6m.example/",
                          "https://[::1/",
                          "https://[]/",
                          "https://[fe80::1%eth0]/",
                          "https://::1/",
                          "https://[::1]x/",
                          "https://siem.example/\"",
                          " https://siem.example/"})
    EXPECT_FALSE(model::is_destination_url(url)) << url;
}

}  // namespace
}  // namespace comity::bell
