// A value that most of its owners do not have, and that would make all of them larger: an optional that takes the room of a pointer until it
// is there. Copied and compared as the value is; encoded as an optional (codec/codec.h).
//
// Thread rule: as any value.
#pragma once

#include <memory>
#include <utility>

namespace comity {

template <class T>
class Rare {
 public:
  Rare() = default;
  Rare(Rare const& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
  Rare(Rare&&) noexcept = default;
  Rare& operator=(Rare other) noexcept {
    value_ = std::move(other.value_);
    return *this;
  }
  ~Rare() = default;

  bool has_value() const { return value_ != nullptr; }
  explicit operator bool() const { return has_value(); }
  T const& operator*() const { return *value_; }
  T& operator*() { return *value_; }
  T const* operator->() const { return value_.get(); }
  T* operator->() { return value_.get(); }
  T& emplace() { return *(value_ = std::make_unique<T>()); }
  void reset() { value_.reset(); }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace comity
