// The credentials file of the command line, which people write: an entry is found, or an error says what to do. A password
// never goes in the clear to another machine, and never stands in a message.
#include "cli/credentials.h"

#include <cstddef>
#include <cstdint>

#include "base/ensure.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  using namespace comity;
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  ensure(!cli::is_private_way(text) || text.starts_with("https://") || text.starts_with("http://"));
  for (char const* const url : {"https://centre.example", "http://centre.example"})
    for (char const* const office : {"", "ru", "ru/mfa"}) {
      auto const chosen = cli::choose(text, "credentials.toml", {.url = url, .office = office});
      if (!chosen) {
        ensure(!chosen.error().detail.empty());
        continue;
      }
      ensure(!chosen->user.empty() && !chosen->password.empty() &&
             chosen->user.find(':') == std::string::npos);
      ensure(cli::is_private_way(url) || text.find("allow") != text.npos);
      ensure(std::string_view(chosen->office).starts_with(office));
    }
  return 0;
}
