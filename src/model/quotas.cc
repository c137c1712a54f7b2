#include "model/quotas.h"

namespace comity::model {

char const* name_of(Quota quota) {
  switch (quota) {
#define QUOTA(number, name, range, what) \
  case Quota::name: return #name;
#include "model/quotas.inc"
#undef QUOTA
  }
  return "";
}

char const* meaning_of(Quota quota) {
  switch (quota) {
#define QUOTA(number, name, range, what) \
  case Quota::name: return what;
#include "model/quotas.inc"
#undef QUOTA
  }
  return "";
}

std::optional<Quota> quota_named(std::string_view name) {
  for (Quota const quota : all_quotas)
    if (name == name_of(quota)) return quota;
  return std::nullopt;
}

limits::Quota range_of(Quota quota) {
  switch (quota) {
#define QUOTA(number, name, range, what) \
  case Quota::name: return range;
#include "model/quotas.inc"
#undef QUOTA
  }
  return {};
}

}  // namespace comity::model
