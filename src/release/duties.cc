#include "release/duties.h"

#include <algorithm>

#include "json/json.h"
#include "release/ids.h"
#include "release/listing.h"
#include "release/telling.h"
#include "release/words.h"

namespace comity::release {
namespace {

using state::Duty;

constexpr std::string_view type = "x-comity-duty";

struct AsHad {
  std::string id, version;
};

AsHad as_had(Eyes const& eyes, Duty const& duty) {
  state::Item const& item = eyes.state.holdings.item(duty.item);
  model::EditionForm const& form = eyes.state.holdings.forms[duty.form];
  bool const as_posted = form.is_whole() && !item.head.version.empty();
  return {Showing::id_of(eyes, item, form), as_posted ? item.head.version : to_text(duty.shown)};
}

// Null: it waits no more, or is no notice.
state::Notice const* waiting_of(Eyes const& eyes, Duty const& duty) {
  state::Notice const* const notice = eyes.state.airspace.notices.find({eyes.office(), duty.notice});
  return notice && notice->is_waiting() ? notice : nullptr;
}

bool is_recovery(Duty const& duty) { return duty.recovery != UtcTime{}; }

// Null: it has taken effect or was objected to, or is none.
model::Recovery const* recovery_of(Eyes const& eyes, Duty const& duty) {
  model::Recovery const* const one = eyes.state.law.recovery_of(eyes.view.party());
  return one && one->filed == duty.recovery ? one : nullptr;
}

bool is_due(Eyes const& eyes, Duty const& duty) {
  if (is_recovery(duty)) return recovery_of(eyes, duty) != nullptr;
  return duty.notice == 0 || waiting_of(eyes, duty);
}

void put_recovery(json::Object& out, Eyes const& eyes, Duty const& duty) {
  model::Recovery const* const one = recovery_of(eyes, duty);
  if (!one) return;
  out["new_key"] = one->key_id;
  out["answer_by"] = to_text(one->effective);
}

void put_notice(json::Object& out, Eyes const& eyes, Duty const& duty) {
  out["notice"] = duty.notice;
  state::Notice const* const notice = waiting_of(eyes, duty);
  if (!notice) return;
  if (notice->raised.answer_by != never) out["answer_by"] = to_text(notice->raised.answer_by);
  if (notice->raised.exercise) out["exercise"] = true;
}

constexpr char const* to_be_answered = "to_be_answered";
constexpr char const* key_filed = "a_new_key_was_filed";
constexpr char const* deleted = "deleted_by_its_originator";

ReferenceObject object_of(Eyes const& eyes, std::string const& id, Duty const& duty) {
  std::string const time = to_text(duty.date_added);
  json::Object object{{"type", std::string(type)},
                      {"spec_version", "2.1"},
                      {"id", id},
                      {"created_by_ref", eyes.state.centre.identity},
                      {"created", time},
                      {"modified", time}};
  if (is_recovery(duty)) {
    object["duty"] = "recovery";
    put_recovery(object, eyes, duty);
    object["reason"] = key_filed;
  } else if (duty.notice != 0) {
    object["duty"] = "notice";
    put_notice(object, eyes, duty);
    object["reason"] = to_be_answered;
  } else {
    AsHad const had = as_had(eyes, duty);
    object["duty"] = "deletion";
    object["object_ref"] = had.id, object["object_version"] = had.version;
    object["reason"] = deleted;
  }
  return {std::string(type), id, time, duty.date_added, json::write(json::Value(std::move(object)))};
}

// Where a page begins in the list: duties are many, once a feed has been open for years.
size_t first_of(std::vector<Duty> const& duties, FeedQuery const& query) {
  size_t after_place =
      !query.after ? 0
                   : static_cast<size_t>(std::ranges::upper_bound(duties, *query.after, {}, &Duty::place) -
                                         duties.begin());
  auto const is_no_duty = [](std::string const& id) { return stix::type_of_id(id) != type; };
  if ((!query.match.types.empty() && !contains(query.match.types, type)) ||
      (!query.match.ids.empty() && std::ranges::all_of(query.match.ids, is_no_duty)))
    return duties.size();
  if (!query.match.ids.empty() && duties.size() > limits::duties_by_id)  // an id costs a keyed digest
    after_place = std::max(after_place, duties.size() - limits::duties_by_id);
  if (!query.added_after) return after_place;
  auto const first = std::ranges::upper_bound(duties, *query.added_after, {}, &Duty::date_added);
  return std::max(after_place, static_cast<size_t>(first - duties.begin()));
}

}  // namespace

Page duties_page(Eyes const& eyes, FeedQuery const& query) {
  std::vector<Duty> const& duties = eyes.state.holdings.duties_of(eyes.office());
  Listing listing(eyes, query);
  for (size_t i = first_of(duties, query); i < duties.size() && !listing.is_full(); ++i) {
    Duty const& duty = duties[i];
    if (!is_due(eyes, duty)) continue;
    Spot const spot{duty.item, duty.agreement, duty.date_added, duty.place};
    std::string const id =
        std::string(type) + "--" + duty_id(eyes.keys, eyes.state, eyes.office(), duty.place);
    listing.offer(spot, id, [&] { return object_of(eyes, id, duty); });
  }
  Page page = std::move(listing).finish();
  if (!page.more && !duties.empty()) page.looked_to = duties.back().place;
  return page;
}

Told tell_duty(Eyes const& eyes, Shown const& shown) {
  auto const& duties = eyes.state.holdings.duties_of(eyes.office());
  Duty const& duty = *std::ranges::lower_bound(duties, shown.place(), {}, &Duty::place);
  if (is_recovery(duty)) {
    json::Object row{{"duty", shown.id()}, {"kind", "recovery"}, {"reason", key_filed}};
    put_recovery(row, eyes, duty);
    row["date_added"] = to_text(duty.date_added);
    return Teller::tell(eyes, std::move(row));
  }
  if (duty.notice != 0) {
    json::Object row{{"duty", shown.id()}, {"kind", "notice"}, {"reason", to_be_answered}};
    put_notice(row, eyes, duty);
    row["date_added"] = to_text(duty.date_added);
    return Teller::tell(eyes, std::move(row));
  }
  AsHad const had = as_had(eyes, duty);
  json::Object row{{"duty", shown.id()}, {"kind", "deletion"},     {"reason", deleted},
                   {"id", had.id},       {"version", had.version}, {"date_added", to_text(duty.date_added)}};
  if (auto const name = eyes.view.name_of(duty.agreement)) row["agreement"] = *name;
  return Teller::tell(eyes, std::move(row));
}

}  // namespace comity::release
