#include "state/airspace.h"

#include <cstring>

#include "base/hash_secret.h"
#include "base/limits.h"

namespace comity::state {

uint32_t hash_of(OfficeKey scope, model::EntityId const& id) {
  std::array<uint64_t, 3> const& secret = hash_secret();
  std::array<uint64_t, 2> words{};
  std::memcpy(words.data(), id.octets.data(), sizeof words);
  auto const folded = [](uint64_t a, uint64_t b) {
    auto const product = static_cast<unsigned __int128>(a) * b;
    return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
  };
  uint64_t const hash = folded(folded(words[0] ^ secret[0], words[1] ^ secret[1]), scope.value ^ secret[2]);
  return static_cast<uint32_t>(hash ^ hash >> 32);
}

uint32_t Urls::add(std::string const& url) {
  auto const found = by_text_.find(url);
  if (found != by_text_.end()) {
    ++all_[found->second].users;
    return found->second;
  }
  uint32_t number = static_cast<uint32_t>(all_.size());
  if (free_.empty()) {
    all_.emplace_back();
  } else {
    number = free_.back();
    free_.pop_back();
  }
  all_[number] = {url, 1};
  by_text_.emplace(url, number);
  return number;
}

void Urls::drop(uint32_t url) {
  Kept& kept = all_[url];
  ensure(kept.users > 0);
  if (--kept.users > 0) return;
  by_text_.erase(kept.text);
  kept.text.clear();
  free_.push_back(url);
}

void Urls::change(uint32_t& url, std::string const& to) {
  uint32_t const now = add(to);
  drop(url);
  url = now;
}

void Urls::complete() {
  for (size_t i = 0; i < all_.size(); ++i)
    if (all_[i].users > 0) by_text_.emplace(all_[i].text, static_cast<uint32_t>(i));
}

model::Extent const* off_nominal(Intent const& intent) {
  auto const& track = intent.besides->track;
  return track && track->off_nominal ? &track->off_nominal->extent : nullptr;
}

void remember_suffix(Intent& intent) {
  if (intent.ovn.kind == model::Ovn::Kind::suffixed)
    intent.besides.change([&](Besides& besides) { besides.past_suffixes.push_back(intent.ovn.octets); });
}

std::vector<model::Extent> all_extents(Intent const& intent) {
  std::vector<model::Extent> all = intent.extents;
  if (model::Extent const* const beside = off_nominal(intent)) all.push_back(*beside);
  return all;
}

UtcTime Airspace::next_to_forget() const {
  return std::min({intents.first_end(), constraints.first_end(), subscriptions.first_end(), sites.first_end(),
                   notices.first_ended()}) +
         limits::ended_kept;
}

UtcTime Airspace::next_to_do() const {
  UtcTime const at = std::min(conflicts.first_end(), notices.first_escalation());
  return look_again.empty() ? at : UtcTime{INT64_MIN};
}

void Airspace::complete() {
  auto const scope = [this](OfficeKey office) { return scope_of(office); };
  urls.complete();
  intents.complete(scope);
  constraints.complete(scope);
  subscriptions.complete(scope);
  sites.complete(scope);
  conflicts.complete();
  notices.complete(), outbox.complete();
}

}  // namespace comity::state
