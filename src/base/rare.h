// Values that most of their owners do not have, and that would make all of them larger. Both take the room of a pointer until there is
// something, and are copied as the value is.
//   Rare     an optional; encoded as one (codec/codec.h).
//   Seldom   what can be empty and is, for most; encoded as it is without this.
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
  explicit Rare(T value) : value_(std::make_unique<T>(std::move(value))) {}
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

template <class T>
class Seldom {
 public:
  Seldom() = default;
  Seldom& operator=(T value) {
    value_ = value.empty() ? Rare<T>() : Rare<T>(std::move(value));
    return *this;
  }
  T const& operator*() const {
    static T const none;
    return value_ ? *value_ : none;
  }
  T const* operator->() const { return &**this; }
  bool empty() const { return !value_; }
  // `change(value)`, of which nothing is kept where it is empty then.
  template <class Change>
  void change(Change const& change) {
    if (!value_) value_.emplace();
    change(*value_);
    if (value_->empty()) value_.reset();
  }

 private:
  Rare<T> value_;
};

}  // namespace comity
