// POST of an envelope: each object a contribution, all of them one commit (R17, R40 to R42; 15-forms 4).
#include <algorithm>

#include "base/limits.h"
#include "doors/http/loop.h"
#include "doors/taxii/collections.h"
#include "doors/taxii/tell_status.h"
#include "release/ids.h"
#include "sequencer/contribution.h"
#include "sequencer/preview.h"
#include "stix/envelope.h"

namespace comity::taxii {
namespace {

using sequencer::Answer;
using sequencer::Contributions;

// What a POST needs of its path: the agreement, and that this collection takes contributions.
struct Target {
  AgreementKey agreement;
  std::string name;  // by which the sender knows it
};
Or<Target> target_of(Ask const& ask) {
  return ask.look([&](release::Eyes const& eyes) -> Or<Target> {
    auto const found = find_collection(eyes, ask);
    if (!found) return std::unexpected(found.error());
    if (!can_write(eyes, *found)) return refuse(No::not_permitted);
    return Target{found->agreement, ask.open_root ? *eyes.view.name_of(found->agreement) : ask.param("root")};
  });
}

// An office's keys are its own; where all users are one office, each user's.
std::string key_of(Ask const& ask) {
  std::string const key(ask.request.headers.find("Idempotency-Key").value_or(""));
  if (key.empty() || !ask.open_root) return key;
  return "\x02" + std::to_string(ask.who.actor.key) + "\x02" + key;
}

Or<Contributions> read(Ask const& ask, std::string const& agreement) {
  auto const envelope = stix::read_envelope(ask.request.body);
  if (!envelope) return refuse(No::bad_body, envelope.error());
  if (envelope->objects.empty())
    return refuse(No::bad_body, {ErrorCode::bad_input, "an envelope with objects is expected", "/objects"});
  std::string_view const key = ask.request.headers.find("Idempotency-Key").value_or("");
  bool const has_key = ask.request.headers.has("Idempotency-Key");
  if (has_key && !forms::is_idempotency_key(key))
    return refuse(No::bad_query, {ErrorCode::bad_input, "malformed Idempotency-Key"});
  return sequencer::contributions(ask.room.centre, ask.who.author(), *envelope, agreement, key_of(ask));
}

std::shared_ptr<Status> status_of(Ask const& ask, AgreementKey agreement, Contributions& all) {
  auto status = std::make_shared<Status>();
  std::string const key = key_of(ask);
  // No idempotency key has a control character in it, so the two kinds of names never meet.
  status->name =
      !key.empty() ? key : "\x01" + ask.room.boot + std::to_string(ask.room.unnamed.next(ask.who.office));
  status->agreement = agreement;
  status->time = ask.room.centre.seam().clock.now();
  status->warnings = std::move(all.warnings);
  for (sequencer::PostedObject& one : all.objects) {
    Fate fate{Fate::How::accepted, std::move(one.id), std::move(one.version), 0, std::move(one.findings)};
    if (!one.submission) fate.how = Fate::How::unsound;
    status->fates.push_back(std::move(fate));
  }
  return status;
}

http::Reply status_reply(std::shared_ptr<Ask const> const& ask, std::shared_ptr<Status const> const& status) {
  auto body = tell_status(*ask, *status);
  if (!body) return answer_to(body.error());
  return {202, {{"Content-Type", media_type}}, std::move(*body), [ask, status] {
            return status_reply(ask, status);
          }};
}

void keep(Ask const& ask, std::string const& id, std::shared_ptr<Status const> const& status) {
  ask.room.statuses.keep(ask.viewer(), id, status);
}

std::string id_of(Ask const& ask, Status const& status) {
  return ask.room.centre.glance([&](sequencer::Glimpse const& glimpse) {
    return release::status_id(ask.room.keys, glimpse.state.law, ask.who.office, status.name);
  });
}

// The status when the rulings are there. Without a single answer nothing has happened.
std::optional<Refusal> fill_in(Status& status, std::vector<std::optional<size_t>> const& places,
                               std::vector<Answer> const& answers) {
  for (size_t i = 0; i < places.size(); ++i) {
    if (!places[i]) continue;
    Answer const& answer = answers[*places[i]];
    Fate& fate = status.fates[i];
    if (answer.kind == Answer::Kind::busy) return Refusal{No::busy, {}, {}};
    if (answer.kind == Answer::Kind::over_quota) fate.how = Fate::How::over_quota;
    if (answer.kind != Answer::Kind::ruled || answer.ruling.accepted()) continue;
    fate.how = Fate::How::refused;
    fate.record = answer.index;
  }
  return std::nullopt;
}

bool is_accepted(Answer const& answer) {
  return answer.kind == Answer::Kind::ruled && answer.ruling.accepted();
}

http::Reply preview(std::shared_ptr<Ask const> const& ask, AgreementKey agreement, Contributions&& all) {
  std::vector<std::optional<size_t>> places;
  for (auto const& one : all.objects) places.push_back(one.submission);
  auto const status = status_of(*ask, agreement, all);
  auto foreseen = sequencer::preview(ask->room.centre, std::move(all.submissions), limits::preview_within);
  if (!foreseen) return answer_to(Refusal{No::busy, {}, {}});
  std::map<size_t, model::Ruling> rulings;
  for (size_t i = 0; i < places.size(); ++i) {
    if (!places[i] || foreseen->steps[*places[i]].ruling.accepted()) continue;
    status->fates[i].how = Fate::How::refused;
    rulings.emplace(i, foreseen->steps[*places[i]].ruling);
  }
  auto body = tell_preview(*ask, *status, rulings);
  if (!body) return answer_to(body.error());
  return {200, {{"Content-Type", media_type}}, std::move(*body)};
}

// One POST on its way through the sequencer.
struct Posted {
  std::shared_ptr<Ask const> ask;
  std::shared_ptr<Status> status;
  std::string id;  // of the status
  std::vector<std::optional<size_t>> places;
  Answering answering;
  // The answer if all is accepted, made on the way in: of what the sender sent and of ids of its own. What it was made of
  // is older than the commands, so when they are durable it may leave at once, where a look at the state of then would
  // have to wait for the next commit.
  http::Reply hoped;
  std::vector<Answer> answers = {};
};

void finish(Posted& posted) {
  if (auto const no = fill_in(*posted.status, posted.places, posted.answers))
    return posted.answering.held(answer_to(*no));
  keep(*posted.ask, posted.id, posted.status);
  if (std::ranges::all_of(posted.answers, is_accepted))
    return posted.answering.durable(std::move(posted.hoped));
  posted.answering.held(status_reply(posted.ask, posted.status));
}

void contribute(std::shared_ptr<Ask const> const& ask, AgreementKey agreement, Contributions&& all,
                Answering answering) {
  std::vector<std::optional<size_t>> places;
  for (auto const& one : all.objects) places.push_back(one.submission);
  auto const status = status_of(*ask, agreement, all);
  auto const posted = std::make_shared<Posted>(Posted{ask, status, id_of(*ask, *status), std::move(places),
                                                      std::move(answering), status_reply(ask, status)});
  if (all.submissions.empty()) {
    keep(*ask, posted->id, status);
    return posted->answering.held(std::move(posted->hoped));
  }
  ask->room.centre.submit(std::move(all.submissions), [posted](std::vector<Answer>&& answers) {
    posted->answers = std::move(answers);
    http::on_loop_of(posted->ask->request, [posted] { finish(*posted); });
  });
}

}  // namespace

void add(std::shared_ptr<Ask const> ask, http::Workers& workers, Answering answering) {
  auto const target = target_of(*ask);
  if (!target) return answering.held(answer_to(target.error()));
  auto all = read(*ask, target->name);
  if (!all) return answering.held(answer_to(all.error()));
  if (all->purpose == stix::Purpose::contribute)
    return contribute(ask, target->agreement, std::move(*all), std::move(answering));
  // A preview copies the law and decides: not on an event loop.
  auto const asked = std::make_shared<Contributions>(std::move(*all));
  auto const work = [ask, key = target->agreement, asked, done = answering.held] {
    done(preview(ask, key, std::move(*asked)));
  };
  if (!workers.take(work, ask->viewer())) answering.held(answer_to(Refusal{No::busy, {}, {}}));
}

}  // namespace comity::taxii
