#include "doors/http/router.h"

#include <gtest/gtest.h>

#include "release/egress.h"

namespace comity::http {
namespace {

Serve answering(int status) {
  return [status](Request&&, Match const& match, Done done) {
    done({status, {}, release::Egress::fixed(""), {}, match.note()});
  };
}

Router const& router() {
  static Router const table({
      {{Method::get}, "/taxii2/", "read", answering(200)},
      {{Method::get}, "/taxii2/{root}/", "read", answering(200)},
      {{Method::get}, "/taxii2/{root}/collections/{id}/objects/", "read", answering(200)},
      {{Method::post}, "/taxii2/{root}/collections/{id}/objects/", "contribute", answering(202)},
      {{Method::get}, "/api/v1/me", "read", answering(200)},
      {{Method::get}, "/api/v1/{any}/x", "read", answering(200)},
      {{Method::get}, "/", "", answering(200)},
  });
  return table;
}

TEST(Router, NamesParametersAndTheRoute) {
  auto const match = router().match(Method::post, "/taxii2/baghdad-centre/collections/c1/objects/");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->route->right, "contribute");
  EXPECT_EQ(match->route->pattern, "/taxii2/{root}/collections/{id}/objects/");
  EXPECT_EQ(match->param("root"), "baghdad-centre");
  EXPECT_EQ(match->param("id"), "c1");
  EXPECT_EQ(match->param("nothing"), "");
  EXPECT_TRUE(match->method_allowed);
  EXPECT_FALSE(match->missing_slash);
}

TEST(Router, UnknownPathsMatchNothing) {
  for (auto const* path : {"/nowhere", "/taxii2/a/b/", "/taxii2//", "/taxii2//collections/c/objects/",
                           "//taxii2/", "/api/v1/me/", "*", "", "/TAXII2/"}) {
    EXPECT_FALSE(router().match(Method::get, path)) << path;
  }
}

// TAXII R3; 25-isolation G4: decided from the pattern, whatever the name.
TEST(Router, MissingSlashIsSeenFromThePattern) {
  for (auto const* path : {"/taxii2", "/taxii2/exists", "/taxii2/does-not"}) {
    auto const match = router().match(Method::get, path);
    ASSERT_TRUE(match) << path;
    EXPECT_TRUE(match->missing_slash);
  }
  Request request;
  request.target = "/taxii2/a?limit=1";
  auto const reply = slash_redirect(request);
  EXPECT_EQ(reply.status, 308);
  EXPECT_EQ(reply.headers.find("Location"), "/taxii2/a/?limit=1");
}

TEST(Router, AnotherMethodIsToldApartFromAnotherPath) {
  auto const match = router().match(Method::delete_, "/taxii2/a/collections/c/objects/");
  ASSERT_TRUE(match);
  EXPECT_FALSE(match->method_allowed);
  EXPECT_EQ(match->allow.text(), "GET, HEAD, POST");
  EXPECT_FALSE(router().match(Method::other, "/taxii2/")->method_allowed);
}

TEST(Router, GetServesHead) { EXPECT_TRUE(router().match(Method::head, "/taxii2/")->method_allowed); }

TEST(Router, GoesBackFromALiteralThatLeadsNowhere) {
  EXPECT_EQ(router().match(Method::get, "/api/v1/me/x")->param("any"), "me");
  EXPECT_EQ(router().match(Method::get, "/api/v1/me")->route->pattern, "/api/v1/me");
  EXPECT_EQ(router().match(Method::get, "/")->route->pattern, "/");
}

TEST(Router, ServesOrAnswersTheFixed404) {
  std::vector<int> statuses;
  auto const done = [&](Reply&& reply) { statuses.push_back(reply.status); };
  for (auto const* path : {"/taxii2/", "/nowhere"}) {
    Request request;
    request.method = Method::get;
    request.path = path;
    router().serve(std::move(request), done);
  }
  EXPECT_EQ(statuses, (std::vector{200, 404}));
}

TEST(Router, TwoRoutesForOneRequestAreABug) {
  auto const twice = [] {
    Router const table({{{Method::get}, "/a/{x}", "", {}}, {{Method::get}, "/a/{y}", "", {}}});
  };
  EXPECT_DEATH(twice(), "meets");
}

}  // namespace
}  // namespace comity::http
