// A bundle or an envelope under one agreement: the same path as a TAXII post (sequencer/contribution.h).
#include <algorithm>

#include "base/ensure.h"
#include "doors/api/endpoint.h"
#include "doors/http/loop.h"
#include "forms/command.h"
#include "release/told_office.h"
#include "release/told_own.h"
#include "sequencer/contribution.h"
#include "sequencer/preview.h"
#include "stix/envelope.h"

namespace comity::api {
namespace {

using release::Eyes;
using sequencer::Answer;

struct Exchange {
  std::vector<sequencer::PostedObject> objects;
  stix::Tally warnings;
  std::vector<model::Ruling> rulings;  // of the submissions
  std::vector<Answer::Kind> kinds;
};

void tell_findings(release::Composer& body, sequencer::PostedObject const& posted) {
  std::vector<forms::Problem> problems;
  for (stix::Finding const& finding : posted.findings)
    problems.push_back({finding.pointer, std::string(finding.code) + ": " + finding.detail});
  body.name("problems").told(release::tell_problems(problems));
}

// What was sound enough and is not quite the standard: each code once.
void tell_warnings(release::Composer& body, Eyes const& eyes, stix::Tally const& warnings) {
  if (warnings.codes().empty()) return;
  auto const echo = [&](std::string_view text) { return release::tell_echo(eyes, eyes.office(), text); };
  body.name("warnings").open_list();
  for (auto const& [code, tallied] : warnings.codes()) {
    body.open().name("code").told(echo(code));
    body.name("asked").told(echo(tallied.asked == stix::Asked::must ? "must" : "should"));
    body.name("objects").number(static_cast<int64_t>(tallied.count)).name("first").told(echo(tallied.id));
    body.name("pointer").told(echo(tallied.pointer)).name("detail").told(echo(tallied.detail)).close();
  }
  body.close_list();
}

bool is_accepted(Exchange const& exchange, sequencer::PostedObject const& posted) {
  return posted.submission && exchange.kinds[*posted.submission] == Answer::Kind::ruled &&
         exchange.rulings[*posted.submission].accepted();
}

void tell_object(release::Composer& body, Eyes const& eyes, Exchange const& exchange,
                 sequencer::PostedObject const& posted) {
  body.open();
  if (!posted.id.empty()) body.name("id").told(release::tell_echo(eyes, eyes.office(), posted.id));
  if (!posted.version.empty())
    body.name("version").told(release::tell_echo(eyes, eyes.office(), posted.version));
  if (!posted.submission) {
    tell_findings(body, posted);
  } else if (exchange.kinds[*posted.submission] == Answer::Kind::over_quota) {
    body.name("status").number(429);
  } else {
    auto told = release::tell_ruled(eyes, {eyes.office(), {}, exchange.rulings[*posted.submission]});
    ensure(told.has_value());  // the office's own
    body.name("ruling").told(*told);
  }
  body.close();
}

Result<Page> told(std::shared_ptr<Call const> const& call, std::shared_ptr<Exchange const> const& exchange) {
  return call->look([&](Eyes const& eyes) -> Result<Page> {
    int64_t accepted = 0;
    release::Composer body(eyes);
    body.open().name("objects").open_list();
    for (sequencer::PostedObject const& posted : exchange->objects) {
      accepted += is_accepted(*exchange, posted);
      tell_object(body, eyes, *exchange, posted);
    }
    int64_t const all = static_cast<int64_t>(exchange->objects.size());
    body.close_list();
    tell_warnings(body, eyes, exchange->warnings);
    body.name("accepted").number(accepted).name("refused").number(all - accepted).close();
    return Page{all > 0 && accepted == 0 ? 422 : 200, body.finish(), "application/json",
                [call, exchange] { return told(call, exchange); }};
  });
}

Result<void> foresee(Call const& call, Exchange& exchange, std::vector<sequencer::Submission> submissions) {
  auto const preview = TRY(sequencer::preview(call.centre(), std::move(submissions), limits::preview_within));
  for (sequencer::Foreseen const& step : preview.steps) {
    exchange.rulings.push_back(step.ruling);
    exchange.kinds.push_back(Answer::Kind::ruled);
  }
  return {};
}

Result<void> take_answers(Exchange& exchange, std::vector<Answer>&& answers) {
  for (Answer& answer : answers) {
    if (answer.kind == Answer::Kind::busy) return fail(ErrorCode::busy, "");
    exchange.rulings.push_back(std::move(answer.ruling));
    exchange.kinds.push_back(answer.kind);
  }
  return {};
}

// If all is accepted: made on the way in, of what is older than the contributions, so it may leave when they are durable.
std::shared_ptr<Result<Page>> hoped_for(std::shared_ptr<Call const> const& call, Exchange const& exchange,
                                        size_t submissions) {
  auto const accepted = std::make_shared<Exchange>(exchange);
  accepted->rulings.assign(submissions, model::accepted());
  accepted->kinds.assign(submissions, Answer::Kind::ruled);
  return std::make_shared<Result<Page>>(told(call, accepted));
}

struct Ready {
  std::shared_ptr<Exchange> exchange = std::make_shared<Exchange>();
  stix::Purpose purpose = {};
  std::vector<sequencer::Submission> submissions;
};

std::expected<Ready, Result<Page>> ready(Call const& call) {
  auto const not_ready = [](Error error) { return std::unexpected(Result<Page>(std::unexpected(error))); };
  std::string const key(call.request.headers.find("Idempotency-Key").value_or(""));
  if (call.request.headers.has("Idempotency-Key") && !forms::is_idempotency_key(key))
    return not_ready({ErrorCode::bad_input, "Idempotency-Key has 1 to 128 bytes, none of them a control"});
  auto const envelope = stix::read_envelope(call.request.body);
  if (!envelope && envelope.error().pointer.empty()) return not_ready(envelope.error());
  if (!envelope)
    return std::unexpected(
        Result<Page>(unreadable({{envelope.error().pointer, envelope.error().detail}})));  // C10
  auto all =
      sequencer::contributions(call.centre(), call.who.author(), *envelope, call.param("agreement"), key);
  Ready made;
  made.exchange->objects = std::move(all.objects);
  made.exchange->warnings = std::move(all.warnings);
  made.purpose = all.purpose;
  made.submissions = std::move(all.submissions);
  return made;
}

}  // namespace

Result<void> known_agreement(Call const& call, Eyes const& eyes) {
  TRY(agreement_of(eyes, call.param("agreement")));
  return {};
}

void contribute(std::shared_ptr<Call const> call, http::Workers& workers, PageDone done) {
  auto made = ready(*call);
  if (!made) return done(std::move(made).error());
  auto const exchange = made->exchange;
  if (made->purpose == stix::Purpose::preview) {  // copies the law and decides: not on an event loop
    auto const asked = std::make_shared<std::vector<sequencer::Submission>>(std::move(made->submissions));
    auto const work = [call, exchange, asked, done] {
      auto const foreseen = foresee(*call, *exchange, std::move(*asked));
      done(foreseen ? told(call, exchange) : std::unexpected(foreseen.error()));
    };
    if (!workers.take(work, call->who.office.value)) done(fail(ErrorCode::busy, ""));
    return;
  }
  if (made->submissions.empty()) return done(told(call, exchange));
  auto const hoped = hoped_for(call, *exchange, made->submissions.size());
  call->centre().submit(std::move(made->submissions),
                        [call, done, exchange, hoped](std::vector<Answer>&& answers) {
                          auto const own = answers.back().own;
                          bool const plain = *hoped && std::ranges::all_of(answers, [](Answer const& answer) {
                            return answer.kind == Answer::Kind::ruled && answer.ruling.accepted();
                          });
                          auto const taken = take_answers(*exchange, std::move(answers));
                          http::on_loop_of(call->request, [call, done, exchange, hoped, own, plain, taken] {
                            if (!taken) return done(std::unexpected(taken.error()));
                            if (plain) return done.durable(std::move(**hoped), own);
                            done(told(call, exchange));
                          });
                        });
}

}  // namespace comity::api
