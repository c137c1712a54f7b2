#include "doors/f3548/call.h"

#include <algorithm>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "crypto/uuid.h"

namespace comity::f3548 {
namespace {

constexpr char json_media[] = "application/json; charset=utf-8";  // T4

http::Reply reply_of(Call const& call, int status, release::Told const& told) {
  release::Composer body;
  body.told(told);
  http::Reply reply{status,
                    {{"Content-Type", json_media},
                     {"Cache-Control", "private, no-store"},
                     {"X-Content-Type-Options", "nosniff"}},
                    body.finish()};
  reply.note = call.note;
  return reply;
}

}  // namespace

void Tries::add(OfficeKey office, model::EntityId own, std::vector<model::Surrogate> const& surrogates,
                UtcTime now) {
  std::lock_guard const lock(mutex_);
  auto& of = offices_[office];
  std::erase_if(of, [&](auto const& one) { return one.second.at + limits::tried_kept < now; });
  of[own] = {now, surrogates};
  if (of.size() > limits::tried_of_office)
    of.erase(std::ranges::min_element(of, {}, [](auto const& one) { return one.second.at; }));
}

void Tries::filed(OfficeKey office, model::EntityId own) {
  std::lock_guard const lock(mutex_);
  auto const of = offices_.find(office);
  if (of != offices_.end()) of->second.erase(own);
}

release::Tried Tries::of(OfficeKey office, UtcTime now) const {
  std::lock_guard const lock(mutex_);
  release::Tried all;
  auto const found = offices_.find(office);
  if (found == offices_.end()) return all;
  for (auto const& [own, one] : found->second)
    if (one.at + limits::tried_kept >= now)
      for (model::Surrogate const& surrogate : one.surrogates) all.push_back({own, surrogate});
  return all;
}

std::string_view Call::param(std::string_view name) const {
  for (auto const& [known, value] : params)
    if (known == name) return value;
  return {};
}

forms::F3548Setting Call::setting() const {
  bool const monitoring = (who.scopes & forms::scope::sa) != 0;
  return {room.centre.seam().clock.now(), room.options.urls,
          monitoring ? forms::ConformanceMonitoring::yes : forms::ConformanceMonitoring::no,
          room.is_dss() ? forms::Footprints::cells : forms::Footprints::exact};
}

forms::EntityPath Call::path() const {
  for (auto const& [known, value] : params)
    if (known == "ovn" || known == "version") return {param("id"), value};
  bool const has_empty = request.path.ends_with('/');
  return {param("id"), has_empty ? std::optional<std::string_view>("") : std::nullopt};
}

void Call::answer(http::Reply&& reply) const {
  reply.note = note;
  done(std::move(reply));
}

void Call::answer(int status, release::Told const& told) const { done(reply_of(*this, status, told)); }

// T9: a sentence, and the id of the request, by which the host finds it in the log.
void Call::refuse(int status, std::string_view message) const {
  std::string const text = std::string(message) + " (E:" + request.id + ")";
  auto const told = glance([&](release::Eyes const& eyes) { return release::tell_message(eyes, text); });
  http::Reply reply = reply_of(*this, status, told);
  if (status == 401) reply.headers.add("WWW-Authenticate", "Bearer");
  done(std::move(reply));
}

void answer_when_durable(CallRef const& call,
                         std::function<std::pair<int, Result<release::Told>>(release::Eyes const&)> make) {
  auto const first = call->room.centre.mark();
  auto made = std::make_shared<std::pair<int, Result<release::Told>>>(call->glance(make));
  call->room.centre.when_durable(first, [call, made, make = std::move(make)](sequencer::Fate fate) mutable {
    http::on_loop_of(call->request, [call, made, make, fate] {
      if (fate != sequencer::Fate::kept) return answer_when_durable(call, make);
      if (made->second) return call->answer(made->first, *made->second);
      bool const foreign = made->second.error().code == ErrorCode::forbidden;
      call->refuse(foreign ? 403 : 404,
                   foreign ? "it belongs to another manager" : "there is no such entity");
    });
  });
}

void submit(CallRef const& call, model::CommandKind kind, Bytes body,
            std::function<void(sequencer::Answer const&)> then) {
  sequencer::Submission submission;
  model::Command& command = submission.command;
  command.kind = kind;
  command.office = call->who.office;
  command.actor = {model::Actor::Kind::client, call->who.client.value};
  if (call->principal) command.withheld = call->principal->withheld;
  command.body = std::move(body);
  command.digest = crypto::prf(call->room.centre.keys().comparison, "f3548", call->request.id, command.body);
  std::vector<sequencer::Submission> one;
  one.push_back(std::move(submission));
  call->room.centre.submit(
      std::move(one), [call, then = std::move(then)](std::vector<sequencer::Answer>&& answers) {
        auto const answer = std::make_shared<sequencer::Answer>(std::move(answers.front()));
        http::on_loop_of(call->request, [call, answer, then] {
          if (answer->kind == sequencer::Answer::Kind::ruled) return then(*answer);
          if (answer->kind == sequencer::Answer::Kind::over_quota)
            return call->refuse(429, "too many requests were refused");
          call->answer(http::fixed_reply(503));
        });
      });
}

void refuse(CallRef const& call, model::Ruling const& ruling, std::initializer_list<Mapped> map,
            model::EntityId entity) {
  if (ruling.reasons.empty()) return call->answer(http::fixed_reply(503));  // of what is accepted
  model::Reason const& reason = ruling.reasons.front();
  auto const mapped = std::ranges::find(map, reason.code, &Mapped::code);
  bool const no_right = reason.code == model::ReasonCode::not_permitted;
  int const status = mapped != map.end() ? mapped->status : no_right ? 403 : 400;
  if (!ruling.airspace) return call->refuse(status, model::advice_of(reason.code));
  if (!ruling.airspace->missing_surrogates.empty())
    call->room.tries.add(call->who.office, entity, ruling.airspace->missing_surrogates,
                         call->room.centre.seam().clock.now());
  answer_when_durable(
      call,
      [call, ruling, status, entity](release::Eyes const& eyes) -> std::pair<int, Result<release::Told>> {
        std::string const message =
            std::string(model::advice_of(ruling.reasons.front().code)) + " (E:" + call->request.id + ")";
        return {status, release::tell_missing(eyes, call->room.uss, message, entity, *ruling.airspace)};
      });
}

std::array<uint8_t, 16> minted(Call const& call, std::string_view purpose) {
  uint64_t const now = static_cast<uint64_t>(call.room.centre.seam().clock.now().us);
  Digest const digest = crypto::prf(call.room.centre.keys().prf, purpose, uint64_t{call.who.office.value},
                                    now, call.request.path, call.request.body);
  std::array<uint8_t, 16> octets;
  std::ranges::copy_n(digest.octets.begin(), octets.size(), octets.begin());
  return octets;
}

model::EntityId minted_id(Call const& call, std::string_view purpose) {
  model::EntityId id{minted(call, purpose)};
  id.octets[6] = static_cast<uint8_t>((id.octets[6] & 0x0f) | 0x40);
  id.octets[8] = static_cast<uint8_t>((id.octets[8] & 0x3f) | 0x80);
  return id;
}

}  // namespace comity::f3548
