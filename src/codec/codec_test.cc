// The golden bytes of the canonical encoding. Stored journals depend on every line here: a changed expectation is a new
// format number, never a correction.
#include "codec/codec.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/seam.h"

namespace comity::codec {
namespace {

enum class Colour : uint8_t { red = 1, green = 2 };
enum class Wide { small = 1, large = 300 };

struct Point {
  int32_t x = 0;
  uint16_t y = 0;
  auto fields(this auto& self) { return std::tie(self.x, self.y); }
  bool operator==(Point const&) const = default;
};

struct Everything {
  bool flag = false;
  uint64_t count = 0;
  int64_t change = 0;
  Colour colour = Colour::red;
  ItemKey item;
  UtcTime time;
  Digest digest;
  std::string text;
  std::vector<Point> points;
  std::set<uint32_t> set;
  std::map<std::string, int64_t> map;
  std::optional<std::string> maybe;
  std::pair<uint8_t, Duration> pair;
  auto fields(this auto& self) {
    return std::tie(self.flag, self.count, self.change, self.colour, self.item, self.time, self.digest,
                    self.text, self.points, self.set, self.map, self.maybe, self.pair);
  }
  bool operator==(Everything const&) const = default;
};

struct Nest {
  std::vector<Nest> inner;
  auto fields(this auto& self) { return std::tie(self.inner); }
};

Bytes from_digits(std::string_view digits) {
  Bytes bytes;
  auto const value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  for (size_t i = 0; i < digits.size(); i += 2)
    bytes += static_cast<char>(value(digits[i]) << 4 | value(digits[i + 1]));
  return bytes;
}

// The value has these bytes, and these bytes are read as the value.
template <class T>
void golden(T const& value, std::string_view digits) {
  EXPECT_EQ(to_hex(encode(value)), digits);
  auto const read = decode<T>(from_digits(digits));
  ASSERT_TRUE(read) << digits;
  EXPECT_TRUE(*read == value) << digits;
}

template <class T>
void refused(std::string_view digits) {
  auto const read = decode<T>(from_digits(digits));
  ASSERT_FALSE(read) << digits;
  EXPECT_EQ(read.error().code, ErrorCode::corrupt);
}

TEST(Golden, unsigned_integers) {
  golden<uint64_t>(0, "00");
  golden<uint64_t>(1, "01");
  golden<uint64_t>(127, "7f");
  golden<uint64_t>(128, "8001");
  golden<uint64_t>(300, "ac02");
  golden<uint64_t>(16'383, "ff7f");
  golden<uint64_t>(16'384, "808001");
  golden<uint32_t>(0xffffffff, "ffffffff0f");
  golden<uint64_t>(std::numeric_limits<uint64_t>::max(), "ffffffffffffffffff01");
}

TEST(Golden, signed_integers) {
  golden<int64_t>(0, "00");
  golden<int64_t>(-1, "01");
  golden<int64_t>(1, "02");
  golden<int64_t>(-64, "7f");
  golden<int64_t>(64, "8001");
  golden<int64_t>(std::numeric_limits<int64_t>::max(), "feffffffffffffffff01");
  golden<int64_t>(std::numeric_limits<int64_t>::min(), "ffffffffffffffffff01");
  golden<int8_t>(-128, "ff01");
}

TEST(Golden, bool_enum_key) {
  golden(false, "00");
  golden(true, "01");
  golden(Colour::green, "02");
  golden(Wide::large, "ac02");  // an enum without a named type is as wide as int, and still has no sign here
  golden(PartyKey{}, "00");
  golden(PartyKey{0u}, "01");
  golden(PartyKey{127u}, "8001");
}

TEST(Golden, times) {
  golden(UtcTime{0}, "00");
  golden(UtcTime{-1}, "01");
  golden(*parse_time("2026-11-24T06:30:00.000000Z"), "80a8dceffabfb006");
  golden(never, "feffffffffffffffff01");
  golden(seconds(1), "80897a");
}

TEST(Golden, octets_and_text) {
  golden(Digest::from("ab"), "6162000000000000000000000000000000000000000000000000000000000000");
  golden(std::array<uint8_t, 3>{1, 2, 255}, "0102ff");
  golden(std::string(), "00");
  golden(std::string("h\0i", 3), "03680069");
  EXPECT_EQ(encode(std::string(128, 'x')).substr(0, 3), "\x80\x01x");
}

TEST(Golden, collections) {
  golden(std::vector<uint32_t>{}, "00");
  golden(std::vector<uint32_t>{3, 1, 3}, "03030103");
  golden(std::set<uint32_t>{3, 1, 2}, "03010203");
  golden(std::set<std::string>{"b", "a", "ab"},
         "03"
         "0161"
         "026162"
         "0162");
  golden(std::map<std::string, uint32_t>{{"b", 2}, {"a", 1}},
         "02"
         "016101"
         "016202");
  golden(std::optional<uint32_t>{}, "00");
  golden(std::optional<uint32_t>{0}, "0100");
  golden(std::optional<std::optional<bool>>{std::optional<bool>{}}, "0100");
  golden(std::pair<uint8_t, std::string>{7, "x"}, "070178");
}

TEST(Golden, structs_are_their_fields) {
  golden(Point{-2, 300}, "03ac02");
  golden(std::vector<Point>{{1, 1}, {0, 0}},
         "02"
         "0201"
         "0000");
  auto const shared = std::make_shared<Point const>(Point{-2, 300});
  EXPECT_EQ(to_hex(encode(shared)), "03ac02");
  EXPECT_EQ(**decode<std::shared_ptr<Point const>>(from_digits("03ac02")), *shared);
}

TEST(Refused, a_number_that_is_not_in_its_shortest_form) {
  refused<uint64_t>("8000");
  refused<uint64_t>("ff00");
  refused<uint64_t>("80808000");
  refused<int64_t>("8100");
  refused<std::string>("810061");
  refused<Colour>("8200");
}

TEST(Refused, a_number_that_does_not_fit) {
  refused<uint8_t>("8002");
  refused<int8_t>("8002");
  refused<uint32_t>("8080808010");
  refused<Colour>("8002");
  refused<PartyKey>("8080808010");
  refused<uint64_t>("ffffffffffffffffff02");
  refused<uint64_t>("ffffffffffffffffffff01");
  refused<uint64_t>("80808080808080808000");
}

TEST(Refused, a_bool_or_an_optional_that_is_neither) {
  refused<bool>("02");
  refused<bool>("ff");
  refused<std::optional<uint32_t>>("0201");
}

TEST(Refused, trailing_bytes) {
  refused<bool>("0100");
  refused<std::string>("016161");
  refused<Point>("03ac0200");
  refused<std::vector<uint32_t>>(
      "00"
      "00");
}

TEST(Refused, sets_and_maps_out_of_order_or_with_doubles) {
  refused<std::set<uint32_t>>("020201");
  refused<std::set<uint32_t>>("020101");
  refused<std::set<std::string>>(
      "02"
      "0162"
      "0161");
  refused<std::map<uint32_t, bool>>(
      "02"
      "0200"
      "0100");
  refused<std::map<uint32_t, bool>>(
      "02"
      "0100"
      "0101");
}

TEST(Refused, counts_that_the_input_cannot_hold) {
  refused<std::string>("ffffffffffffffffff01");
  refused<std::vector<uint64_t>>("ffffffffffffffffff01");
  refused<std::set<uint64_t>>("ffffffff0f");
  refused<std::map<uint64_t, uint64_t>>("ffffffff0f");
  refused<std::vector<std::string>>("020161");
}

TEST(Refused, structs_nested_without_end) {
  EXPECT_TRUE(decode<Nest>(Bytes(limits::codec_depth - 1, '\1') + Bytes(1, '\0')));
  EXPECT_FALSE(decode<Nest>(Bytes(limits::codec_depth, '\1') + Bytes(1, '\0')));
  EXPECT_FALSE(decode<Nest>(Bytes(1'000'000, '\1')));  // and the stack stands
}

// --- Properties, over values made from a seed -------------------------------------------------------------------------

std::string some_text(SeededEntropy& entropy) {
  std::string text(entropy.next() % 200, '\0');
  entropy.fill({reinterpret_cast<uint8_t*>(text.data()), text.size()});
  return text;
}

// Small and huge numbers alike: a random number of its bits is kept.
uint64_t some_number(SeededEntropy& entropy) { return entropy.next() >> (entropy.next() % 64); }

Everything some_value(SeededEntropy& entropy) {
  Everything value;
  value.flag = entropy.next() % 2 == 0;
  value.count = some_number(entropy);
  value.change = static_cast<int64_t>(some_number(entropy)) * (entropy.next() % 2 == 0 ? 1 : -1);
  value.colour = entropy.next() % 2 == 0 ? Colour::red : Colour::green;
  value.item = ItemKey(static_cast<uint32_t>(some_number(entropy)));
  value.time = UtcTime{static_cast<int64_t>(some_number(entropy))};
  entropy.fill(value.digest.octets);
  value.text = some_text(entropy);
  for (uint64_t n = entropy.next() % 5; n > 0; --n)
    value.points.push_back({static_cast<int32_t>(entropy.next()), static_cast<uint16_t>(entropy.next())});
  for (uint64_t n = entropy.next() % 5; n > 0; --n) {
    value.set.insert(static_cast<uint32_t>(some_number(entropy)));
    value.map.emplace(some_text(entropy), static_cast<int64_t>(entropy.next()));
  }
  if (entropy.next() % 2 == 0) value.maybe = some_text(entropy);
  value.pair = {static_cast<uint8_t>(entropy.next()), Duration{static_cast<int64_t>(entropy.next())}};
  return value;
}

TEST(Property, every_value_reads_back_as_itself) {
  SeededEntropy entropy(11);
  for (int i = 0; i < 2'000; ++i) {
    Everything const value = some_value(entropy);
    auto const read = decode<Everything>(encode(value));
    ASSERT_TRUE(read) << "value " << i;
    ASSERT_EQ(*read, value) << "value " << i;
  }
}

TEST(Property, no_beginning_of_an_encoding_is_an_encoding) {
  SeededEntropy entropy(12);
  for (int i = 0; i < 50; ++i) {
    Bytes const bytes = encode(some_value(entropy));
    for (size_t size = 0; size < bytes.size(); ++size)
      ASSERT_FALSE(decode<Everything>(bytes.substr(0, size)));
  }
}

TEST(Property, bytes_that_are_read_are_the_bytes_that_are_written) {
  SeededEntropy entropy(13);
  int read_after_damage = 0;
  for (int i = 0; i < 20'000; ++i) {
    Bytes bytes = encode(some_value(entropy));
    bytes[entropy.next() % bytes.size()] ^= static_cast<char>(1u << entropy.next() % 8);
    auto const read = decode<Everything>(bytes);
    if (!read) continue;
    ++read_after_damage;
    ASSERT_EQ(to_hex(encode(*read)), to_hex(bytes));
  }
  EXPECT_GT(read_after_damage, 1'000);  // otherwise this says nothing
}

}  // namespace
}  // namespace comity::codec
