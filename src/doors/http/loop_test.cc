#include "doors/http/loop.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace comity::http {
namespace {

TEST(Loop, IsWokenOnceForAllThatWait) {
  int woken = 0;
  std::string done;
  Loop loop([&] { ++woken; });
  for (char const name : {'a', 'b', 'c'}) EXPECT_TRUE(loop.take([&, name] { done += name; }));
  EXPECT_EQ(woken, 1);
  EXPECT_EQ(done, "") << "not before the loop runs";
  loop.run();
  EXPECT_EQ(done, "abc");
  EXPECT_TRUE(loop.take([&] {
    done += 'd';
    EXPECT_TRUE(loop.take([&] { done += 'e'; })) << "a job may bring another";
  }));
  loop.run();
  EXPECT_EQ(done, "abcd");
  loop.run();
  EXPECT_EQ(done, "abcde");
  EXPECT_EQ(woken, 3);
}

TEST(Loop, TakesNothingOnceItHasEnded) {
  Loop loop([] {});
  auto const held = std::make_shared<int>(0);
  EXPECT_TRUE(loop.take([held] { ++*held; }));
  loop.end();
  EXPECT_EQ(held.use_count(), 1) << "what waited is let go";
  EXPECT_FALSE(loop.take([] {}));
  loop.run();
  EXPECT_EQ(*held, 0);
}

TEST(Loop, JobsComeFromAnyThread) {
  Loop loop([] {});
  int done = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        for (int j = 0; j < 100; ++j) EXPECT_TRUE(loop.take([&] { ++done; }));
      });
  }
  loop.run();
  EXPECT_EQ(done, 400);
}

TEST(Loop, WhereThereIsNoneTheJobIsDoneAtOnce) {
  Request request;
  bool done = false;
  on_loop_of(request, [&] { done = true; });
  EXPECT_TRUE(done);
  request.loop = std::make_shared<Loop>([] {});
  request.loop->end();
  done = false;
  on_loop_of(request, [&] { done = true; });
  EXPECT_TRUE(done);
}

}  // namespace
}  // namespace comity::http
