// What drafting, sponsoring, tabling and signing are refused for.
#include <gtest/gtest.h>

#include "refusals.h"

namespace comity::commands {
namespace {

using model::CommandKind;
using model::ReasonCode;
using tests::Machine;
using tests::Refusals;

TEST_F(Refusals, DraftAgreement) {
  machine.draft("ru/staff", Machine::text("ru.first", {"ru/staff", "iq/defence"}, {}));
  model::Text text = Machine::text("ru.centre", {"ru/staff", "ir/staff"}, {});
  auto const by = [&] {
    return by_staff(CommandKind::draft_agreement, DraftAgreement{text, tests::digest_of(text.id)});
  };
  text.participants[0].party.name = "nobody";
  refused(ReasonCode::not_permitted,
          by_guest(CommandKind::draft_agreement, DraftAgreement{text, tests::digest_of(text.id)}), false);
  refused(ReasonCode::malformed, by(), false);  // without its source
  text.id = "iq.centre";
  refused(ReasonCode::malformed, by());
  text.id = "ru.centre";
  refused(ReasonCode::reserved_name, by());
  text.id = "ru.first";
  refused(ReasonCode::unknown_party, by());
  text = Machine::text("ru.first", {"ru/staff", "iq/nowhere"}, {});
  refused(ReasonCode::unknown_office, by());
  text = Machine::text("ru.first", {"ru/staff", "iq/defence"}, {});
  text.entry_into_force.kind = model::Condition::Kind::in_force;
  text.entry_into_force.agreement = "iq.hidden";
  refused(ReasonCode::unknown_agreement, by());
  text.entry_into_force = {};
  for (size_t i = 1; i < limits::open_drafts_per_office.usual; ++i)
    machine.draft("ru/staff", Machine::text("ru.d" + std::to_string(i), {"ru/staff", "iq/defence"}, {}));
  refused(ReasonCode::quota, by());
  state().law.agreements.resize(1);
  refused(ReasonCode::name_taken, by());
  text.id = "ru.second";
  accepted(by());
  expect_row(CommandKind::draft_agreement);
}

TEST_F(Refusals, EditDraft) {
  model::Text text = Machine::text("ru.first", {"ru/staff", "ru/mfa", "iq/defence"}, {});
  machine.draft("ru/staff", text);
  EditDraft body{"ru.none", text, tests::digest_of("changed")};
  body.text.id = "ru.other";
  body.text.participants[0].party.name = "ir";  // unlisted: nobody
  auto const by = [&](std::string const& office) {
    return machine.by(office, CommandKind::edit_draft, body);
  };
  refused(ReasonCode::not_permitted, by_guest(CommandKind::edit_draft, body));
  refused(ReasonCode::unknown_agreement, by("ru/mfa"));
  body.agreement = "ru.first";
  refused(ReasonCode::own_only, by("ru/mfa"));
  state().law.agreement(AgreementKey(0u)).history.push_back({state::AgreementState::tabled, machine.now});
  refused(ReasonCode::wrong_state, by("ru/staff"));
  state().law.agreement(AgreementKey(0u)).history.pop_back();
  body.was = tests::digest_of("what another has made of it meanwhile");
  refused(ReasonCode::stale_ovn, by("ru/staff"));
  body.was = state().law.agreement(AgreementKey(0u)).text_hash;
  refused(ReasonCode::malformed, by("ru/staff"));
  body.text.id = "ru.first";
  refused(ReasonCode::unknown_party, by("ru/staff"));
  body.text = Machine::text("ru.first", {"ru/staff", "iq/nowhere"}, {});
  refused(ReasonCode::unknown_office, by("ru/staff"));
  body.text = text;
  body.text.entry_into_force.kind = model::Condition::Kind::in_force;
  body.text.entry_into_force.agreement = "iq.hidden";
  refused(ReasonCode::unknown_agreement, by("ru/staff"));
  body.text = text;
  accepted(by("ru/staff"));
  expect_row(CommandKind::edit_draft);
}

class OnATextRefusals : public Refusals {
 protected:
  OnATextRefusals() {
    text = Machine::text("ru.first", {"ru/staff", "iq/defence"}, {});
    text.visibility.existence = text.visibility.text = model::Visible::to_public;
    machine.party("us", {"command"});
  }
  // The steps that all of them have in common, for the text as it stands.
  template <class Body>
  void common(CommandKind kind) {
    OnText wrong = Machine::on("ru.none");
    refused(ReasonCode::not_permitted, by_guest(kind, Body{wrong}));
    refused(ReasonCode::not_signed, by_staff(kind, Body{wrong}));
    refused(ReasonCode::unknown_agreement, signed_by_staff(kind, Body{wrong}));
    wrong = {"ru.first", 1, tests::digest_of("other words")};
    if (state().law.agreement(AgreementKey(0u)).state() != state::AgreementState::draft)
      refused(ReasonCode::not_a_participant, machine.signed_by("us/command", kind, Body{wrong}));
    else
      refused(ReasonCode::not_a_participant, as_drafter_outside(kind, Body{wrong}));
    refused(ReasonCode::wrong_text, signed_by_staff(kind, Body{wrong}));
    wrong = {"ru.first", 2, Machine::on("ru.first").text_hash};
    refused(ReasonCode::wrong_text, signed_by_staff(kind, Body{wrong}));
  }
  // A draft is read by its drafter even if the text does not name it.
  template <class Body>
  model::Command as_drafter_outside(CommandKind kind, Body const& body) {
    state().law.agreement(AgreementKey(0u)).drafter = state().law.find_office("us/command");
    return machine.signed_by("us/command", kind, body);
  }
  // While iq, which is a party, has yet to confirm ru's new key.
  template <class Body>
  void not_confirmed_yet(CommandKind kind, Body const& body) {
    state::Agreement& agreement = state().law.agreement(AgreementKey(0u));
    PartyKey const iq = state().law.find_party("iq");
    agreement.standing[iq].push_back({state::Standing::party, machine.now});
    agreement.parts[ru()].to_confirm = {iq};
    refused(ReasonCode::not_confirmed, signed_by_staff(kind, body));
    agreement.standing[iq].pop_back();
    agreement.parts.clear();
  }
  void stand(state::Standing standing, std::string const& party = "ru") {
    state()
        .law.agreement(AgreementKey(0u))
        .standing[state().law.find_party(party)]
        .push_back({standing, machine.now});
  }
  void set_state(state::AgreementState to) {
    state().law.agreement(AgreementKey(0u)).history.push_back({to, machine.now});
  }
  template <class Change>
  void edit(Change const& change) {
    model::Text changed = *state().law.agreement(AgreementKey(0u)).text;
    change(changed);
    state().law.agreement(AgreementKey(0u)).text = std::make_shared<model::Text const>(changed);
  }

