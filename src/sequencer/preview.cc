#include "sequencer/preview.h"

#include <algorithm>

#include "base/ensure.h"
#include "codec/codec.h"
#include "commands/all.h"
#include "commands/machine.h"

namespace comity::sequencer {
namespace {

using model::CommandKind;
using state::State;

// Everything but the items.
State law_of(State const& state) {
  State copy;
  copy.centre = state.centre;
  copy.law = state.law;
  copy.next_index = state.next_index;
  copy.next_payload = state.next_payload;
  copy.last_time = state.last_time;
  copy.ruleset = state.ruleset;
  copy.proposals = state.proposals;
  copy.faults = state.faults;
  copy.revoked_tokens = state.revoked_tokens;
  copy.epoch = state.epoch;
  return copy;
}

bool is_about_items(CommandKind kind) {
  return kind == CommandKind::contribute || kind == CommandKind::delete_item ||
         kind == CommandKind::consent_onward || kind == CommandKind::claim_independent_source;
}

model::SignedAct assumed_act(State const& state, model::Command const& command, UtcTime now) {
  model::Party const& party = state.law.party(state.law.party_of(command.office));
  model::SignedAct act;
  act.kind = model::name_of(command.kind);
  act.centre = state.centre.origin;
  act.party = party.slug;
  act.founding_key = party.founding_key;
  act.office = state.law.office(command.office).name;
  for (model::PublicKeyEntry const& key : party.keys)
    if (key.revoked == 0) act.key = key.id;
  bool const officers = command.kind == CommandKind::propose_host_act ||
                        command.kind == CommandKind::countersign_host_act ||
                        command.kind == CommandKind::lift_fault_suspension;
  if (officers && command.actor.kind == model::Actor::Kind::person)
    act.key = state.law.people[command.actor.key].officer_key.id;
  act.seq = party.last_seq + 1;
  act.not_after = now + hours(1);
  act.verified = true;
  return act;
}

class Foreseeing {
 public:
  Foreseeing(Centre const& centre, Preview& out) : centre_(centre), out_(out), copy_(*out.copy) {
    now_ = std::max(copy_.last_time, centre.seam().clock.now());
  }

  void step(Submission&& submission) {
    model::Command& command = submission.command;
    command.idempotency_key.clear();
    if (forms::is_signed(command.kind) && !command.act) command.act = assumed_act(copy_, command, now_);
    Foreseen foreseen{command.kind, command.digest, decide(submission), {}, {}};
    if (foreseen.ruling.accepted() &&
        (!is_about_items(command.kind) || command.kind == CommandKind::contribute))
      apply(submission, foreseen);
    out_.steps.push_back(std::move(foreseen));
  }

 private:
  model::Ruling decide(Submission const& submission) const {
    commands::Context const context{copy_.next_index, now_, copy_.ruleset,
                                    submission.payload ? copy_.next_payload : 0};
    if (!is_about_items(submission.command.kind))
      return commands::decide(copy_, submission.command, context).ruling;
    return centre_.read([&](Glimpse const& glimpse) {
      return commands::decide(glimpse.state, submission.command, context).ruling;
    });
  }

  model::Record record_of(model::Command command) const {
    model::Record record;
    record.index = copy_.next_index;
    record.time = now_;
    record.ruleset = copy_.ruleset;
    record.command = std::move(command);
    return record;
  }

  void apply(Submission& submission, Foreseen& foreseen) {
    size_t const agreements = copy_.law.agreements.size(), items = copy_.holdings.items.size();
    foreseen.agreement = named(submission.command);
    model::Record record = record_of(submission.command);
    record.ruling = foreseen.ruling;
    record.ruling.releases.clear();  // of items that the copy does not have
    if (submission.payload) {
      record.payload = copy_.next_payload;
      out_.payloads[record.payload] = std::move(*submission.payload);
    }
    commands::apply(copy_, record);
    if (copy_.law.agreements.size() > agreements) foreseen.agreement = AgreementKey(agreements);
    if (copy_.holdings.items.size() > items) foreseen.item = ItemKey(items);
    while (auto own = commands::next_system_command(copy_, now_)) apply_own(std::move(*own));
  }

  void apply_own(model::Command&& command) {
    model::Record record = record_of(std::move(command));
    record.ruling = commands::decide(copy_, record.command, {record.index, now_, copy_.ruleset}).ruling;
    ensure(record.ruling.accepted());
    commands::apply(copy_, record);
  }

  // The agreement that the command names, as its author knows it.
  AgreementKey named(model::Command const& command) const {
    state::View const view = copy_.view(commands::viewer_of(copy_.law, command));
    switch (command.kind) {
      case CommandKind::sponsor:
      case CommandKind::unsponsor:
      case CommandKind::table_agreement:
      case CommandKind::sign: {
        auto const body = codec::decode<commands::OnText>(command.body);
        return body ? view.agreement(body->agreement) : AgreementKey{};
      }
      case CommandKind::edit_draft: {
        auto const body = codec::decode<commands::EditDraft>(command.body);
        return body ? view.agreement(body->agreement) : AgreementKey{};
      }
      case CommandKind::contribute: {
        auto const body = codec::decode<commands::Contribute>(command.body);
        return body ? view.agreement(body->agreement) : AgreementKey{};
      }
      default: return {};
    }
  }

  Centre const& centre_;
  Preview& out_;
  State& copy_;
  UtcTime now_;
};

}  // namespace

Result<Preview> preview(Centre const& centre, Author author, std::vector<forms::Prepared> commands,
                        Duration within) {
  std::vector<Submission> submissions;
  for (forms::Prepared& one : commands) submissions.push_back(prepare(centre, author, std::move(one)));
  return preview(centre, std::move(submissions), within);
}

Result<Preview> preview(Centre const& centre, std::vector<Submission> submissions, Duration within) {
  int64_t const end = centre.seam().clock.monotonic_us() + within.us;
  Preview made;
  made.copy =
      std::make_shared<State>(centre.read([](Glimpse const& glimpse) { return law_of(glimpse.state); }));
  uint64_t const epoch = made.copy->epoch;
  Foreseeing foreseeing(centre, made);
  for (Submission& one : submissions) {
    if (centre.seam().clock.monotonic_us() > end)
      return fail(ErrorCode::busy, "the preview takes too long; ask for less");
    foreseeing.step(std::move(one));
  }
  made.copy->epoch = epoch;  // of the law it was made under
  return made;
}

std::expected<Preview, std::vector<forms::Problem>> preview_text(Centre const& centre, Author author,
                                                                 forms::Compiled compiled, BytesView source) {
  Preview made;
  made.copy =
      std::make_shared<State>(centre.read([](Glimpse const& glimpse) { return law_of(glimpse.state); }));
  State& copy = *made.copy;
  state::View const view = copy.view(viewer_of(copy.law, author));
  model::Text resolved = compiled.text;
  std::vector<forms::Problem> problems;
  for (state::UnresolvedName const& missing : state::resolve_names(view, resolved))
    problems.push_back({missing.pointer, model::advice_of(missing.code)});
  if (!problems.empty()) return std::unexpected(std::move(problems));
  model::Record record;
  record.time = copy.last_time;
  record.payload = copy.next_payload;
  state::Agreement draft;
  draft.drafter = author.office;
  draft.history.push_back({state::AgreementState::draft, record.time});
  commands::set_text(draft, std::make_shared<model::Text const>(std::move(resolved)), compiled.text_hash,
                     record);
  copy.law.agreements.push_back(std::move(draft));
  made.payloads[record.payload] = Bytes(source);
  return made;
}

}  // namespace comity::sequencer
