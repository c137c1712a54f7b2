#include "json/pointer.h"

#include <gtest/gtest.h>

namespace comity::json {

TEST(Pointer, GoesDownStepByStep) {
  EXPECT_EQ(pointer_to(pointer_to(pointer_to("", "clauses"), 2), "from"), "/clauses/2/from");
  EXPECT_EQ(pointer_to("", ""), "/");
}

TEST(Pointer, EscapesTildeAndSlashOnly) { EXPECT_EQ(pointer_to("/a", "m~n/o \"é"), "/a/m~0n~1o \"é"); }

}  // namespace comity::json
