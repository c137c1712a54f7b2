#include "stix/values.h"

#include <gtest/gtest.h>

#include <string>

namespace comity::stix {
namespace {

void expect(std::string_view name, std::initializer_list<std::string_view> good,
            std::initializer_list<std::string_view> bad) {
  auto const* one = form(name);
  ASSERT_NE(one, nullptr) << name;
  for (auto const text : good) EXPECT_TRUE(one->holds(text)) << name << " " << text;
  for (auto const text : bad) EXPECT_FALSE(one->holds(text)) << name << " " << text;
}

TEST(Values, addresses) {
  expect("ipv4", {"198.51.100.3", "0.0.0.0", "10.0.0.0/8", "255.255.255.255/32"},
         {"", "foo", "999.1.1.1", "1.2.3", "1.2.3.4/", "1.2.3.4/33", "1.2.3.4/08", "01.2.3.4", " 1.2.3.4"});
  expect("ipv6",
         {"2001:0db8:85a3::8a2e:0370:7334", "::", "::1/128", "fe80::1%eth0", "::ffff:1.2.3.4",
          "fe80::1%eth0/64"},
         {"", "foo", "fe80::/129", "fe80::/00", "fe80::/", "1::2::3", "fe80::1%"});
  expect("mac", {"d2:fb:49:24:37:18"}, {"", "D2:FB:49:24:37:18", "d2-fb-49-24-37-18", "d2:fb:49:24:37"});
  expect("email-address", {"jdoe@example.com", "\"john doe\"@example.com", "ü@example.com"},
         {"", "jdoe", "@example.com", "jdoe@", "John Doe <jdoe@example.com>", "a b@example.com", "a@b@c"});
  expect("domain-name",
         {"example.com", "example.com.", "xn--bcher-kva.example", "bücher.example", "_dmarc.a"},
         {"", ".", "a..b", "-a.b", "a-.b", "a b", std::string_view("a/b")});
  expect("url", {"http://a/", "https://example.com/a?b=c#d", "urn:x:y", "http://bücher.example/"},
         {"", "foo", "//a", "http:", "http://a b/", "1http://a"});
}

TEST(Values, octets_in_letters) {
  expect("hex", {"ab", "00FF"}, {"", "a", "zz", "0x00"});
  expect("base64", {"dGVzdA==", "AAAA", "AAA="}, {"", "failing test", "AAA", "A===", "====", "dGVzdA="});
}

TEST(Values, names_of_lists_kept_elsewhere) {
  expect("media-type", {"application/zip", "text/html; charset=utf-8", "image/svg+xml"},
         {"", "zip", "application/", "foo/bar", "application/a b"});
  expect("language", {"en", "de-CH", "zh-Hant-TW", "en-US-x-twain", "fil", "x-mine", "es-419", "bbb"},
         {"", "e", "en-", "en_US", "toolonglanguage", "en--US", "x"});
  expect("character-set", {"UTF-8", "ISO-8859-1", "Shift_JIS"}, {"", "a", "a b"});
  expect("cpe",
         {"cpe:2.3:a:microsoft:word:2000:*:*:*:*:*:*:*", "cpe:2.3:o:linux:linux_kernel:-:*:*:*:*:*:*:*",
          "cpe:2.3:a:a\\:b:c\\/d:1.0:*:*:*:*:*:*:*"},
         {"", "cpe:/a:microsoft:word", "cpe:2.3:x:a:b:c:*:*:*:*:*:*:*", "cpe:2.3:a:a:b",
          "cpe:2.3:a:a b:b:1:*:*:*:*:*:*:*"});
  expect("registry-key", {"HKEY_LOCAL_MACHINE\\System\\Foo", "hkey_users"},
         {"HKLM\\system", "hkcu\\x", "HKU"});
  expect("relationship-type", {"uses", "related-to"}, {"", "Uses", "related_to"});
  EXPECT_EQ(form("nonsense"), nullptr);
}

TEST(Values, digests_have_the_length_of_their_algorithm) {
  EXPECT_TRUE(is_hash_value("MD5", std::string(32, 'a')));
  EXPECT_FALSE(is_hash_value("MD5", std::string(31, 'a')));
  EXPECT_FALSE(is_hash_value("SHA-256", std::string(64, 'g')));
  EXPECT_TRUE(is_hash_value("SHA-512", std::string(128, '0')));
  EXPECT_TRUE(is_hash_value(
      "SSDEEP",
      "96:s4Ud1Lj96tHHlZDrwciQmA+4uy1I0G4HYuL8N3TzS8QsO/wqWXLcMSx:sF1LjEtHHlZDrJzrhuyZvHYm8tKp/RWO"));
  EXPECT_TRUE(is_hash_value("whirlpool", "x"));
  EXPECT_FALSE(is_hash_value("whirlpool", ""));
  EXPECT_FALSE(is_hash_name("MD"));
  EXPECT_FALSE(is_hash_name("a b c"));
}

TEST(Values, ids_of_cve_and_capec) {
  EXPECT_TRUE(is_cve_id("CVE-2016-0001"));
  EXPECT_TRUE(is_cve_id("CVE-2016-123456"));
  for (auto const* text :
       {"CVE-2016-1", "CVE-16-0001", "cve-2016-0001", "CVE-2016-01234", "CVE-2016-", "CVE-2016-00a1"})
    EXPECT_FALSE(is_cve_id(text)) << text;
  EXPECT_TRUE(is_capec_id("CAPEC-163"));
  EXPECT_FALSE(is_capec_id("CAPEC-"));
  EXPECT_FALSE(is_capec_id("CAPEC-x"));
}

}  // namespace
}  // namespace comity::stix
