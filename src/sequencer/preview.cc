#include "sequencer/preview.h"

#include <algorithm>

#include "base/contains.h"
#include "base/ensure.h"
#include "codec/codec.h"
#include "commands/all.h"
#include "commands/machine.h"
#include "sequencer/preview_filings.h"
#include "sequencer/preview_items.h"
#include "state/settle.h"

namespace comity::sequencer {
namespace {

using model::CommandKind;
using state::State;

// Everything but the items and what frameworks have, and of quotas what the asker has used up.
SharedState law_of(State const& state, OfficeKey asker) {
  auto copy = std::make_shared<State>();
  copy->centre = state.centre;
  copy->law = state.law;
  copy->next_index = state.next_index;
  copy->next_payload = state.next_payload;
  copy->last_time = state.last_time;
  copy->ruleset = state.ruleset;
  copy->holdings.frameworks.all = state.holdings.frameworks.all;
  for (state::Framework& one : copy->holdings.frameworks.all) one.loaded.clear();  // borrowed, as items are
  copy->airspace.one_namespace = state.airspace.one_namespace;
  copy->proposals = state.proposals;
  copy->faults = state.faults;
  copy->faulted = state.faulted;
  copy->revoked_tokens = state.revoked_tokens;
  copy->revoked_until = state.revoked_until;
  copy->epoch = state.epoch;
  auto const hints = state.third_party_hints.find(asker);
  if (hints != state.third_party_hints.end()) copy->third_party_hints.insert(*hints);
  return copy;
}

bool is_about_items(CommandKind kind) {
  return kind == CommandKind::contribute || kind == CommandKind::delete_item ||
         kind == CommandKind::consent_onward || kind == CommandKind::claim_independent_source ||
         kind == CommandKind::load_framework_object;
}

// A key that may sign it; where there is no binding key any more, a recovery key.
std::string key_assumed(model::Party const& party, CommandKind kind) {
  std::string found;
  for (model::PublicKeyEntry const& key : party.keys)
    if (key.revoked == 0 && (found.empty() || key.may_sign(kind))) found = key.id;
  return found;
}

// Of a change of keys: whoever could sign it does.
std::vector<model::ActSignature> signatures_assumed(model::Party const& party, model::Command const& command,
                                                    std::string const& first) {
  std::vector<model::ActSignature> all{{first, {}}};
  auto const add = [&](std::string const& id) {
    if (!contains(all, id, &model::ActSignature::key)) all.push_back({id, {}});
  };
  if (command.kind == CommandKind::rotate_key)
    if (auto const body = codec::decode<commands::RotateKey>(command.body))
      for (commands::NewKey const& one : body->keys) add(one.id);
  if (command.kind == CommandKind::rotate_key || command.kind == CommandKind::revoke_key)
    for (model::PublicKeyEntry const& key : party.keys)
      if (key.purpose == model::KeyPurpose::recovery && key.revoked == 0) add(key.id);
  return all;
}

model::SignedAct assumed_act(State const& state, model::Command const& command, UtcTime now) {
  model::Party const& party = state.law.party(state.law.party_of(command.office));
  model::SignedAct act;
  act.kind = model::name_of(command.kind);
  act.centre = state.centre.origin_now();
  act.party = party.slug;
  act.founding_key = party.founding_key;
  act.office = state.law.office(command.office).name;
  act.key = key_assumed(party, command.kind);
  if (forms::is_signed_by_officer(command.kind) && command.actor.kind == model::Actor::Kind::person)
    act.key = state.law.people[command.actor.key].officer_key.id;
  act.signatures = signatures_assumed(party, command, act.key);
  act.seq = party.highest_seq() + 1;
  act.not_after = now + hours(1);
  act.verified = true;
  return act;
}

// A hint that names nothing is counted where it is recorded, and a preview is not: it does not give any.
model::Ruling without_hints(model::Ruling ruling) {
  std::erase_if(ruling.reasons, [](model::Reason const& reason) {
    return reason.code == model::ReasonCode::third_party_rule && reason.agreement.is_none();
  });
  if (ruling.reasons.empty()) ruling.outcome = model::Outcome::accepted;
  return ruling;
}

class Foreseeing {
 public:
  Foreseeing(Centre const& centre, Preview& out)
      : centre_(centre), out_(out), copy_(*out.copy), epoch_(copy_.epoch), borrowed_(copy_), filings_(copy_) {
    now_ = std::max(copy_.last_time, centre.seam().clock.now());
  }

  // False: the law is not any more the one of which the copy was made.
  bool step(Submission&& submission) {
    model::Command& command = submission.command;
    command.idempotency_key.clear();
    if (forms::is_signed(command.kind) && !command.act) command.act = assumed_act(copy_, command, now_);
    if ((is_about_items(command.kind) || forms::is_filing(command.kind)) && !borrow(command)) return false;
    commands::Context const context{copy_.next_index, now_, copy_.ruleset,
                                    submission.payload ? copy_.next_payload : 0};
    Foreseen foreseen{command.kind, command.digest, {}, {}, {}, {}};
    foreseen.ruling = without_hints(commands::decide(copy_, command, context).ruling);
    if (foreseen.ruling.accepted()) apply(submission, foreseen);
    foreseen.ruling.airspace.reset();  // without what others have filed it says nothing
    out_.steps.push_back(std::move(foreseen));
    return true;
  }

