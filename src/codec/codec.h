// The one canonical encoding (50-ledger): what is hashed, stored and replayed.
//
// Positional, without tags: the fields of a struct in the order in which `fields()` names them. Every value
// has exactly one encoding and the decoder refuses every other, so equal values have equal bytes and a digest
// of bytes is a digest of the value.
//
//   unsigned integers, enums, keys   LEB128, shortest form
//   signed integers, times           zigzag, then LEB128
//   bool                             one octet, 0 or 1
//   Digest, std::array<uint8_t, N>   the octets
//   string                           length, octets
//   vector, deque, set, map          count, elements; sets and maps in strictly ascending order of their keys
//   optional                         0, or 1 and the value
//   pair, tuple                      the members
//   struct                           its fields(), one after another
//   shared_ptr<T const>              the value it points to; never null
//
// A struct becomes encodable by one line:   auto fields(this auto& self) { return std::tie(self.a, self.b); }
// What a struct of the journal looks like is part of the format number (journal/journal.h): a field is only
// ever added together with a new format number and a golden test of the old bytes.
//
// decode() is total on hostile bytes: it never reads past the end, allocates at most in proportion to the
// input, nests at most limits::codec_depth structs, and fails on trailing bytes. It does not know which values
// of an enum have a name; whoever switches on one from outside checks. No exceptions, no floats. Thread-safe:
// it has no state.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/limits.h"
#include "base/rare.h"
#include "base/result.h"
#include "base/time.h"

namespace comity::codec {

template <class T>
concept Fielded = requires(T& value) { value.fields(); };

class Writer {
 public:
  Bytes take() { return std::move(out_); }
  Bytes const& bytes() const { return out_; }

