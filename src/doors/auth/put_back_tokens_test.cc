// What was issued by a history that is lost is of another epoch (25-isolation G15): the centre does not know what that history took back.
#include "doors/auth/tokens.h"
#include "sequencer/put_back_fixture.h"

namespace comity::auth {
namespace {

class AfterARestore : public sequencer::PutBackTest {};

TEST_F(AfterARestore, ATokenOfBeforeHoldsNoMore) {
  sequencer::Author const feed = world.feed("iq/defence");
  Principal principal;
  principal.actor = feed.actor, principal.office = feed.office;
  auto const before = issue_token(world.centre(), principal);
  ASSERT_TRUE(before);
  ASSERT_TRUE(read_token(world.centre(), before->text, ""));
  keep();
  restore_all();
  start();
  Index const size = found()->size;
  ASSERT_TRUE(record({size, size, 1}).ruling.accepted());
  EXPECT_FALSE(read_token(world.centre(), before->text, ""));
  auto const after = issue_token(world.centre(), principal);
  ASSERT_TRUE(after);
  EXPECT_TRUE(read_token(world.centre(), after->text, ""));
}

}  // namespace
}  // namespace comity::auth
