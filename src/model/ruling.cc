#include "model/ruling.h"

#include <utility>

namespace comity::model {

char const* name_of(ReasonCode code) {
  switch (code) {
    case ReasonCode::none: return "none";
#define REASON(number, name, text) \
  case ReasonCode::name: return #name;
#include "model/reasons.inc"
#undef REASON
  }
  return "";
}

char const* advice_of(ReasonCode code) {
  switch (code) {
    case ReasonCode::none: return "";
#define REASON(number, name, text) \
  case ReasonCode::name: return text;
#include "model/reasons.inc"
#undef REASON
  }
  return "";
}

Ruling refused(Reason reason) {
  Ruling ruling;
  ruling.outcome = Outcome::refused;
  ruling.reasons.push_back(std::move(reason));
  return ruling;
}

Ruling refused(ReasonCode code, std::string subject) {
  return refused(Reason{code, {}, {}, std::move(subject)});
}

}  // namespace comity::model
