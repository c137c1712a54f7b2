// TAXII 2.1 as a client meets it, over a real socket (R1 to R44 of 30-exchange).
#include <thread>

#include "doors/taxii/taxii_fixture.h"

namespace comity::taxii {
namespace {

using http::Method;
using tests::indicator_object;
using tests::numbered_id;

class Taxii : public TaxiiTest {};

TEST_F(Taxii, DiscoveryNamesTheRootsOfTheAsker) {  // R10
  auto const party = get("iq/defence", "/taxii2/");
  EXPECT_EQ(party.status, 200);
  EXPECT_EQ(field(party, "Content-Type"), taxii_media);
  EXPECT_EQ(at(parsed(party), "/api_roots"), R"(["/taxii2/all/","/taxii2/ru.exchange/"])");
  EXPECT_EQ(at(parsed(party), "/default"), R"("/taxii2/all/")");
  EXPECT_EQ(at(parsed(get("il/staff", "/taxii2/")), "/api_roots"), R"(["/taxii2/all/"])");
  EXPECT_EQ(get("iq/defence", "/taxii2").status, 200)
      << "a client that leaves the slash out is served";  // R3
}

TEST_F(Taxii, ARootSaysWhatItTakes) {  // R11
  auto const body = parsed(get("iq/defence", root));
  EXPECT_EQ(at(body, "/title"), R"("Title of ru.exchange")");
  EXPECT_EQ(at(body, "/versions"), R"(["application/taxii+json;version=2.1"])");
  EXPECT_EQ(at(body, "/max_content_length"), std::to_string(limits::request_body_bytes));
  EXPECT_EQ(at(parsed(get("iq/defence", "/taxii2/all/")), "/max_content_length"),
            std::to_string(limits::request_body_bytes))
      << "one for all roots";
}

TEST_F(Taxii, CollectionsAreThoseOfTheAsker) {  // R13, R14
  auto const list = parsed(get("iq/defence", root + "collections/"));
  std::vector<std::string> aliases, sorted_ids;
  for (json::Value const& one : list.at("collections").as_array()) {
    aliases.emplace_back(one.at("alias").as_string());
    sorted_ids.emplace_back(one.at("id").as_string());
    EXPECT_EQ(one.at("can_write").as_bool(), aliases.back() == "contributed");
    EXPECT_TRUE(one.at("can_read").as_bool());
    auto const alone = get("iq/defence", root + "collections/" + sorted_ids.back() + "/");
    EXPECT_EQ(parsed(alone), one) << "by id";
    EXPECT_EQ(get("iq/defence", root + "collections/" + aliases.back() + "/").body, alone.body) << "by alias";
  }
  EXPECT_TRUE(std::ranges::is_sorted(sorted_ids));
  std::ranges::sort(aliases);
  EXPECT_EQ(aliases, (std::vector<std::string>{"contributed", "from-ru", "received", "reference"}));
  auto const ids_of = [&](std::string const& office) {
    return at(parsed(get(office, root + "collections/received/")), "/id");
  };
  EXPECT_NE(ids_of("iq/defence"), ids_of("ru/staff")) << "an id says nothing to another office";
}

TEST_F(Taxii, WhatIsPostedArrivesByteForByteAndNowhereElse) {
  Bytes const odd = "{ \"type\" : \"indicator\",\n\"spec_version\":\"2.1\", \"id\":\"" +
                    numbered_id("indicator", 1) +
                    "\",\"created\":\"2025-06-01T10:00:00Z\",\"modified\":\"2025-06-01T10:00:00Z\","
                    "\"pattern\":\"[file:name = 'canary-\\u0063']\",\"pattern_type\":\"stix\","
                    "\"valid_from\":\"2025-06-01T10:00:00Z\",\"x_number\":1.50e1 }";
  auto const posted = post("ru/staff", envelope({odd, indicator_object(2)}));
  EXPECT_EQ(posted.status, 202);
  EXPECT_EQ(at(parsed(posted), "/success_count"), "2");

  auto const got = get("iq/defence", received + "objects/");
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.body, "{\"more\":false,\"objects\":[" + odd + "," + indicator_object(2) + "]}");
  EXPECT_EQ(get("iq/defence", root + "collections/from-ru/objects/").body, got.body);
  EXPECT_EQ(get("iq/defence", "/taxii2/all/collections/received/objects/").body, got.body);
  EXPECT_EQ(get("ru/staff", contributed + "objects/").body, got.body) << "the originator has its own, whole";
  EXPECT_EQ(get("ru/staff", received + "objects/").body, "{}") << "and is released nothing";  // R16

