// Writes: one door for all commands, and the ruling of one again (15-forms 4).
#include <algorithm>
#include <memory>

#include "base/ensure.h"
#include "base/limits.h"
#include "codec/codec.h"
#include "commands/set_credential.h"
#include "crypto/totp.h"
#include "doors/api/endpoint.h"
#include "doors/http/loop.h"
#include "forms/command.h"
#include "json/pointer.h"
#include "release/told_office.h"
#include "release/told_own.h"
#include "sequencer/prepare.h"

namespace comity::api {
namespace {

using http::Method;
using release::Eyes;
using sequencer::Answer;

// What was asked and what was answered, kept to tell it again.
struct Exchange {
  bool is_list = false;
  std::vector<Digest> digests;
  std::vector<Answer> answers;
};

void tell(release::Composer& body, Eyes const& eyes, Digest const& digest, Answer const& answer) {
  if (answer.kind == Answer::Kind::over_quota) {
    body.told(release::tell_problem("Too many requests", 429, Error{ErrorCode::over_quota, ""}));
    return;
  }
  auto told = release::tell_ruled(eyes, {eyes.office(), digest, answer.ruling});
  ensure(told.has_value());  // the office's own
  body.told(*told);
}

Result<Page> told(std::shared_ptr<Call const> const& call, std::shared_ptr<Exchange const> const& exchange) {
  return call->look([&](Eyes const& eyes) -> Result<Page> {
    bool accepted = true;
    release::Composer body(eyes);
    if (exchange->is_list) body.open_list();
    for (size_t i = 0; i < exchange->answers.size(); ++i) {
      Answer const& answer = exchange->answers[i];
      accepted = accepted && answer.kind == Answer::Kind::ruled && answer.ruling.accepted();
      tell(body, eyes, exchange->digests[i], answer);
    }
    if (exchange->is_list) body.close_list();
    return Page{accepted ? 200 : 422, body.finish(), "application/json",
                [call, exchange] { return told(call, exchange); }};
  });
}

Result<std::string> key_of(Call const& call) {
  std::string const key(call.request.headers.find("Idempotency-Key").value_or(""));
  bool const given = call.request.headers.has("Idempotency-Key");
  if (given && !forms::is_idempotency_key(key))
    return fail(ErrorCode::bad_input, "Idempotency-Key has 1 to 128 bytes, none of them a control");
  return key;
}

// What can be had at once; that something else was wanted is remembered, for another thread to do it all again.
class PromptTools : public forms::CommandTools {
 public:
  explicit PromptTools(sequencer::Centre const& centre) : centre_(centre) {}

  Result<Bytes> verifier_of(std::string_view, std::string_view) const override { return refuse(); }
  Result<Token> read_token(std::string_view) const override { return refuse(); }
  crypto::SymmetricKey const& comparison_key() const override { return centre_.keys().comparison; }
  bool is_key_of_centre(std::string_view id) const override { return sequencer::is_own_key(centre_, id); }

  bool were_enough() const { return enough_; }

