#include "release/shown.h"

#include <algorithm>

#include "base/ensure.h"
#include "release/ids.h"
#include "release/showing.h"

namespace comity::release {
namespace {

using state::Had;
using state::Item;
using state::KnownAs;

std::string own_edition_id(Eyes const& eyes, Item const& item) {
  return edition_id(eyes.keys, eyes.state.law, eyes.view.party(), {item.originator, item.head.id});
}

// When the viewer was first shown this version; never if it was not.
UtcTime first_shown_version(Eyes const& eyes, Item const& item) {
  UtcTime first = never;
  for (Had const& had : item.had)
    if (had.office == eyes.office()) first = std::min(first, had.first_shown);
  return first;
}

// When the viewer was first shown any version of the object (A6).
UtcTime first_shown(Eyes const& eyes, Item const& item) {
  UtcTime first = never;
  for (ItemKey key : eyes.state.holdings.with_id(item.head.id)) {
    Item const& version = eyes.state.holdings.item(key);
    if (version.originator == item.originator) first = std::min(first, first_shown_version(eyes, version));
  }
  return first;
}

// How the viewer knows an id that `author` says; empty if it does not.
std::string known_id(Eyes const& eyes, PartyKey author, std::string const& id) {
  KnownAs const known = state::known_as(eyes.question(), eyes.office(), author, id);
  switch (known.how) {
    case KnownAs::How::by_id: return id;
    case KnownAs::How::by_own_id: return own_edition_id(eyes, eyes.state.holdings.item(known.item));
    case KnownAs::How::not_at_all: break;
  }
  return {};
}

// The form in which something was first shown at this time: an entry of the office's feed of everything.
model::EditionForm const& form_shown_at(Eyes const& eyes, UtcTime time) {
  auto const& entries = eyes.state.holdings.feed({AgreementKey{}, eyes.office()}).entries;
  auto const entry = std::ranges::lower_bound(entries, time, {}, &state::FeedEntry::date_added);
  ensure(entry != entries.end() && entry->date_added == time);
  return eyes.state.holdings.forms[entry->form];
}

// The id by which the viewer knew an object of this id before it was shown `item`. It depends on the past alone, so an
// edition that names it stays what it is; empty if only another office of the party knew it.
std::string known_before(Eyes const& eyes, Item const& item) {
  PartyKey const first = state::first_originator(eyes.question(), eyes.view.party(), item.head.id);
  UtcTime earliest = first_shown_version(eyes, item);
  Item const* known = nullptr;
  for (ItemKey key : eyes.state.holdings.with_id(item.head.id)) {
    Item const& other = eyes.state.holdings.item(key);
    if (other.originator != first) continue;
    if (other.was_of(eyes.office()) && other.contributions.front().time <= earliest) return item.head.id;
    UtcTime const shown = first_shown_version(eyes, other);
    if (shown < earliest) earliest = shown, known = &other;
  }
  std::string const id = known ? Showing::id_of(eyes, *known, form_shown_at(eyes, earliest)) : std::string{};
  return id == own_edition_id(eyes, item) ? std::string{}
                                          : id;  // not from itself: earlier versions bear that id too
}

// The id of what is published, if it was when the office was first released the item, and nothing but the id is another: of a
// masked edition it would say whose it is.
std::string known_as_published(Eyes const& eyes, Item const& item, model::EditionForm form) {
  form.own_id = false;
  if (!form.is_whole()) return {};
  Index first = UINT64_MAX;
  for (Had const& had : item.had)
    if (had.office == eyes.office()) first = std::min(first, had.index);
  state::Frameworks const& frameworks = eyes.state.holdings.frameworks;
  auto const was_there = [&](uint32_t number) { return frameworks.objects[number].index < first; };
  return std::ranges::any_of(frameworks.with_id(item.head.id), was_there) ? item.head.id : std::string{};
}

// What a whole release continues: the edition in which the viewer had the item before.
std::string superseded_edition(Eyes const& eyes, Item const& item) {
  bool const whole_at_first = form_shown_at(eyes, first_shown_version(eyes, item)).is_whole();
  return whole_at_first ? std::string{} : own_edition_id(eyes, item);
}

// The versions of an office's own object without versions: when contributed, a microsecond apart if at one time.
UtcTime own_version_time(Item const& item) {
  return item.head.version.empty() ? item.version_time + microseconds(item.version_number - 1)
                                   : item.version_time;
}

Changes changes_for(Eyes const& eyes, Item const& item, state::Contribution const& by,
                    model::EditionForm form, UtcTime shown) {
  Changes changes;
  changes.id = Showing::id_of(eyes, item, form);
  if (!form.is_whole()) {
    PartyKey const author = eyes.state.law.party_of(by.office);
    changes.created = first_shown(eyes, item);
    changes.modified = shown;
    changes.renamed.emplace(item.head.id, changes.id);  // where it refers to itself
    for (std::string const& id : form.renamed) {
      std::string own = known_id(eyes, author, id);
      ensure(!own.empty());  // or the id as posted would stay
      changes.renamed.emplace(id, std::move(own));
    }
    if (form.attribution == model::Attribution::centre) {
      changes.creator = eyes.state.centre.identity;
      ensure(!changes.creator.empty());  // or the creator as posted would stay
    }
    // The identity that an author gives in the centre's name is taken for its own.
    bool const names_author = item.head.type == "identity" && form.attribution == model::Attribution::centre;
    if (form.own_id && !names_author) changes.derived_from = known_before(eyes, item);
    if (form.own_id && changes.derived_from.empty())
      changes.derived_from = known_as_published(eyes, item, form);
  }
  changes.form = std::move(form);
  return changes;
}

}  // namespace

std::string Showing::id_of(Eyes const& eyes, Item const& item, model::EditionForm const& form) {
  return form.is_whole() ? item.head.id : own_edition_id(eyes, item);
}

Shown Showing::make(Eyes const& eyes, Spot const& spot, state::Disclosure answer) {
  ensure(answer.given);
  Item const& item = eyes.state.holdings.item(spot.item);
  Had const* had = item.had_by(eyes.office(), spot.agreement);
  ensure(item.is_of(eyes.office()) || had);
  return make_at(eyes, spot, std::move(answer),
                 item.is_of(eyes.office()) ? own_version_time(item) : had->shown);
}

Shown Showing::contributed(Eyes const& eyes, Spot const& spot, state::Disclosure answer) {
  Item const& item = eyes.state.holdings.item(spot.item);
  ensure(answer.given && answer.form.is_whole());
  bool const own = item.is_of(eyes.office());
  Shown shown =
      make_at(eyes, spot, std::move(answer), own ? own_version_time(item) : first_shown_version(eyes, item));
  shown.own_ = true;
  return shown;
}

Shown Showing::make_at(Eyes const& eyes, Spot const& spot, state::Disclosure answer, UtcTime release_time) {
  Item const& item = eyes.state.holdings.item(spot.item);
  Shown shown;
  shown.own_ = item.is_of(eyes.office());
  bool const as_posted = answer.form.is_whole() && !item.head.version.empty();
  shown.version_time_ = as_posted ? item.version_time : release_time;
  shown.version_ = as_posted ? item.head.version : to_text(release_time);
  if (!shown.own_ && answer.form.is_whole()) shown.derived_from_ = superseded_edition(eyes, item);
  shown.spot_ = spot;
  shown.type_ = item.head.type;
  shown.clause_ = answer.clause;
  shown.payload_ = item.payload;
  shown.size_ = item.head.size;
  shown.epoch_ = eyes.epoch();
  shown.viewer_ = eyes.view.party();
  shown.changes_ =
      changes_for(eyes, item, item.contributions[answer.contribution], std::move(answer.form), release_time);
  if (!shown.is_whole()) shown.derived_from_ = shown.changes_.derived_from;
  shown.permissive_ = shown.is_whole() && item.facts.permissive;
  return shown;
}

Shown Showing::reference(Eyes const& eyes, Spot const& spot, ReferenceObject object) {
  Shown shown;
  shown.spot_ = spot;
  shown.type_ = std::move(object.type);
  shown.version_ = std::move(object.version);
  shown.version_time_ = object.version_time;
  shown.epoch_ = eyes.epoch();
  shown.viewer_ = eyes.view.party();
  shown.size_ = object.bytes.size();
  shown.made_ = std::move(object.bytes);
  shown.reference_ = true;
  shown.changes_.id = std::move(object.id);
  return shown;
}

Shown Showing::published(Eyes const& eyes, Spot const& spot, state::FrameworkObject const& object) {
  Shown shown;
  shown.spot_ = spot;
  shown.type_ = object.type;
  shown.version_ = object.version.empty() ? to_text(object.version_time) : object.version;
  shown.version_time_ = object.version_time;
  shown.epoch_ = eyes.epoch();
  shown.viewer_ = eyes.view.party();
  shown.payload_ = object.payload, shown.size_ = object.size;
  shown.reference_ = true;
  shown.permissive_ = object.permissive;
  shown.changes_.id = object.id;
  return shown;
}

std::optional<Shown> show(Eyes const& eyes, Spot const& spot) {
  state::Item const& item = eyes.state.holdings.item(spot.item);
  if (!item.is_of(eyes.office()) && !item.had_by(eyes.office(), spot.agreement)) return std::nullopt;
  state::Disclosure answer = state::disclosure(eyes.question(), eyes.office(), spot.item, spot.agreement);
  if (!answer.given) return std::nullopt;
  return Showing::make(eyes, spot, std::move(answer));
}

}  // namespace comity::release
