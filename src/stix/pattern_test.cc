#include "stix/pattern.h"

#include <gtest/gtest.h>

#include <string>

#include "base/limits.h"

namespace comity::stix {
namespace {

bool is_pattern(std::string_view text) { return read_pattern(text).has_value(); }

// `byte what`; "ok" for a pattern.
std::string fault(std::string_view text) {
  auto const read = read_pattern(text);
  return read ? "ok" : std::to_string(read.error().at) + " " + read.error().detail;
}

TEST(Pattern, examples_of_the_standard) {
  for (auto const* text : {
           "[ipv4-addr:value = '198.51.100.1']",
           "[file:hashes.'SHA-256' = 'aec070645fe53ee3b3763059376134f058cc337247c978add178b6ccdfb0019f']",
           "[email-message:from_ref.value MATCHES '.+\\\\@example\\\\.com$' AND "
           "email-message:body_multipart[*].body_raw_ref.name MATCHES '^Final Report.+\\\\.exe$']",
           "[user-account:account_type = 'unix' AND user-account:user_id = '1007' AND "
           "user-account:account_login "
           "= 'Peter'] AND [user-account:display_name = 'x']",
           "[artifact:mime_type = 'application/vnd.tcpdump.pcap' AND artifact:payload_bin MATCHES "
           "'\\\\xd4\\\\xc3\\\\xb2\\\\xa1\\\\x02\\\\x00\\\\x04\\\\x00']",
           "[file:name = 'foo.dll' AND file:parent_directory_ref.path = 'C:\\\\Windows']",
           "[file:extensions.'windows-pebinary-ext'.sections[*].entropy > 7.0]",
           "[file:mime_type = 'image/bmp' AND file:magic_number_hex = h'ffd8']",
           "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value ISSUBSET "
           "'203.0.113.33/32']",
           "([file:name = 'a'] AND [file:name = 'b']) OR [file:name = 'c'] REPEATS 5 TIMES WITHIN 1800 "
           "SECONDS",
           "[process:command_line MATCHES 'a'] FOLLOWEDBY [process:name IN ('a', 'b', 'c')] WITHIN 300.5 "
           "SECONDS",
           "[url:value = 'a'] START t'2016-06-01T00:00:00Z' STOP t'2016-07-01T00:00:00.5Z'",
           "[windows-registry-key:values[0].data NOT LIKE '%a_' OR NOT EXISTS windows-registry-key:key]",
           "[x-usb-device:usbdrive.serial_number = '575833314133343231313937']",
           "[artifact:payload_bin = b'dGVzdA==' AND artifact:created < t'2016-01-01T00:00:00Z']",
           "[file:size>=-1 AND file:size<>+5 AND file:size!=.5 AND file:size==true]",
           "[file:name IN ()]",
           "[a-b-c:'a key' = 'it\\'s' /* a comment */] // and one more",
       })
    EXPECT_EQ(fault(text), "ok") << text;
}

TEST(Pattern, white_space_is_that_of_unicode) {
  EXPECT_TRUE(is_pattern("\u00a0[\u3000file:name\t=\n'a' ]\u2028"));
}

TEST(Pattern, a_fault_is_told_with_its_place) {
  EXPECT_EQ(fault(""), "0 expected `[` or `(`");
  EXPECT_EQ(fault("[file:name = 'a'"), "16 expected AND, OR or `]`");
  EXPECT_EQ(fault("[file:name = a]"), "13 expected a value; texts stand in single quotes");
  EXPECT_EQ(fault("[file:name = \"a\"]"), "13 a character that has no place in a pattern");
  EXPECT_EQ(fault("[file:hashes.\"MD5\" = 'a']"), "13 a character that has no place in a pattern");
  EXPECT_EQ(fault("[file:name ~ 'a']"), "11 a character that has no place in a pattern");
  EXPECT_EQ(fault("[file:name = 'a' 'b']"), "17 expected AND, OR or `]`");
  EXPECT_EQ(fault("[file:name = 'a]"), "13 a quote that is not closed");
  EXPECT_EQ(fault("[file:name = 'a\\b']"), "13 a backslash in a text stands before a quote or a backslash");
  EXPECT_EQ(fault("[file = 'a']"), "6 expected `:`");
  EXPECT_EQ(fault("[f:name = 'a']"), "1 a type of objects has 3 to 250 of a-z, 0-9 and single hyphens");
  EXPECT_EQ(fault("[file:n = 'a']"), "6 a property's name is 3 to 250 of a-z, 0-9 and _");
  EXPECT_EQ(fault("[file:name-x = 'a']"),
            "6 expected a property; a name with a hyphen stands in single quotes");
  EXPECT_EQ(fault("[file:name = 'a'] nonsense"),
            "18 expected the end of the pattern, or AND, OR, FOLLOWEDBY or a qualifier");
  EXPECT_EQ(fault("[NOT file:name = 'a']"), "5 expected EXISTS");
}

TEST(Pattern, literals) {
  EXPECT_FALSE(is_pattern("[file:size = 01]"));
  EXPECT_FALSE(is_pattern("[file:size = -]"));
  EXPECT_FALSE(is_pattern("[file:size = 1.]"));
  EXPECT_FALSE(is_pattern("[file:size = h'abc']"));
  EXPECT_FALSE(is_pattern("[file:size = b'abc']"));
  EXPECT_FALSE(is_pattern("[file:size > true]"));
  EXPECT_FALSE(is_pattern("[file:name LIKE 5]"));
  EXPECT_FALSE(is_pattern("[file:created = t'2016-13-01T00:00:00Z']"));
  EXPECT_FALSE(is_pattern("[file:created = t'2016-02-30T00:00:00Z']"));
}

TEST(Pattern, qualifiers_mean_something) {
  EXPECT_EQ(fault("[url:value = 'a'] START t'2016-07-01T00:00:00Z' STOP t'2016-06-01T00:00:00Z'"),
            "53 STOP is after START");
  EXPECT_EQ(fault("[url:value = 'a'] WITHIN 0 SECONDS"), "25 a window is longer than nothing");
  EXPECT_EQ(fault("[url:value = 'a'] REPEATS 0 TIMES"), "26 a repetition happens at least once");
  EXPECT_FALSE(is_pattern("[url:value = 'a'] REPEATS 1.5 TIMES"));
  EXPECT_FALSE(is_pattern("[url:value = 'a'] WITHIN -5 SECONDS"));
  EXPECT_FALSE(is_pattern("[url:value = 'a'] START '2016-06-01T00:00:00Z' STOP '2016-07-01T00:00:00Z'"))
      << "the form of STIX 2.0";
}

TEST(Pattern, an_and_of_different_objects_never_matches) {
  EXPECT_TRUE(read_pattern("[file:name = 'a' AND url:value = 'b']")->never_matches);
  EXPECT_TRUE(read_pattern("[(file:name = 'a' OR file:size = 1) AND (url:value = 'b')]")->never_matches);
  EXPECT_FALSE(read_pattern("[file:name = 'a' OR url:value = 'b']")->never_matches);
  EXPECT_FALSE(read_pattern("[file:name = 'a'] AND [url:value = 'b']")->never_matches);
  EXPECT_FALSE(read_pattern("[(file:name = 'a' OR url:value = 'c') AND url:value = 'b']")->never_matches);
}

TEST(Pattern, parentheses_have_a_limit_and_length_has_none) {
  auto const nested = [](size_t depth) {
    return "[" + std::string(depth, '(') + "file:name = 'a'" + std::string(depth, ')') + "]";
  };
  EXPECT_TRUE(is_pattern(nested(limits::pattern_depth)));
  EXPECT_FALSE(is_pattern(nested(limits::pattern_depth + 1)));
  std::string many = "[file:name = 'a'";
  for (int i = 0; i < 20'000; ++i) many += " OR file:name = 'a'";
  EXPECT_TRUE(is_pattern(many + "]"));
}

}  // namespace
}  // namespace comity::stix
