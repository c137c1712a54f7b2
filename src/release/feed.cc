#include "release/feed.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/contains.h"
#include "release/duties.h"
#include "release/reference_set.h"
#include "release/showing.h"
#include "release/spots.h"

namespace comity::release {
namespace {

using state::Disclosure;
using state::FeedEntry;
using state::Item;

// An entry that disclosure allows, in the form of now.
struct Candidate {
  Spot spot;
  Disclosure answer;
};

bool comes_before(Candidate const& a, Candidate const& b) {
  bool const finer = state::finer(a.answer.form, b.answer.form),
             coarser = state::finer(b.answer.form, a.answer.form);
  if (finer != coarser) return finer;
  return (a.answer.form == b.answer.form || finer) && a.spot.place < b.spot.place;
}

bool same_content(Item const& a, Item const& b) {
  return a.head.id == b.head.id && a.head.version == b.head.version &&
         a.head.compare.bytes == b.head.compare.bytes;
}

// The versions that are served of one shown id, to find out which of them are first and last (R36). An item is not its own
// rival: under two agreements it may be served in two forms, neither finer.
class Versioned {
 public:
  void take(Shown const& shown) { all_.emplace_back(shown.version_time(), shown.item()); }
  void arrange() { std::ranges::sort(all_); }
  bool has_later(Shown const& shown) const {
    for (size_t i = all_.size(); i-- > 0 && all_[i].first > shown.version_time();)
      if (all_[i].second != shown.item()) return true;
    return false;
  }
  bool has_earlier(Shown const& shown) const {
    for (size_t i = 0; i < all_.size() && all_[i].first < shown.version_time(); ++i)
      if (all_[i].second != shown.item()) return true;
    return false;
  }

 private:
  std::vector<std::pair<UtcTime, ItemKey>> all_;
};

class Reading {
 public:
  Reading(Eyes const& eyes, FeedQuery const& query)
      : eyes_(eyes), query_(query), spots_(eyes, query.source, query.agreement) {}

  Page run() {
    bool const is_by_id = eyes_.catalogue && !query_.match.ids.empty();
    return is_by_id ? looked_up() : walked();
  }

 private:
  // False: there is no room for it.
  bool put(Page& page, Shown&& shown) const {
    page.more = page.shown.size() == std::min(query_.limit, limits::page_objects);
    if (!page.more) page.shown.push_back(std::move(shown));
    return !page.more;
  }

  Page walked() const {
    Page page;
    auto const [begin, end] = stretch();
    for (size_t i = begin; i < end; ++i) {
      auto shown = served(spots_.spot(is_backward() ? begin + end - 1 - i : i));
      if (shown && is_wished(*shown) && !put(page, std::move(*shown))) break;
    }
    if (!page.more && end > 0) page.looked_to = end - 1;
    return page;
  }

  // What may bear one of the ids, in the order that is asked for, after the date that is asked for.
  std::vector<Spot> spots_meant() const {
    std::vector<Spot> meant;
    for (std::string const& id : query_.match.ids)
      for (ItemKey key : eyes_.catalogue->meant_by(eyes_.state, eyes_.office(), id))
        for (Spot const& spot : spots_.of(key))
          if (!query_.added_after || spot.date_added > *query_.added_after) meant.push_back(spot);
    std::ranges::sort(meant, {}, &Spot::place);
    auto const [first, last] = std::ranges::unique(meant, {}, &Spot::place);
    meant.erase(first, last);
    if (is_backward()) std::ranges::reverse(meant);
    return meant;
  }

  // The same page as walked(): every version that can be preferred to another is among those that bear the id.
  Page looked_up() const {
    Versions const& wish = query_.match.versions;
    if (!wish.all && (wish.first || wish.last)) return chosen();
    Page page;
    for (Spot const& spot : spots_meant()) {
      if (!stretch().has(spot.place)) continue;
      auto shown = served(spot);
      if (shown && is_wished(*shown) && !put(page, std::move(*shown))) break;
    }
    return page;
  }

  Page chosen() const {
    std::vector<Shown> all;
    std::map<std::pair<std::string, std::string_view>, Versioned> versions;
    auto const siblings = [&](Shown const& shown) -> Versioned& {
      return versions[{shown.id(), eyes_.state.holdings.item(shown.item()).head.id}];
    };
    for (Spot const& spot : spots_meant())
      if (auto shown = served(spot)) siblings(*shown).take(*shown), all.push_back(std::move(*shown));
    for (auto& [id, some] : versions) some.arrange();
    Page page;
    Versions const& wish = query_.match.versions;
    for (Shown& shown : all) {
      if (!stretch().has(shown.place())) continue;
      Versioned const& of = siblings(shown);
      bool const wished = (wish.last && !of.has_later(shown)) || (wish.first && !of.has_earlier(shown)) ||
                          contains(wish.exact, shown.version_time());
      if (wished && !put(page, std::move(shown))) break;
    }
    return page;
  }

