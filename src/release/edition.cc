#include "release/edition.h"

#include <algorithm>

#include "release/egress.h"
#include "release/masking.h"
#include "stix/compare.h"

namespace comity::release {

class EditionMaker {
 public:
  static Result<Released<Bytes>> make(Shown const& shown, Payload payload) {
    if (shown.reference_ && shown.payload_ == 0) return Egress::disclosed(Bytes(shown.made_), shown.epoch_);
    if (payload.key != shown.payload_ || payload.bytes.size() != shown.size_)
      return fail(ErrorCode::corrupt, "other bytes than those of the item");
    if (shown.is_whole()) return Egress::disclosed(Bytes(payload.bytes), shown.epoch_);
    return Egress::disclosed(TRY(masked(payload.bytes, shown.changes_)), shown.epoch_);
  }

  static PartyKey viewer(Shown const& shown) { return shown.viewer_; }
};

Result<Released<Bytes>> make_edition(Shown const& shown, Payload payload) {
  return EditionMaker::make(shown, payload);
}

Result<state::ServedEdition> served(Shown const& shown, Released<Bytes> const& edition,
                                    ReleaseKeys const& keys) {
  model::Comparisons const compare = TRY(stix::comparisons(keys.comparison, edition.value()));
  return state::ServedEdition{EditionMaker::viewer(shown), shown.item(), shown.agreement(), shown.id(),
                              compare};
}

bool is_noted(state::Holdings const& holdings, state::ServedEdition const& edition) {
  return std::ranges::any_of(holdings.served_with_id(edition.id), [&](uint32_t number) {
    state::ServedEdition const& noted = holdings.served[number];
    return noted.party == edition.party && noted.item == edition.item &&
           noted.agreement == edition.agreement && noted.compare.bytes == edition.compare.bytes;
  });
}

}  // namespace comity::release