 private:
  std::unexpected<Error> refuse() const {
    enough_ = false;
    return fail(ErrorCode::busy, "");
  }
  sequencer::Centre const& centre_;
  mutable bool enough_ = true;
};

// Every command of the document, or why there is none: of a list, the first one that cannot be read.
std::expected<std::vector<forms::Prepared>, Page> read_all(forms::CommandList const& list,
                                                           std::string const& key,
                                                           forms::CommandTools const& tools, Error& error) {
  std::vector<forms::Prepared> all;
  for (size_t i = 0; i < list.commands.size(); ++i) {
    std::string const own = key.empty() || !list.is_list ? key : key + "." + std::to_string(i);
    auto command = forms::read_command(list.commands[i], own, tools);
    if (command) {
      all.push_back(std::move(*command));
      continue;
    }
    forms::Unreadable& wrong = command.error();
    error.code = wrong.code;
    if (list.is_list)
      for (forms::Problem& problem : wrong.problems)
        problem.pointer = json::pointer_to("", i) + problem.pointer;
    return std::unexpected(unreadable(wrong.problems));
  }
  return all;
}

// A new password of one's own leaves one's second factor as it is. Who came by a session or a token, which no code was given for, cannot take
// it away so: that would last longer than what it was done with.
Result<void> keep_factor(Call const& call, forms::Prepared& prepared) {
  if (prepared.command.kind != model::CommandKind::set_credential) return {};
  if (call.who.actor.kind != model::Actor::Kind::person) return {};
  auto const body = codec::decode<commands::SetCredential>(prepared.command.body);
  PayloadKey const key = call.centre().read([&](sequencer::Glimpse const& glimpse) -> PayloadKey {
    model::Person const& self = glimpse.state.law.people[call.who.actor.key];
    return body && self.name == body->user ? self.credential : 0;
  });
  if (key == 0) return {};
  auto const bytes = call.centre().payload(key);
  auto const now = bytes ? crypto::read_verifier(*bytes) : crypto::Verifier{};
  if (!now.totp) return {};
  if (!call.who.token_id.empty()) return fail(ErrorCode::forbidden, "");
  if (!prepared.payload) return {};
  crypto::Verifier made = crypto::read_verifier(*prepared.payload);
  made.totp = now.totp;
  prepared.payload = crypto::write_verifier(made);
  return {};
}

struct Ready {
  std::shared_ptr<Exchange> exchange = std::make_shared<Exchange>();
  std::vector<sequencer::Submission> submissions;
};

// Everything that is to be done before the sequencer; or the answer, if it does not come to that.
std::expected<Ready, Result<Page>> ready(Call const& call, BytesView document,
                                         forms::CommandTools const& tools) {
  auto const key = key_of(call);
  if (!key) return std::unexpected(Result<Page>(std::unexpected(key.error())));
  auto const list = forms::split_commands(document);
  if (!list) return std::unexpected(Result<Page>(std::unexpected(list.error())));
  Error error;
  auto prepared = read_all(*list, *key, tools, error);
  if (!prepared) {
    if (error.code != ErrorCode::bad_input)
      return std::unexpected(Result<Page>(std::unexpected(std::move(error))));
    return std::unexpected(Result<Page>(std::move(prepared).error()));
  }
  Ready made;
  made.exchange->is_list = list->is_list;
  for (forms::Prepared& one : *prepared) {
    if (auto const kept = keep_factor(call, one); !kept)
      return std::unexpected(Result<Page>(std::unexpected(kept.error())));
    made.submissions.push_back(sequencer::prepare(call.centre(), call.who.author(), std::move(one)));
    made.exchange->digests.push_back(
        release::told_digest(made.submissions.back().command.kind, made.submissions.back().command.digest));
  }
  return made;
}

Result<Page> answer(std::shared_ptr<Call const> const& call,
                    std::shared_ptr<Exchange const> const& exchange) {
  for (Answer const& one : exchange->answers) {
    if (one.kind == Answer::Kind::busy) return fail(ErrorCode::busy, "");
    if (one.kind == Answer::Kind::over_quota && !exchange->is_list) return fail(ErrorCode::over_quota, "");
  }
  return told(call, exchange);
}

bool is_plainly_accepted(Answer const& answer) {
  return answer.kind == Answer::Kind::ruled && answer.ruling.accepted() && answer.ruling.effects.empty() &&
         !answer.ruling.airspace;
}

// If all is accepted and nothing follows in law or in the airspace, the answer says no more than that: it is made on the way in, of what is
// older than the commands, so it may leave as soon as they are durable.
std::shared_ptr<Result<Page>> hoped_for(std::shared_ptr<Call const> const& call, Exchange const& exchange) {
  auto const accepted = std::make_shared<Exchange>(exchange);
  Answer answer;
  answer.kind = Answer::Kind::ruled;
  answer.ruling = model::accepted();
  accepted->answers.assign(exchange.digests.size(), answer);
  return std::make_shared<Result<Page>>(told(call, accepted));
}

void submit(std::shared_ptr<Call const> const& call, Ready&& made, PageDone const& done) {
  auto const hoped = hoped_for(call, *made.exchange);
  call->centre().submit(std::move(made.submissions),
                        [call, done, hoped, exchange = made.exchange](std::vector<Answer>&& answers) {
                          exchange->answers = std::move(answers);
                          http::on_loop_of(call->request, [call, done, hoped, exchange] {
                            bool const plain =
                                *hoped && std::ranges::all_of(exchange->answers, is_plainly_accepted);
                            if (plain && !exchange->answers.empty())
                              return done.durable(std::move(**hoped), exchange->answers.back().own);
                            done(answer(call, exchange));
                          });
                        });
}

void commands(std::shared_ptr<Call const> call, http::Workers& workers, PageDone done) {
  PromptTools const prompt(call->centre());
  auto made = ready(*call, call->request.body, prompt);
  if (prompt.were_enough()) {
    if (!made) return done(std::move(made).error());
    return submit(call, std::move(*made), done);
  }
  // A password is hashed, or a token read that asks the state: not on an event loop.
  auto const work = [call, done] { submit_document(call, call->request.body, done); };
  if (!workers.take(work, call->who.office.value)) done(fail(ErrorCode::busy, ""));
}

std::optional<Index> index_of(Call const& call, Eyes const& eyes) {
  auto const office = eyes.state.keyed.find(eyes.office());
  if (office == eyes.state.keyed.end()) return std::nullopt;
  auto const found = office->second.find(std::string(call.param("key")));
  if (found == office->second.end()) return std::nullopt;
  return found->second.index;
}

Result<void> known_key(Call const& call, Eyes const& eyes) {
  return index_of(call, eyes) ? Result<void>{} : Result<void>(not_there());
}

Result<Page> command(Call const& call, Making) {
  auto const index = TRY(call.look([&](Eyes const& eyes) -> Result<Index> {
    auto const found = index_of(call, eyes);
    return found ? Result<Index>(*found) : Result<Index>(not_there());
  }));
  model::Record const record = TRY(call.centre().reader().read(index));
  return call.look([&](Eyes const& eyes) {
    return page_of(
        eyes, release::tell_ruled(
                  eyes, {record.command.office,
                         release::told_digest(record.command.kind, record.command.digest), record.ruling}));
  });
}

constexpr Endpoint endpoints[] = {
    {Method::post, "/api/v1/commands", Right::none, nullptr, Kind::write, json_media, json_media, nullptr,
     commands, Cost::of_body, Served::always},
    {Method::get, "/api/v1/commands/{key}", Right::none, known_key, Kind::read, json_media, {}, command},
    {Method::post, "/api/v1/previews", Right::none, nullptr, Kind::write, json_media, json_media, previews},
};

}  // namespace

void submit_document(std::shared_ptr<Call const> call, BytesView document, PageDone done) {
  sequencer::Tools const tools(call->centre(), call->who.author());
  auto made = ready(*call, document, tools);
  if (!made) return done(std::move(made).error());
  submit(call, std::move(*made), done);
}

void submit_as(std::shared_ptr<Call const> call, std::string_view kind, PageDone done) {
  BytesView const body = call->request.body;
  if (auto const read = json::parse(body, limits::request_body_bytes, json::Numbers::any); !read)
    return done(std::unexpected(read.error()));
  submit_document(call, R"({"kind":")" + std::string(kind) + R"(","body":)" + std::string(body) + "}",
                  std::move(done));
}

std::span<Endpoint const> command_endpoints() { return endpoints; }

}  // namespace comity::api
