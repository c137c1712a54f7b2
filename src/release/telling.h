// What the makers of Told share: the making itself, the one answer for hidden and absent, and names as a reader knows
// them. Inside this room only.
//
// A NamesThrough borrows the view. Names that the reader may not know are none; what stands for them ("another rule") is
// chosen by who tells. Thread rule: told.h.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>

#include "base/result.h"
#include "forms/ruling.h"
#include "model/command.h"
#include "release/eyes.h"
#include "release/released.h"
#include "release/told.h"

namespace comity::release {

class Teller {
 public:
  static Told tell(Eyes const& eyes, json::Value value) { return {std::move(value), eyes.epoch()}; }
  // In another form, as old as the oldest of what it is made of.
  static Told tell_anew(std::initializer_list<Told const*> of, json::Value value) {
    uint64_t epoch = timeless;
    for (Told const* one : of) epoch = std::min(epoch, one->epoch());
    return {std::move(value), epoch};
  }
  static Told tell_timeless(json::Value value) { return {std::move(value), timeless}; }
};

inline std::unexpected<Error> hidden_or_absent() { return fail(ErrorCode::not_found, ""); }

// An act as it was signed: {act, signatures}.
json::Value document_of(model::SignedAct const& act);

// The names of a ruling and of reasons, in the view of one reader.
class NamesThrough final : public forms::NamesInView {
 public:
  explicit NamesThrough(state::View const& view) : view_(view) {}

  std::optional<std::string> agreement(AgreementKey key) const override { return view_.name_of(key); }
  std::optional<std::string> party(PartyKey key) const override;
  bool reads_text(AgreementKey key) const override { return view_.reads_text(key); }
  std::optional<std::string> clause(AgreementKey key, uint32_t number) const override;
  std::optional<std::string> value_of(model::Effect const& effect) const override;

 private:
  state::View const& view_;
};

}  // namespace comity::release