  // The places that may be on the page.
  struct Stretch {
    size_t begin, end;
    bool has(size_t place) const { return begin <= place && place < end; }
  };
  bool is_backward() const { return query_.order == Order::newest_first; }
  Stretch stretch() const {
    auto const& entries = spots_.feed().entries;
    Stretch all{0, entries.size()};
    if (query_.after && is_backward())
      all.end = std::min(all.end, *query_.after);
    else if (query_.after)
      all.begin = *query_.after + 1;
    if (!query_.added_after) return all;
    auto const first = std::ranges::upper_bound(entries, *query_.added_after, {}, &FeedEntry::date_added);
    all.begin = std::max(all.begin, static_cast<size_t>(first - entries.begin()));
    return all;
  }

  Item const& item(Spot const& spot) const { return eyes_.state.holdings.item(spot.item); }

  // What the feed serves at a place, of whichever version.
  std::optional<Shown> served(Spot const& spot) const {
    if (!may_match(item(spot)) || !spots_.is_live(spot)) return std::nullopt;
    auto candidate = candidate_at(spot);
    if (!candidate || is_doubled(*candidate) || !is_attributed(*candidate)) return std::nullopt;
    Shown shown = make(spot, std::move(candidate->answer));
    if (!query_.match.ids.empty() && !contains(query_.match.ids, shown.id())) return std::nullopt;
    return shown;
  }

  // What can be said without asking disclosure. An edition's id is not the item's, but its type is in it.
  bool may_match(Item const& one) const {
    Match const& match = query_.match;
    if (!match.types.empty() && !contains(match.types, one.head.type)) return false;
    if (!match.spec_versions.empty() && !contains(match.spec_versions, std::string_view("2.1"))) return false;
    return match.ids.empty() || std::ranges::any_of(match.ids, [&](auto const& id) {
             return id.starts_with(one.head.type + "--");
           });
  }

  std::optional<Candidate> candidate_at(Spot const& spot) const {
    if (!spots_.can_reach_viewer(spot.agreement)) return std::nullopt;
    auto const ask = query_.source == Source::received ? state::disclosure : state::contributed_disclosure;
    Disclosure answer = ask(eyes_.question(), eyes_.office(), spot.item, spot.agreement);
    if (!answer.given) return std::nullopt;
    return Candidate{spot, std::move(answer)};
  }

  bool is_attributed(Candidate const& candidate) const {
    if (query_.from.is_none()) return true;
    state::Contribution const& made = item(candidate.spot).contributions[candidate.answer.contribution];
    return candidate.answer.form.attribution == model::Attribution::named &&
           eyes_.state.law.party_of(made.office) == query_.from;
  }

  bool is_doubled(Candidate const& candidate) const {
    Item const& one = item(candidate.spot);
    for (ItemKey key : eyes_.state.holdings.with_digest(one.head.compare.bytes)) {
      Item const& other = eyes_.state.holdings.item(key);
      if (key != candidate.spot.item && (other.originator == one.originator || !same_content(one, other)))
        continue;
      for (Spot const& spot : spots_.of(key)) {
        if (spot.place == candidate.spot.place) continue;
        auto const rival = candidate_at(spot);
        if (rival && comes_before(*rival, candidate)) return true;
      }
    }
    return false;
  }

  bool is_wished(Shown const& shown) const {
    Versions const& wish = query_.match.versions;
    if (wish.all || contains(wish.exact, shown.version_time())) return true;
    return (wish.last && !has_rival(shown, Side::later)) || (wish.first && !has_rival(shown, Side::earlier));
  }
  Shown make(Spot const& spot, Disclosure answer) const {
    return query_.source == Source::received ? Showing::make(eyes_, spot, std::move(answer))
                                             : Showing::contributed(eyes_, spot, std::move(answer));
  }

  // Whether the feed serves another version of the shown id on this side of it (R36, R38).
  enum class Side : uint8_t { later, earlier };
  bool has_rival(Shown const& shown, Side side) const {
    auto const& versions = eyes_.state.holdings.with_id(item({shown.item(), {}, {}}).head.id);
    return std::any_of(versions.rbegin(), versions.rend(), [&](ItemKey key) {
      if (key == shown.item()) return false;
      auto const spots = spots_.of(key);
      return std::ranges::any_of(spots, [&](Spot const& spot) { return is_rival(shown, spot, side); });
    });
  }

  bool is_rival(Shown const& shown, Spot const& spot, Side side) const {
    if (query_.added_after && spot.date_added <= *query_.added_after) return false;
    Item const& other = item(spot);
    if (shown.is_whole() && !other.head.version.empty()) {  // a cheap no before disclosure is asked
      if (side == Side::later ? other.version_time <= shown.version_time()
                              : other.version_time >= shown.version_time())
        return false;
    }
    auto candidate = candidate_at(spot);
    if (!candidate || Showing::id_of(eyes_, other, candidate->answer.form) != shown.id()) return false;
    if (is_doubled(*candidate) || !is_attributed(*candidate)) return false;
    UtcTime const time = make(spot, std::move(candidate->answer)).version_time();
    return side == Side::later ? time > shown.version_time() : time < shown.version_time();
  }

  Eyes const& eyes_;
  FeedQuery const& query_;
  Spots spots_;
};

}  // namespace

Page page(Eyes const& eyes, FeedQuery const& query) {
  if (eyes.office().is_none()) return {};
  if (query.source == Source::reference) return reference_page(eyes, query);
  if (query.source == Source::duties) return duties_page(eyes, query);
  return Reading(eyes, query).run();
}

}  // namespace comity::release
