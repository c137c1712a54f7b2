// Bytes of a connection that came in and were not used yet: a fixed room of `size` bytes, made at the first read.
//
// Use: read into space() and commit(); look at unread() and consume(). space() moves what is unread to the front, so
// views of unread() are good until then.
#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <vector>

#include "base/bytes.h"

namespace comity::http {

class ReadBuffer {
 public:
  explicit ReadBuffer(size_t size) : size_(size) {}

  BytesView unread() const { return {bytes_.data() + begin_, end_ - begin_}; }
  bool is_full() const { return end_ - begin_ == size_; }
  void consume(size_t n) { begin_ += n; }
  void clear() { begin_ = end_ = 0; }

  std::span<char> space() {
    bytes_.resize(size_);
    if (begin_ > 0) std::memmove(bytes_.data(), bytes_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    return std::span(bytes_).subspan(end_);
  }
  void commit(size_t n) { end_ += n; }

 private:
  size_t const size_;
  std::vector<char> bytes_;
  size_t begin_ = 0;
  size_t end_ = 0;
};

}  // namespace comity::http
