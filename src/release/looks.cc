#include "release/looks.h"

#include <cstring>

#include "base/limits.h"
#include "crypto/secret.h"
#include "crypto/sha256.h"
#include "json/json.h"
#include "release/told_conflicts.h"
#include "release/told_law.h"
#include "release/told_watch.h"

namespace comity::release {
namespace {

uint64_t number_of(BytesView octets) {
  Digest const digest = crypto::sha256(octets);
  uint64_t number = 0;
  std::memcpy(&number, digest.octets.data(), sizeof number);
  return number;
}

uint64_t print_of_told(Told const& told) { return number_of(json::write(told.value())); }

// All of them, by pages.
uint64_t print_of_agreements(Eyes const& eyes) {
  AgreementFilter filter;
  for (Bytes prints;;) {
    Told const page = tell_agreements(eyes, filter);
    prints += json::write(page.value());
    json::Object const& told = page.value().as_object();
    json::Array const& rows = told.at("agreements").as_array();
    if (!told.at("more").as_bool() || rows.empty()) return number_of(prints);
    filter.after = rows.back().as_object().at("id").as_string();
  }
}

// Own ones, of which nobody else changes anything: when, and how many are stale.
uint64_t print_of_sites(Eyes const& eyes) {
  auto const& sites = eyes.state.airspace.sites;
  uint64_t stale = 0;
  sites.each_of(eyes.office(),
                [&](SiteKey key) { stale += sites[key].reconfirm_by <= eyes.state.last_time ? 1 : 0; });
  return print_of({sites.changes_of(eyes.office()), stale});
}

uint64_t print_of_list(Eyes const& eyes, Grounds::Of list) {
  state::Airspace const& airspace = eyes.state.airspace;
  state::Holdings const& holdings = eyes.state.holdings;
  OfficeKey const office = eyes.office();
  state::FeedName const whole{{}, office};
  switch (list) {
    case Grounds::Of::agreements: return print_of_agreements(eyes);
    case Grounds::Of::conflicts:
      return print_of_told(tell_conflicts(eyes, {.limit = limits::notices_per_office}));
    case Grounds::Of::constraints: return print_of_told(tell_constraints(eyes, {.limit = SIZE_MAX}));
    case Grounds::Of::duties:
      return print_of({holdings.duties_of(office).size(), holdings.duties_added(office)});
    case Grounds::Of::intents: return print_of({airspace.intents.changes_of(office)});
    case Grounds::Of::items:
      return print_of({holdings.feed(whole).entries.size(), holdings.own_feed(whole).entries.size()});
    case Grounds::Of::notices: return print_of({airspace.notices.changes_of(office)});
    case Grounds::Of::sites: return print_of_sites(eyes);
    case Grounds::Of::watch: return print_of_told(tell_watch(eyes, {}));
  }
  return 0;
}

}  // namespace

LookPtr Looks::at(Eyes const& eyes, Grounds::Of list) {
  state::Viewer const& viewer = eyes.view.viewer();
  Name const name{viewer.office, viewer.roles, viewer.rights, viewer.client, list};
  {
    std::lock_guard const lock(mutex_);
    auto const found = kept_.find(name);
    if (found != kept_.end() && found->second->grounds.hold(eyes.state)) return found->second;
  }
  auto const look = std::make_shared<Look const>(Look{Grounds::now(eyes, list), print_of_list(eyes, list)});
  std::lock_guard const lock(mutex_);
  if (kept_.size() >= limits::looks_kept) kept_.clear();
  return kept_[name] = look;
}

uint64_t print_of_pages(OfficeKey office, LastPages const& pages) {
  Bytes told;
  for (auto page = pages.lower_bound({office, {}}); page != pages.end() && page->first.first == office;
       ++page)
    told += page->first.second + "\n" + to_text(page->second.time) + "\n" + page->second.outcome + "\n";
  return number_of(told);
}

uint64_t print_of(std::initializer_list<uint64_t> numbers) {
  Bytes octets;
  for (uint64_t const number : numbers) {
    auto const part = crypto::PrfPart::octets_of(number);
    octets.append(part.data(), part.size());
  }
  return number_of(octets);
}

}  // namespace comity::release