  void put(bool value) { out_.push_back(value ? 1 : 0); }
  template <class T>
    requires(std::is_integral_v<T> && !std::is_same_v<T, bool>)
  void put(T value) {
    if constexpr (std::is_signed_v<T>) {
      auto const wide = static_cast<int64_t>(value);
      varint((static_cast<uint64_t>(wide) << 1) ^ static_cast<uint64_t>(wide >> 63));
    } else {
      varint(value);
    }
  }
  template <class T>
    requires std::is_enum_v<T>
  void put(T value) {
    varint(static_cast<uint64_t>(static_cast<std::underlying_type_t<T>>(value)));
  }
  template <class Tag>
  void put(Key<Tag> key) {
    varint(key.value + 1);  // none is 0: the sum is of 32 bits and wraps
  }
  void put(UtcTime time) { put(time.us); }
  void put(Duration duration) { put(duration.us); }
  void put(Digest const& digest) { out_.append(digest.view()); }
  template <size_t N>
  void put(std::array<uint8_t, N> const& octets) {
    out_.append(reinterpret_cast<char const*>(octets.data()), N);
  }
  void put(std::string const& text) { put(std::string_view(text)); }
  void put(std::string_view text) {
    varint(text.size());
    out_.append(text);
  }
  template <class T>
  void put(std::vector<T> const& list) {
    sequence(list);
  }
  template <class T>
  void put(std::deque<T> const& list) {
    sequence(list);
  }
  template <class T, class Less>
  void put(std::set<T, Less> const& set) {
    sequence(set);
  }
  template <class K, class V, class Less>
  void put(std::map<K, V, Less> const& map) {
    sequence(map);
  }
  template <class A, class B>
  void put(std::pair<A, B> const& pair) {
    put(pair.first);
    put(pair.second);
  }
  template <class... T>
  void put(std::tuple<T...> const& tuple) {
    std::apply([this](auto const&... member) { (this->put(member), ...); }, tuple);
  }
  template <class T>
  void put(std::optional<T> const& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <class T>
  void put(Rare<T> const& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <class T>
  void put(Seldom<T> const& value) {
    put(*value);
  }
  template <class T>
  void put(std::shared_ptr<T const> const& value) {
    put(*value);
  }
  template <Fielded T>
  void put(T const& value) {
    std::apply([this](auto const&... field) { (this->put(field), ...); }, value.fields());
  }

 private:
  void varint(uint64_t value) {
    for (; value >= 0x80; value >>= 7) out_.push_back(static_cast<char>(value | 0x80));
    out_.push_back(static_cast<char>(value));
  }
  template <class Sequence>
  void sequence(Sequence const& all) {
    varint(all.size());
    for (auto const& one : all) put(one);
  }

  Bytes out_;
};

class Reader {
 public:
  explicit Reader(BytesView in) : in_(in) {}

  bool ok() const { return ok_; }
  bool at_end() const { return in_.empty(); }
  BytesView rest() const { return in_; }
  void spoil() { ok_ = false, in_ = {}; }

  void get(bool& value) {
    uint8_t const octet = take_octet();
    if (octet > 1) spoil();
    value = octet == 1;
  }
  template <class T>
    requires(std::is_integral_v<T> && !std::is_same_v<T, bool>)
  void get(T& value) {
    uint64_t const raw = varint();
    if constexpr (std::is_signed_v<T>) {
      auto const wide = static_cast<int64_t>(raw >> 1) ^ -static_cast<int64_t>(raw & 1);
      value = static_cast<T>(wide);
      if (value != wide) spoil();
    } else {
      value = static_cast<T>(raw);
      if (value != raw) spoil();
    }
  }
  template <class T>
    requires std::is_enum_v<T>
  void get(T& value) {
    uint64_t const raw = varint();
    value = static_cast<T>(raw);
    if (static_cast<uint64_t>(static_cast<std::underlying_type_t<T>>(value)) != raw) spoil();
  }
  template <class Tag>
  void get(Key<Tag>& key) {
    uint32_t raw;
    get(raw);
    key.value = raw - 1;
  }
  void get(UtcTime& time) { get(time.us); }
  void get(Duration& duration) { get(duration.us); }
  void get(Digest& digest) { get(digest.octets); }
  template <size_t N>
  void get(std::array<uint8_t, N>& octets) {
    if (in_.size() < N) return spoil();
    std::memcpy(octets.data(), in_.data(), N);
    in_.remove_prefix(N);
  }
  void get(std::string& text) {
    uint64_t const size = varint();
    if (size > in_.size()) return spoil();
    text.assign(in_.substr(0, size));
    in_.remove_prefix(size);
  }
  template <class T>
  void get(std::vector<T>& list) {
    elements(list);
  }
  template <class T>
  void get(std::deque<T>& list) {
    elements(list);
  }
  template <class T, class Less>
  void get(std::set<T, Less>& set) {
    uint64_t const count = varint();
    set.clear();
    if (count > in_.size()) return spoil();
    for (uint64_t i = 0; i < count && ok_; ++i) {
      T value{};
      get(value);
      if (!set.empty() && !set.key_comp()(*set.rbegin(), value)) return spoil();
      set.insert(set.end(), std::move(value));
    }
  }
  template <class K, class V, class Less>
  void get(std::map<K, V, Less>& map) {
    uint64_t const count = varint();
    map.clear();
    if (count > in_.size()) return spoil();
    for (uint64_t i = 0; i < count && ok_; ++i) {
      std::pair<K, V> entry;
      get(entry.first);
      get(entry.second);
      if (!map.empty() && !map.key_comp()(map.rbegin()->first, entry.first)) return spoil();
      map.insert(map.end(), std::move(entry));
    }
  }
  template <class A, class B>
  void get(std::pair<A, B>& pair) {
    get(pair.first);
    get(pair.second);
  }
  template <class... T>
  void get(std::tuple<T...>& tuple) {
    std::apply([this](auto&... member) { (this->get(member), ...); }, tuple);
  }
  template <class T>
  void get(std::optional<T>& value) {
    bool present = false;
    get(present);
    if (present && ok_) {
      get(value.emplace());
    } else {
      value.reset();
    }
  }
  template <class T>
  void get(Rare<T>& value) {
    bool present = false;
    get(present);
    if (present && ok_) {
      get(value.emplace());
    } else {
      value.reset();
    }
  }
  template <class T>
  void get(Seldom<T>& value) {
    T read;
    get(read);
    value = std::move(read);
  }
  template <class T>
  void get(std::shared_ptr<T const>& value) {
    auto read = std::make_shared<T>();
    get(*read);
    value = std::move(read);
  }
  template <Fielded T>
  void get(T& value) {
    if (depth_ == limits::codec_depth) return spoil();
    ++depth_;
    std::apply([this](auto&... field) { (this->get(field), ...); }, value.fields());
    --depth_;
  }

 private:
  template <class List>
  void elements(List& list) {
    uint64_t const count = varint();
    list.clear();
    if (count > in_.size()) return spoil();  // every element takes at least one octet
    for (uint64_t i = 0; i < count && ok_; ++i) get(list.emplace_back());
  }
  uint8_t take_octet() {
    if (in_.empty()) return spoil(), uint8_t{0};
    uint8_t const octet = static_cast<uint8_t>(in_.front());
    in_.remove_prefix(1);
    return octet;
  }
  uint64_t varint() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      uint8_t const octet = take_octet();
      if (shift == 63 && octet > 1) break;
      value |= static_cast<uint64_t>(octet & 0x7f) << shift;
      if (octet & 0x80) continue;
      if (octet == 0 && shift > 0) break;  // not the shortest form
      return value;
    }
    return spoil(), uint64_t{0};
  }

  BytesView in_;
  size_t depth_ = 0;  // structs within structs
  bool ok_ = true;
};

template <class T>
Bytes encode(T const& value) {
  Writer writer;
  writer.put(value);
  return writer.take();
}

// The value that the octets begin with, which are then those behind it.
template <class T>
Result<T> decode_head(BytesView& bytes) {
  Reader reader(bytes);
  T value{};
  reader.get(value);
  if (!reader.ok()) return fail(ErrorCode::corrupt, "not in the canonical encoding");
  bytes = reader.rest();
  return value;
}

template <class T>
Result<T> decode(BytesView bytes) {
  auto value = decode_head<T>(bytes);
  if (value && !bytes.empty()) return fail(ErrorCode::corrupt, "not in the canonical encoding");
  return value;
}

}  // namespace comity::codec
