#include "stix/envelope.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "stix/order.h"

namespace comity::stix {
namespace {

TEST(Envelope, objects_come_as_they_were_written) {
  auto const envelope = read_envelope(R"({"more":false, "objects":[ {"a" : 1.0} ,{"b":2}], "x_vendor":1})");
  ASSERT_TRUE(envelope.has_value());
  EXPECT_EQ(envelope->objects, (std::vector<BytesView>{R"({"a" : 1.0})", R"({"b":2})"}));
  EXPECT_TRUE(envelope->to_offices.empty());
  EXPECT_EQ(envelope->purpose, Purpose::contribute);
}

TEST(Envelope, a_bundle_will_do_and_so_will_nothing) {
  EXPECT_EQ(read_envelope(R"({"type":"bundle","id":"bundle--1","objects":[{}]})").value().objects.size(), 1u);
  EXPECT_TRUE(read_envelope("{}").value().objects.empty());
}

TEST(Envelope, the_members_of_the_centre_are_read) {
  auto const envelope = read_envelope(
      R"({"x_comity_to_offices":["ru/mfa","iq/defence","ru/mfa"],"x_comity_preview":true,"objects":[]})");
  ASSERT_TRUE(envelope.has_value());
  EXPECT_EQ(envelope->to_offices, (std::vector<std::string>{"iq/defence", "ru/mfa"}));
  EXPECT_EQ(read_envelope(R"({"to_offices":["ru/mfa"]})").value().to_offices,
            (std::vector<std::string>{"ru/mfa"}));
  EXPECT_EQ(envelope->purpose, Purpose::preview);
  EXPECT_EQ(read_envelope(R"({"x_comity_preview":false})").value().purpose, Purpose::contribute);
}

std::string refused_at(std::string const& body) {
  auto const envelope = read_envelope(body);
  return envelope ? "not refused" : envelope.error().pointer;
}

TEST(Envelope, a_mistyped_member_of_the_centre_contributes_nothing) {  // C10
  EXPECT_EQ(refused_at(R"({"objects":[{}],"x_comity_previev":true})"), "/x_comity_previev");
  EXPECT_EQ(refused_at(R"({"objects":[{}],"x_comity_preview":"true"})"), "/x_comity_preview");
  EXPECT_EQ(refused_at(R"({"objects":[{}],"x_comity\u005fnew":1})"), "/x_comity_new");
}

TEST(Envelope, addressees_are_offices) {
  EXPECT_EQ(refused_at(R"({"x_comity_to_offices":"ru/mfa"})"), "/x_comity_to_offices");
  EXPECT_EQ(refused_at(R"({"to_offices":"ru/mfa"})"), "/to_offices");
  EXPECT_EQ(refused_at(R"({"to_offices":["ru/mfa"],"x_comity_to_offices":["ru/mfa"]})"),
            "/x_comity_to_offices");
  EXPECT_EQ(refused_at(R"({"x_comity_to_offices":["ru/mfa","ru"]})"), "/x_comity_to_offices/1");
  EXPECT_EQ(refused_at(R"({"x_comity_to_offices":[7]})"), "/x_comity_to_offices/0");
  std::string many = "\"ru/mfa\"";
  for (size_t i = 0; i < limits::to_offices; ++i) many += ",\"ru/mfa\"";
  EXPECT_EQ(refused_at(R"({"x_comity_to_offices":[)" + many + "]}"), "/x_comity_to_offices");
}

TEST(Envelope, the_whole_body_is_validated_first) {  // C4
  EXPECT_FALSE(read_envelope(R"({"objects":[{"a":1,"a":2}]})").has_value());
  EXPECT_FALSE(read_envelope(R"({"objects":[],"objects":[]})").has_value());
  EXPECT_FALSE(read_envelope(R"({"objects":[]} x)").has_value());
  EXPECT_FALSE(read_envelope(R"({"objects":{}})").has_value());
  EXPECT_FALSE(read_envelope("[]").has_value());
}

// Objects written as `id>reference,reference`, named by single letters.
std::string order_of(std::vector<std::string> const& texts) {
  std::vector<std::vector<model::Reference>> references;
  for (auto const& text : texts) {
    references.emplace_back();
    for (char const c : text.substr(2)) references.back().push_back({std::string(1, c), {}, ""});
  }
  std::vector<Posted> posted;
  for (size_t i = 0; i < texts.size(); ++i)
    posted.push_back({std::string_view(texts[i]).substr(0, 1), references[i]});
  std::string order;
  for (auto const i : contribution_order(posted)) order += (order.empty() ? "" : " ") + std::to_string(i);
  return order;
}

TEST(Order, nothing_moves_without_a_reason) {
  EXPECT_EQ(order_of({"a>", "b>a", "c>ab", "d>x"}), "0 1 2 3");
  EXPECT_EQ(order_of({}), "");
}

TEST(Order, what_is_referred_to_comes_first) { EXPECT_EQ(order_of({"a>c", "b>", "c>d", "d>"}), "3 2 0 1"); }

TEST(Order, a_circle_is_broken_where_it_was_posted_first) {
  EXPECT_EQ(order_of({"a>b", "b>c", "c>a"}), "2 1 0");
  EXPECT_EQ(order_of({"a>a"}), "0");
}

TEST(Order, versions_of_one_id_stay_together_in_their_order) {
  EXPECT_EQ(order_of({"b>a", "a>", "c>", "a>"}), "1 3 0 2");
}

TEST(Order, a_chain_as_long_as_an_envelope_needs_no_deep_stack) {
  size_t const length = limits::envelope_objects;
  std::vector<std::string> ids;
  for (size_t i = 0; i < length; ++i) ids.push_back(std::to_string(i));
  std::vector<std::vector<model::Reference>> references(length);
  for (size_t i = 0; i + 1 < length; ++i) references[i].push_back({ids[i + 1], {}, ""});
  std::vector<Posted> posted;
  for (size_t i = 0; i < length; ++i) posted.push_back({ids[i], references[i]});
  auto const order = contribution_order(posted);
  ASSERT_EQ(order.size(), length);
  EXPECT_EQ(order.front(), length - 1);
  EXPECT_EQ(order.back(), 0u);
}

}  // namespace
}  // namespace comity::stix