 private:
  bool borrow(model::Command const& command) {
    return centre_.read([&](Glimpse const& glimpse) {
      if (glimpse.state.epoch != epoch_) return false;
      if (forms::is_filing(command.kind))
        filings_.borrow(glimpse.state, command);
      else
        borrowed_.borrow(glimpse.state, command);
      return true;
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
    size_t const agreements = copy_.law.agreements.size();
    foreseen.agreement = named(submission.command);
    model::Record record = record_of(submission.command);
    record.ruling = foreseen.ruling;
    record.ruling.deletions.clear();
    record.ruling.releases.clear();  // a hypothetical grant gives nobody anything
    record.ruling.unfinished.clear();
    if (submission.payload) {
      record.payload = copy_.next_payload;
      out_.payloads[record.payload] = std::move(*submission.payload);
    }
    commands::apply(copy_, record);
    if (copy_.law.agreements.size() > agreements) foreseen.agreement = AgreementKey(agreements);
    if (record.command.kind == CommandKind::contribute)
      foreseen.item = contributed(record.command, foreseen.agreement);
    if (forms::is_filing(record.command.kind)) {
      state::View const author(out_.before, commands::viewer_of(out_.before, record.command));
      foreseen.told = told_of_filing(copy_, author, record.command);
    }
    while (auto own = commands::next_system_command(copy_, now_)) apply_own(std::move(*own));
  }

  void apply_own(model::Command&& command) {
    model::Record record = record_of(std::move(command));
    record.ruling = commands::decide(copy_, record.command, {record.index, now_, copy_.ruleset}).ruling;
    ensure(record.ruling.accepted());
    commands::apply(copy_, record);
  }

  ItemKey contributed(model::Command const& command, AgreementKey agreement) const {
    auto const body = codec::decode<commands::Contribute>(command.body);
    if (!body || !command.compare) return {};
    for (ItemKey key : copy_.holdings.with_digest(command.compare->bytes)) {
      state::Item const& item = copy_.holdings.item(key);
      if (item.head.id == body->head.id && item.is_under(agreement)) return key;
    }
    return {};
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
  uint64_t const epoch_;  // of the law the copy was made of
  BorrowedItems borrowed_;
  BorrowedFilings filings_;
  UtcTime now_;
};

bool awaits_force(state::Agreement const& agreement) {
  using enum state::AgreementState;
  return agreement.state() == draft || agreement.state() == tabled || agreement.state() == adopted ||
         agreement.state() == open;
}

// In force between all its participants, with every clause begun, and what follows from that in the law.
void bring_into_force(state::Law& law, AgreementKey key, UtcTime now) {
  state::Agreement& agreement = law.agreement(key);
  agreement.history.push_back({state::AgreementState::in_force, now});
  for (model::Participant const& participant : agreement.text->participants)
    agreement.standing[participant.party.party].push_back({state::Standing::party, now});
  agreement.clauses.assign(agreement.text->clauses.size(), {now, never});
  state::settle(law, now);
}

// What the asker may know of it all: what there is now, and what the commands made or it drafted itself as they left it.
void disclose_in(Preview& made, state::Law const& now, OfficeKey asker) {
  state::Law const& copy = made.copy->law;
  made.known->law = now;
  state::Law& known = made.known->law;
  auto const add_new = [](auto& all, auto const& of_copy) {
    all.insert(all.end(), of_copy.begin() + static_cast<std::ptrdiff_t>(all.size()), of_copy.end());
  };
  for (size_t i = 0; i < known.agreements.size(); ++i)
    if (known.agreements[i].drafter == asker) known.agreements[i] = copy.agreements[i];
  add_new(known.agreements, copy.agreements);
  add_new(known.parties, copy.parties);
  add_new(known.offices, copy.offices);
  add_new(known.clients, copy.clients);
  add_new(known.people, copy.people);
}

void assume(Preview& made, state::Viewer const& viewer) {
  made.then = made.copy->law;
  state::View const view = made.known->view(viewer);
  for (Foreseen const& step : made.steps) {
    bool const is_text = step.agreement && step.kind != CommandKind::contribute;
    if (!is_text || !view.reads_text(step.agreement) || !awaits_force(made.then.agreement(step.agreement)))
      continue;
    made.assumed = step.agreement;
    return bring_into_force(made.then, step.agreement, made.copy->last_time);
  }
}

}  // namespace

Result<Preview> preview(Centre const& centre, Author author, std::vector<forms::Prepared> commands,
                        Duration within) {
  std::vector<Submission> submissions;
  for (forms::Prepared& one : commands) submissions.push_back(prepare(centre, author, std::move(one)));
  return preview(centre, std::move(submissions), within);
}

Result<Preview> preview(Centre const& centre, std::vector<Submission> submissions, Duration within) {
  int64_t const end = centre.seam().clock.monotonic_us() + within.us;
  model::Command const first = submissions.empty() ? model::Command{} : submissions.front().command;
  Preview made;
  made.copy = centre.read([&](Glimpse const& glimpse) { return law_of(glimpse.state, first.office); });
  made.known = std::make_shared<State>(*made.copy);
  made.before = made.copy->law;
  Foreseeing foreseeing(centre, made);
  for (Submission& one : submissions) {
    if (centre.seam().clock.monotonic_us() > end)
      return fail(ErrorCode::busy, "the preview takes too long; ask for less");
    if (!foreseeing.step(std::move(one))) return fail(ErrorCode::busy, "the law moved; ask again");
  }
  made.copy->epoch = made.known->epoch;  // of the law it was made under
  disclose_in(made, made.before, first.office);
  assume(made, commands::viewer_of(made.before, first));
  return made;
}

std::expected<Preview, std::vector<forms::Problem>> preview_text(Centre const& centre, Author author,
                                                                 forms::Compiled compiled, BytesView source) {
  Preview made;
  made.copy = centre.read([&](Glimpse const& glimpse) { return law_of(glimpse.state, author.office); });
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
