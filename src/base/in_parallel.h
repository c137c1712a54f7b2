// The same work on many things, on as many threads as there are cores: for what is pure and takes long together.
//
// in_parallel(n, least, work) calls work(i) once for each i below n, in chunks of neighbours, on the caller's thread and on
// others that end before it returns. Where each thread would have fewer than `least` things, fewer threads share them; for
// few things, or where no thread can be had, there is only the caller. `work` must be safe to call from several threads at
// once, for different i.
#pragma once

#include <algorithm>
#include <cstddef>
#include <system_error>
#include <thread>
#include <vector>

namespace comity {

template <class Work>
void in_parallel(size_t n, size_t least, Work const& work) {
  size_t const cores = std::max<size_t>(1, std::thread::hardware_concurrency());
  size_t const threads = std::clamp<size_t>(n / least, 1, cores);
  auto const chunk = [&](size_t which) {
    for (size_t i = n * which / threads; i < n * (which + 1) / threads; ++i) work(i);
  };
  std::vector<std::jthread> others;
  size_t started = 1;
  try {
    for (; started < threads; ++started) others.emplace_back(chunk, started);
  } catch (std::system_error const&) {  // no thread is to be had: it is done here
  }
  chunk(0);
  for (size_t which = started; which < threads; ++which) chunk(which);
}

}  // namespace comity
