#include "state/rings.h"

#include <map>
#include <optional>

#include "base/limits.h"

namespace comity::state {
namespace {

using Place = std::pair<ItemKey, OfficeKey>;  // as in Lookahead
using Supposed = std::optional<std::pair<AgreementKey, model::EditionForm>>;

bool is_whole(Supposed const& supposed) { return supposed && supposed->second.is_whole(); }

// From not at all, through an edition, to whole: as far as references to it can tell.
int rank(Supposed const& supposed) { return is_whole(supposed) ? 2 : supposed ? 1 : 0; }

class Rings {
 public:
  Rings(Question const& question, Lookahead& ahead) : q_(question), ahead_(ahead) {}

  std::vector<RingRelease> run(std::vector<ReleaseName> waiting) {
    gather(std::move(waiting));
    for (auto const& [place, agreements] : members_) suppose(place, agreements);
    while (!doubtful_.empty() && !is_spent()) {
      Place const place = *doubtful_.begin();
      doubtful_.erase(doubtful_.begin());
      look_again(place);
    }
    // What is too large to be gone through is not supposed: it comes renamed or not at all, which is never too much.
    if (!doubtful_.empty())
      for (auto const& [place, before] : before_) put(place, before);
    return answers();
  }

 private:
  void gather(std::vector<ReleaseName> waiting) {
    std::set<ReleaseName> seen;
    while (!waiting.empty() && !is_spent()) {
      auto const [office, one] = waiting.back();
      waiting.pop_back();
      if (!seen.insert({office, one}).second) continue;
      Item const& item = q_.item(one.item);
      if (item.is_of(office) || !is_open(asked(office, one.item, one.agreement))) continue;
      members_[{one.item, office}].push_back(one.agreement);
      for (model::Reference const& reference : item.facts.references)
        if (reference.kind != model::ReferenceKind::in_text &&
            reference.kind != model::ReferenceKind::marking)
          add_releases(office, reference.id, waiting);
    }
  }

  void add_releases(OfficeKey office, std::string_view id, std::vector<ReleaseName>& out) const {
    auto const add = [&](ItemKey key) {
      for (Contribution const& one : q_.item(key).contributions)
        if (!one.deleted) out.push_back({office, {key, one.agreement}});
    };
    for (ItemKey key : q_.holdings.with_id(id)) add(key);
    if (ahead_.fresh && ahead_.fresh->head.id == id) add(ahead_.fresh_key);
  }

  Disclosure asked(OfficeKey office, ItemKey item, AgreementKey agreement) {
    ++asked_;
    return disclosure(q_, office, item, agreement);
  }
  bool is_spent() const { return asked_ >= limits::ring_questions; }

  Supposed now(Place const& place) const {
    auto const found = ahead_.released.find(place);
    return found == ahead_.released.end() ? Supposed{} : Supposed(found->second);
  }

  void put(Place const& place, Supposed supposed) {
    if (supposed)
      ahead_.released[place] = std::move(*supposed);
    else
      ahead_.released.erase(place);
  }

  void suppose(Place const& place, std::vector<AgreementKey> const& agreements) {
    Supposed best = now(place);
    for (AgreementKey agreement : agreements) {
      Disclosure answer = disclosure_but_references(q_, place.second, place.first, agreement);
      if (answer.given && (!best || answer.form.is_whole())) best = {agreement, std::move(answer.form)};
    }
    before_[place] = now(place);
    if (rank(best) > rank(before_[place])) {
      put(place, std::move(best));
      doubtful_.insert(place);
    }
  }

  void look_again(Place const& place) {
    Supposed true_form = before_[place];
    for (AgreementKey agreement : members_[place]) {
      Disclosure answer = asked(place.second, place.first, agreement);
      Supposed const form = answer.given ? Supposed({agreement, std::move(answer.form)}) : Supposed{};
      if (rank(form) > rank(true_form)) true_form = form;
    }
    if (rank(true_form) >= rank(now(place))) return;
    put(place, std::move(true_form));
    doubt_referrers(place);
  }

  void doubt_referrers(Place const& place) {
    std::string_view const id = q_.item(place.first).head.id;
    auto const doubt = [&](ItemKey key) {
      auto const before = before_.find({key, place.second});
      // What has fallen to where it was cannot fall further.
      if (before != before_.end() && rank(now(before->first)) > rank(before->second))
        doubtful_.insert(before->first);
    };
    for (ItemKey key : q_.holdings.referring_to(id)) doubt(key);
    if (ahead_.fresh) doubt(ahead_.fresh_key);
  }

  std::vector<RingRelease> answers() const {
    std::vector<RingRelease> all;
    for (auto const& [place, agreements] : members_)
      for (AgreementKey agreement : agreements) {
        Disclosure answer = disclosure(q_, place.second, place.first, agreement);
        if (answer.given) all.push_back({{place.second, {place.first, agreement}}, std::move(answer)});
      }
    return all;
  }

  Question const q_;
  Lookahead& ahead_;
  std::map<Place, std::vector<AgreementKey>> members_;
  std::map<Place, Supposed> before_;
  std::set<Place> doubtful_;
  size_t asked_ = 0;
};

}  // namespace

bool is_open(Disclosure const& answer) {
  if (answer.given) return !answer.form.renamed.empty();
  return !answer.reasons.empty() && answer.reasons.back().why == Disclosure::Why::reference_withheld;
}

std::vector<RingRelease> close_rings(Question const& question, Lookahead& ahead,
                                     std::vector<ReleaseName> waiting) {
  return Rings(question, ahead).run(std::move(waiting));
}

}  // namespace comity::state
