// For tests: whole agreements from tests/vectors/agreements, and small changes to them.
//
// A change is one member set or taken out, so that a row of a table says "this, and then that is told". Numbers with a
// point keep their value but not their digits: json::write makes 1 of 1.0. A pointer that is wrong, or a file that is not
// there, fails the test or throws. For tests only, one thread.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include "forms/agreement.h"
#include "json/json.h"

namespace comity::forms {

// A file of tests/vectors/agreements; tests run at the root of the project.
inline std::string sample(std::string const& name) {
  std::ifstream file("tests/vectors/agreements/" + name + ".json");
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty()) << "start the tests at the root of the project";
  return text.str();
}

inline json::Value parsed(std::string_view text) {
  auto value = json::parse(text, limits::request_body_bytes, json::Numbers::any);
  EXPECT_TRUE(value.has_value()) << text;
  return value.value_or(json::Value());
}

// The sample with the member at `pointer` set to `value` (JSON), or taken out. `~` in the last step stands for itself.
inline std::string changed(std::string const& name, std::string_view pointer,
                           std::optional<std::string_view> value) {
  json::Value agreement = parsed(sample(name));
  size_t const at = pointer.rfind('/');
  json::Value& container = agreement.at_pointer(pointer.substr(0, at));
  std::string_view const last = pointer.substr(at + 1);
  if (auto* array = container.if_array()) {
    size_t const index = std::stoul(std::string(last));
    if (index == array->size()) array->emplace_back(nullptr);
    array->at(index) = parsed(value.value());
  } else if (value) {
    container.as_object()[last] = parsed(*value);
  } else {
    container.as_object().erase(last);
  }
  return json::write(agreement);
}

// One problem a line: pointer, colon, reason. Empty if the text compiles.
inline std::string problems_of(std::string_view source) {
  auto const result = compile(source);
  std::string lines;
  if (!result)
    for (Problem const& problem : result.error()) lines += problem.pointer + ": " + problem.reason + "\n";
  return lines;
}

}  // namespace comity::forms