  for (char const* path :
       {"/taxii2/", "/taxii2/all/", "/taxii2/all/collections/", "/taxii2/all/collections/received/",
        "/taxii2/all/collections/received/objects/", "/taxii2/all/collections/received/manifest/"})
    EXPECT_EQ(get("il/staff", path).body.find("canary"), Bytes::npos) << path;
  EXPECT_EQ(get("il/staff", "/taxii2/all/collections/received/objects/").body, "{}");
}

TEST_F(Taxii, AbsentAndHiddenAreTheSame404) {  // 25-isolation C1
  auto const posted = post("ru/staff", envelope({indicator_object(1)}));
  std::string const status_id(parsed(posted).at("id").as_string());
  std::string const collection(parsed(get("iq/defence", contributed)).at("id").as_string());
  auto const nonsense = get("il/staff", "/taxii2/no.such/");
  EXPECT_EQ(nonsense.status, 404);
  std::string const unknown = numbered_id("indicator", 404);
  for (std::string const& path :
       {root, root + "collections/", received, received + "objects/", received + "manifest/",
        root + "collections/" + collection + "/", root + "status/" + status_id + "/",
        received + "objects/" + numbered_id("indicator", 1) + "/",
        std::string("/taxii2/all/collections/contributed/"),
        "/taxii2/all/collections/received/objects/" + numbered_id("indicator", 1) + "/",
        "/taxii2/all/collections/received/objects/" + unknown + "/versions/",
        "/taxii2/all/status/" + status_id + "/"}) {
    auto const answer = get("il/staff", path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(answer.body, nonsense.body) << path;
    EXPECT_EQ(answer.headers.size(), nonsense.headers.size()) << path;
  }
  EXPECT_EQ(get("iq/defence", root + "status/" + status_id + "/").status, 404) << "a status is its sender's";
  EXPECT_EQ(get("ru/staff", root + "status/" + status_id + "/").status, 200);
}

TEST_F(Taxii, RefusalsComeInOneOrder) {  // 25-isolation G4
  world_.client("ru/staff", "reader", model::right::read);
  std::string const hidden = "/taxii2/il.secret/collections/contributed/objects/";
  Asked bad{.method = Method::post,
            .path = hidden,
            .body = "{",
            .accept = "text/html",
            .content_type = "text/plain"};
  auto const as = [&](std::string const& user, Asked asked) {
    asked.more.add("Authorization", "Basic " + crypto::to_base64(user + ":" + tests::password));
    return ask("", asked).status;
  };
  EXPECT_EQ(ask("", bad).status, 401);
  EXPECT_FALSE(field(ask("", bad), "WWW-Authenticate").empty());
  EXPECT_EQ(as("ru/staff/reader", bad), 403) << "the right that the route asks for, before the path";
  EXPECT_EQ(as("ru/staff/feed", bad), 404);
  bad.path = contributed + "objects/";
  bad.method = Method::put;
  EXPECT_EQ(as("ru/staff/feed", bad), 405);
  bad.method = Method::post;
  EXPECT_EQ(as("ru/staff/feed", bad), 406);
  bad.accept = "*/*";
  EXPECT_EQ(as("ru/staff/feed", bad), 415);
  bad.content_type = "application/taxii+json";
  EXPECT_EQ(as("ru/staff/feed", bad), 422);
  bad.body = envelope({indicator_object(1)});
  EXPECT_EQ(as("ru/staff/feed", bad), 202);
  bad.path = received + "objects/";
  EXPECT_EQ(as("ru/staff/feed", bad), 403) << "nobody posts to what was received";
  EXPECT_EQ(field(ask("ru/staff", {.method = Method::put, .path = contributed + "objects/"}), "Allow"),
            "GET, HEAD, POST");
}

TEST_F(Taxii, EveryUsualAcceptIsServed) {  // R4
  for (char const* accept :
       {"application/taxii+json", "application/taxii+json;version=2.1", "application/taxii+json; version=2.1",
        "*/*", "application/taxii+json;version=2.1,application/stix+json;version=2.1", "text/html, */*;q=0.1",
        ""})
    EXPECT_EQ(ask("iq/defence", {.path = received + "manifest/", .accept = accept}).status, 200) << accept;
  for (char const* accept :
       {"text/html", "application/taxii+json;version=2.0", "application/taxii+json;q=0"}) {
    auto const answer = ask("iq/defence", {.path = received + "manifest/", .accept = accept});
    EXPECT_EQ(answer.status, 406) << accept;
    EXPECT_EQ(field(answer, "Content-Type"), taxii_media) << "errors too";
    EXPECT_EQ(at(parsed(answer), "/http_status"), "\"406\"");
  }
}

TEST_F(Taxii, MalformedParametersAre400) {  // R33, R34, R35, R32
  for (char const* query :
       {"limit=0", "limit=-1", "limit=x", "limit=", "limit=1&limit=2", "added_after=yesterday", "next=abc",
        "next=", "match[type]=a&match[type]=b", "match%5Bid%5D=a&match[id]=b", "match[version]=all,last",
        "match[version]=last,last", "match[version]=2025", "match[type]=", "match[id]=a,"})
    EXPECT_EQ(get("iq/defence", received + "objects/?" + query).status, 400) << query;
  for (char const* query :
       {"limit=99999999999999999999", "match[unknown]=x", "unknown=1", "match[type]=course-of-action",
        "match[version]=first,last,2025-06-01T10:00:00Z", "added_after=2025-06-01T10:00:00Z"})
    EXPECT_EQ(get("iq/defence", received + "objects/?" + query).status, 200) << query;
}

TEST_F(Taxii, VersionsAreChosenInTheCollection) {  // R35, R36, R20
  std::string const v1 = "2025-06-01T10:00:00.000Z", v2 = "2025-07-01T10:00:00.000Z",
                    v3 = "2025-08-01T10:00:00Z";
  for (std::string const& version : {v2, v1, v3})
    world_.contribute("ru/staff", "ru.exchange", indicator_object(1, "", version));
  auto const versions_of = [&](std::string const& query) {
    std::string all;
    json::Value const body = parsed(get("iq/defence", received + "manifest/" + query));
    if (auto const* list = body.as_object().if_contains("objects"))
      for (json::Value const& one : list->as_array()) all += std::string(one.at("version").as_string()) + " ";
    return all;
  };
  EXPECT_EQ(versions_of(""), v3 + " ");
  EXPECT_EQ(versions_of("?match[version]=first"), v1 + " ");
  EXPECT_EQ(versions_of("?match[version]=all"), v2 + " " + v1 + " " + v3 + " ");
  EXPECT_EQ(versions_of("?match[version]=2025-07-01T10:00:00Z"), v2 + " ") << "times compare by value";
  EXPECT_EQ(versions_of("?match[version]=first,2025-07-01T10:00:00Z"), v2 + " " + v1 + " ");
  EXPECT_EQ(versions_of("?match[version]=all&match[type]=malware"), "");
  EXPECT_EQ(versions_of("?match[spec_version]=2.0"), "");
  std::string const object = received + "objects/" + numbered_id("indicator", 1) + "/";
  auto const list = get("iq/defence", object + "versions/");
  EXPECT_EQ(list.body, "{\"more\":false,\"versions\":[\"" + v2 + "\",\"" + v1 + "\",\"" + v3 + "\"]}");
  EXPECT_FALSE(field(list, "X-TAXII-Date-Added-First").empty());
  EXPECT_EQ(get("iq/defence", object + "?match[version]=1999-01-01T00:00:00Z").body, "{}");  // R18
  EXPECT_EQ(get("iq/defence", object + "?limit=0").status, 400);
  EXPECT_EQ(get("iq/defence", received + "objects/" + numbered_id("indicator", 9) + "/?limit=0").status, 404);
}

// Both ways of paging: the pages joined are the whole, nothing twice, also while others post.
TEST_F(Taxii, PagesAreExactWhileOthersPost) {  // R31
  constexpr int all = 60;
  std::thread writer([&] {
    for (int i = 0; i < all; i += 3) {
      world_.contribute_all("ru/staff", "ru.exchange",
                            {indicator_object(i), indicator_object(i + 1), indicator_object(i + 2)});
      if (i % 2 == 0) world_.advance(microseconds(1));
    }
  });
  std::vector<std::string> by_date, by_next;
  std::string after, next;
  while (by_date.size() < all) {
    auto const page =
        get("iq/defence", received + "objects/?limit=7" + (after.empty() ? "" : "&added_after=" + after));
    for (std::string& id : ids(page)) by_date.push_back(std::move(id));
    if (!field(page, "X-TAXII-Date-Added-Last").empty()) after = field(page, "X-TAXII-Date-Added-Last");
  }
  writer.join();
  do {
    auto const page =
        get("iq/defence", received + "objects/?limit=7" + (next.empty() ? "" : "&next=" + next));
    EXPECT_LE(ids(page).size(), 7U);
    for (std::string& id : ids(page)) by_next.push_back(std::move(id));
    json::Value const body = parsed(page);
    next = body.at("more").as_bool() ? std::string(body.at("next").as_string()) : "";
  } while (!next.empty());
  EXPECT_EQ(by_date, ids(get("iq/defence", received + "objects/?limit=1000")));
  EXPECT_EQ(by_next, by_date);
}

TEST_F(Taxii, ATokenIsGoodForItsQueryAndOfficeOnly) {  // R32
  for (int i = 0; i < 3; ++i) world_.contribute("ru/staff", "ru.exchange", indicator_object(i));
  std::string const next(parsed(get("iq/defence", received + "objects/?limit=1")).at("next").as_string());
  EXPECT_EQ(get("iq/defence", received + "objects/?limit=2&next=" + next).status, 200)
      << "the limit may change";
  EXPECT_EQ(get("iq/defence", received + "objects/?limit=1&match[type]=indicator&next=" + next).status, 400);
  EXPECT_EQ(get("ru/staff", received + "objects/?limit=1&next=" + next).status, 400);
  EXPECT_EQ(get("iq/defence", received + "manifest/?limit=1&next=" + next).status, 200)
      << "the same feed and query";
}

TEST_F(Taxii, DatesAreThoseOfThePage) {  // R7, R21, R30
  world_.contribute_all("ru/staff", "ru.exchange", {indicator_object(1), indicator_object(2)});
  auto const page = get("iq/defence", received + "manifest/");
  json::Value const body = parsed(page);
  json::Array const& objects = body.at("objects").as_array();
  EXPECT_EQ(field(page, "X-TAXII-Date-Added-First"),
            std::string_view(objects.front().at("date_added").as_string()));
  EXPECT_EQ(field(page, "X-TAXII-Date-Added-Last"),
            std::string_view(objects.back().at("date_added").as_string()));
  EXPECT_TRUE(parse_time(field(page, "X-TAXII-Date-Added-First"))) << "microseconds and Z";
  EXPECT_FALSE(get("ru/staff", received + "manifest/").headers.has("X-TAXII-Date-Added-First"));
}

}  // namespace
}  // namespace comity::taxii
