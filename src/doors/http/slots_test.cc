#include "doors/http/slots.h"

#include <gtest/gtest.h>

namespace comity::http {
namespace {

TEST(Slots, AreGivenBack) {
  auto const slots = std::make_shared<Slots>(Slots::Limits{.in_all = 2, .per_address = 1});
  auto first = slots->take("192.0.2.1");
  ASSERT_TRUE(first);
  EXPECT_FALSE(slots->take("192.0.2.1")) << "one for each address";
  EXPECT_TRUE(slots->take("192.0.2.2")) << "and given back at once";
  auto const second = slots->take("192.0.2.2");
  EXPECT_FALSE(slots->take("192.0.2.3")) << "two in all";
  EXPECT_EQ(slots->taken(), 2u);
  first.reset();
  EXPECT_TRUE(slots->take("192.0.2.1"));
}

TEST(Slots, OneHostIsOneIpv6Network) {
  auto const slots = std::make_shared<Slots>(Slots::Limits{.in_all = 9, .per_address = 1});
  auto const first = slots->take("2001:db8:0:1::1");
  EXPECT_FALSE(slots->take("2001:db8:0:1:ffff::2"));
  EXPECT_TRUE(slots->take("2001:db8:0:2::1"));
  auto const mapped = slots->take("::ffff:192.0.2.1");
  EXPECT_TRUE(slots->take("::ffff:192.0.2.2"));
}

}  // namespace
}  // namespace comity::http
