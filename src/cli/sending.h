// Much that is sent to a centre piece by piece: how far it is, and patience with a centre that is busy.
//
// Progress goes to stderr and only to a terminal, so that it is in nobody's pipe. A piece is sent again under its key as long as
// the centre is busy or restarts, five seconds at the least: an answer that was lost comes again, and nothing happens twice.
// One thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "cli/remote.h"
#include "json/json.h"

namespace comity::cli {

class Progress {
 public:
  explicit Progress(size_t total, char const* of_what = "objects") : total_(total), of_what_(of_what) {}

  void show(size_t done) const;

 private:
  size_t total_;
  char const* of_what_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// The answer to a piece; also one of 422 that `is_answer` takes for rulings on what is in it.
Result<json::Value> post_patiently(Remote& remote, std::string const& path, Bytes const& body,
                                   bool (*is_answer)(json::Value const&));

}  // namespace comity::cli