  model::Text text;
};

TEST_F(OnATextRefusals, Sponsor) {
  machine.draft("ru/staff", text);
  common<Sponsor>(CommandKind::sponsor);
  set_state(state::AgreementState::lapsed);
  refused(ReasonCode::wrong_state, signed_by_staff(CommandKind::sponsor, Sponsor{Machine::on("ru.first")}));
  set_state(state::AgreementState::draft);
  accepted(signed_by_staff(CommandKind::sponsor, Sponsor{Machine::on("ru.first")}));
  refused(ReasonCode::already_done, signed_by_staff(CommandKind::sponsor, Sponsor{Machine::on("ru.first")}));
  expect_row(CommandKind::sponsor);
}

TEST_F(OnATextRefusals, Unsponsor) {
  machine.draft("ru/staff", text);
  common<Unsponsor>(CommandKind::unsponsor);
  Unsponsor const body{Machine::on("ru.first")};
  set_state(state::AgreementState::open);
  refused(ReasonCode::wrong_state, signed_by_staff(CommandKind::unsponsor, body));
  set_state(state::AgreementState::draft);
  refused(ReasonCode::already_done, signed_by_staff(CommandKind::unsponsor, body));
  machine.must(signed_by_staff(CommandKind::sponsor, Sponsor{Machine::on("ru.first")}));
  accepted(signed_by_staff(CommandKind::unsponsor, body));
  expect_row(CommandKind::unsponsor);
}

TEST_F(OnATextRefusals, TableAgreement) {
  machine.draft("ru/staff", text);
  machine.draft("iq/defence", Machine::text("iq.hidden", {"iq/defence"}, {}));  // ru may not know it
  common<TableAgreement>(CommandKind::table_agreement);
  TableAgreement const body{Machine::on("ru.first")};
  auto const by = [&] { return signed_by_staff(CommandKind::table_agreement, body); };
  edit([](model::Text& one) {
    one.adoption.rule = model::VotingRule::consensus;
    one.consent_by = {model::ConsentBy::accession};
    one.provisional_application = true;
    one.entry_into_force.kind = model::Condition::Kind::in_force;
    one.entry_into_force.agreement = "iq.hidden";
    one.entry_into_force.agreement_key = AgreementKey(1u);
  });
  set_state(state::AgreementState::tabled);
  refused(ReasonCode::wrong_state, by());
  set_state(state::AgreementState::draft);
  edit([](model::Text& one) {
    for (model::Participant& participant : one.participants) participant.founding_key.clear();
  });
  refused(ReasonCode::no_founding_key, by());
  EXPECT_EQ(machine.decide(by()).ruling.reasons.size(), 2u) << "each participant is named";
  edit([](model::Text& one) { one.participants[0].founding_key = Machine::key_of("ru"); });
  refused(ReasonCode::no_founding_key, by());
  EXPECT_EQ(machine.decide(by()).ruling.reasons[0].subject, "iq");
  edit([](model::Text& one) { one.participants[1].founding_key = Machine::key_of("iq"); });
  refused(ReasonCode::not_sponsored, by());
  machine.must(signed_by_staff(CommandKind::sponsor, Sponsor{Machine::on("ru.first")}));
  refused(ReasonCode::no_consent_by_signature, by());
  edit([](model::Text& one) { one.consent_by.push_back(model::ConsentBy::signature); });
  refused(ReasonCode::rule_not_supported, by());
  edit([](model::Text& one) { one.consent_by = {model::ConsentBy::signature}; });
  refused(ReasonCode::rule_not_supported, by());
  edit([](model::Text& one) { one.adoption.rule = model::VotingRule::unanimity_strict; });
  refused(ReasonCode::rule_not_supported, by());
  edit([](model::Text& one) { one.provisional_application = false; });
  refused(ReasonCode::hidden_agreement_named, by());
  edit([](model::Text& one) { one.entry_into_force = {}; });
  accepted(by());
  expect_row(CommandKind::table_agreement);
}

TEST_F(OnATextRefusals, Sign) {
  machine.tabled({"ru/staff"}, text);
  common<Sign>(CommandKind::sign);
  Sign const body{Machine::on("ru.first")};
  stand(state::Standing::former);
  refused(ReasonCode::already_done, signed_by_staff(CommandKind::sign, body));
  stand(state::Standing::negotiating);
  refused(ReasonCode::wrong_state, signed_by_staff(CommandKind::sign, body));
  machine.must(machine.signed_by("iq/defence", CommandKind::sponsor, Sponsor{Machine::on("ru.first")}));
  edit([](model::Text& one) { one.consent_by = {model::ConsentBy::accession}; });
  refused(ReasonCode::no_consent_by_signature, signed_by_staff(CommandKind::sign, body));
  edit([](model::Text& one) { one.consent_by = {model::ConsentBy::signature}; });
  accepted(signed_by_staff(CommandKind::sign, body));
  expect_row(CommandKind::sign);
}

// Leaving: who belongs to it is asked before how it stands, so that who has left is told nothing of that.
TEST_F(OnATextRefusals, Suspend) {
  machine.tabled({"ru/staff"}, text);
  common<Suspend>(CommandKind::suspend);
  Suspend const body{Machine::on("ru.first")};
  refused(ReasonCode::not_a_party, signed_by_staff(CommandKind::suspend, body));
  stand(state::Standing::party);
  set_state(state::AgreementState::terminated);
  refused(ReasonCode::wrong_state, signed_by_staff(CommandKind::suspend, body));
  set_state(state::AgreementState::in_force);
  edit([](model::Text& one) { one.suspension.by = model::SuspensionBy::ballot; });
  refused(ReasonCode::rule_not_supported, signed_by_staff(CommandKind::suspend, body));
  edit([](model::Text& one) { one.suspension.by = model::SuspensionBy::unilateral; });
  accepted(signed_by_staff(CommandKind::suspend, body));
  refused(ReasonCode::already_done, signed_by_staff(CommandKind::suspend, body));
  expect_row(CommandKind::suspend);
}

TEST_F(OnATextRefusals, Resume) {
  machine.tabled({"ru/staff"}, text);
  common<Resume>(CommandKind::resume);
  Resume const body{Machine::on("ru.first"), false};
  refused(ReasonCode::not_a_party, signed_by_staff(CommandKind::resume, body));
  stand(state::Standing::party);
  not_confirmed_yet(CommandKind::resume, body);
  set_state(state::AgreementState::terminated);
  refused(ReasonCode::wrong_state, signed_by_staff(CommandKind::resume, body));
  set_state(state::AgreementState::in_force);
  refused(ReasonCode::no_suspension, signed_by_staff(CommandKind::resume, body));
  edit([](model::Text& one) { one.suspension.resume = model::ResumeBy::all; });
  stand(state::Standing::party, "iq");
  accepted(signed_by_staff(CommandKind::suspend, Suspend{Machine::on("ru.first")}));
  accepted(signed_by_staff(CommandKind::resume, body));
  refused(ReasonCode::already_done, signed_by_staff(CommandKind::resume, body));
  expect_row(CommandKind::resume);
}

TEST_F(OnATextRefusals, Withdraw) {
  machine.tabled({"ru/staff"}, text);
  common<Withdraw>(CommandKind::withdraw);
  Withdraw const body{Machine::on("ru.first")};
  refused(ReasonCode::not_a_party, signed_by_staff(CommandKind::withdraw, body));
  stand(state::Standing::party);
  not_confirmed_yet(CommandKind::withdraw, body);
  set_state(state::AgreementState::terminated);
  refused(ReasonCode::wrong_state, signed_by_staff(CommandKind::withdraw, body));
  set_state(state::AgreementState::in_force);
  edit([](model::Text& one) { one.withdrawal = {.allowed = false, .notice = days(1)}; });
  refused(ReasonCode::withdrawal_not_allowed, signed_by_staff(CommandKind::withdraw, body));
  edit([](model::Text& one) { one.withdrawal.allowed = true; });
  accepted(signed_by_staff(CommandKind::withdraw, body));
  refused(ReasonCode::already_done, signed_by_staff(CommandKind::withdraw, body));
  expect_row(CommandKind::withdraw);
}

TEST_F(OnATextRefusals, WithdrawBeforeItIsAParty) {
  machine.tabled({"ru/staff"}, text);
  set_state(state::AgreementState::open);
  stand(state::Standing::contracting);
  accepted(signed_by_staff(CommandKind::withdraw, Withdraw{Machine::on("ru.first")}));
  EXPECT_EQ(state().law.agreement(AgreementKey(0u)).standing_of(state().law.find_party("ru")),
            state::Standing::negotiating);
  accepted(signed_by_staff(CommandKind::sign, Sign{Machine::on("ru.first")}));
}

TEST_F(OnATextRefusals, TakeBackWithdrawal) {
  machine.tabled({"ru/staff"}, text);
  common<TakeBackWithdrawal>(CommandKind::take_back_withdrawal);
  TakeBackWithdrawal const body{Machine::on("ru.first")};
  refused(ReasonCode::no_withdrawal, signed_by_staff(CommandKind::take_back_withdrawal, body));
  stand(state::Standing::withdrawing);
  set_state(state::AgreementState::terminated);
  refused(ReasonCode::wrong_state, signed_by_staff(CommandKind::take_back_withdrawal, body));
  expect_row(CommandKind::take_back_withdrawal);
}

}  // namespace
}  // namespace comity::commands
