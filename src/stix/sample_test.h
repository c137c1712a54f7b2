// Objects to begin a test from, as JSON text, and a verdict on an object in a few words. For the tests of this room only;
// whatever is wrong with a sample throws and fails the test.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "json/json.h"
#include "stix/check.h"

namespace comity::stix {

inline std::string const indicator_id = "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f";
inline std::string const identity_id = "identity--f431f809-377b-45e0-aa1c-6a4751cae5ff";
inline std::string const malware_id = "malware--31b940d4-6f7f-459a-80ea-9c1f17b58abc";
inline std::string const statement_id = "marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168";
inline std::string const red_id = "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed";

// `common` of a versioned object and the members given, as JSON text.
inline std::string object_text(std::string const& type, std::string const& members,
                               std::string const& uuid = "8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f") {
  return R"({"type":")" + type + R"(","spec_version":"2.1","id":")" + type + "--" + uuid +
         R"(","created":"2016-04-06T20:03:48.000Z","modified":"2016-04-06T20:03:48.000Z")" +
         (members.empty() ? "" : ",") + members + "}";
}

inline std::string indicator_text(std::string const& members = "") {
  return object_text("indicator", R"("pattern":"[file:name = 'c']","pattern_type":"stix",)"
                                  R"("valid_from":"2016-04-06T20:03:48Z")" +
                                      (members.empty() ? "" : "," + members));
}

// `text` without the top-level member.
inline std::string without(std::string const& text, std::string_view member) {
  auto value = json::parse(text, text.size(), json::Numbers::any).value();
  value.get_object().erase(member);
  return json::write(value);
}

// The first finding as `code pointer`; "ok" if the object is accepted.
inline std::string verdict(std::string const& text) {
  auto const checked = check(text);
  if (checked) return "ok";
  return std::string(checked.error().front().code) + " " + checked.error().front().pointer;
}

// The first warning of an object that is accepted, in the same form.
inline std::string warning(std::string const& text) {
  auto const checked = check(text);
  if (!checked) return "refused";
  if (checked->warnings.empty()) return "none";
  return std::string(checked->warnings.front().code) + " " + checked->warnings.front().pointer;
}

}  // namespace comity::stix
