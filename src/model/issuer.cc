#include "model/issuer.h"

#include "base/limits.h"

namespace comity::model {

bool is_issuer_url(std::string_view text) {
  return !text.empty() && text.size() <= limits::name_bytes &&
         std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

Roles withheld_roles(std::vector<Issuer> const& issuers, uint32_t issuer, OfficeKey office) {
  if (issuer == no_issuer) return 0;
  Issuer const& by = issuers[issuer];
  return by.speaks_for(office) ? ~(by.roles & role::ordinary) : ~Roles{0};
}

}  // namespace comity::model
