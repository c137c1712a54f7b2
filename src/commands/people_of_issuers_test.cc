// People who sign in by an issuer of their party (25-isolation C5): who they are there, and what they may not do by it.
#include "refusals.h"

namespace comity::commands {
namespace {

using tests::CommandKind;
using tests::ReasonCode;

class PeopleOfIssuers : public tests::Refusals {
 protected:
  PeopleOfIssuers() { enrol("ru/staff", model::role::watch | model::role::admin); }

  void enrol(std::string const& office, model::Roles roles) {
    machine.must(
        machine.by(office, CommandKind::register_issuer,
                   RegisterIssuer{"login", "https://login.example", {}, 0, {{"1", "", {}, ""}}, roles}));
  }
  model::Person const& person(std::string_view name) {
    return state().law.people[state().law.find_person(name).value];
  }
  model::Command set(std::string const& who, std::string const& subject) {
    return by_staff(CommandKind::set_subject, SetSubject{who, subject.empty() ? "" : "login", subject});
  }
};

TEST_F(PeopleOfIssuers, SetSubject) {
  SetSubject body{"duty@iq", "login", ""};
  auto const by = [&] { return by_staff(CommandKind::set_subject, body); };
  refused(ReasonCode::not_permitted, by_guest(CommandKind::set_subject, body));
  refused(ReasonCode::malformed, by());  // both or neither
  body.subject = "a\nb";
  refused(ReasonCode::malformed, by());
  body.subject = "8f3a61";
  refused(ReasonCode::unknown_person, by());
  body.person = "guest@ru", body.issuer = "another";
  refused(ReasonCode::unknown_issuer, by());
  body.issuer = "login";
  accepted(by());
  body.person = "duty@ru";
  refused(ReasonCode::name_taken, by());
  accepted(set("guest@ru", "8f3a61"));  // her own, once more
  expect_row(CommandKind::set_subject);
}

TEST_F(PeopleOfIssuers, OneSubjectIsOnePersonOfEachParty) {
  enrol("iq/defence", model::role::watch);
  machine.must(
      by_staff(CommandKind::register_person, RegisterPerson{"anna", "ru/staff", 1, "login", "8f3a61"}));
  refused(ReasonCode::name_taken,
          by_staff(CommandKind::register_person, RegisterPerson{"other", "ru/staff", 1, "login", "8f3a61"}));
  accepted(machine.by("iq/defence", CommandKind::register_person,
                      RegisterPerson{"anna", "iq/defence", 1, "login", "8f3a61"}));
  EXPECT_NE(person("anna@ru").issuer, person("anna@iq").issuer);
  machine.must(by_staff(CommandKind::revoke_person, RevokePerson{"anna@ru"}));
  accepted(set("guest@ru", "8f3a61"));  // whose it was is nobody
}

TEST_F(PeopleOfIssuers, WhatItIsEndsSessionsAndComesToAnEnd) {
  machine.must(set("guest@ru", "8f3a61"));
  Index const since = person("guest@ru").tokens_since;
  EXPECT_GT(since, 0u);
  EXPECT_EQ(state().law.issuers[person("guest@ru").issuer].slug, "login");
  uint64_t const cuts =
      state().cuts.users[{model::Actor::Kind::person, state().law.find_person("guest@ru").value}];
  EXPECT_GT(cuts, 0u);
  machine.must(set("guest@ru", ""));
  EXPECT_EQ(person("guest@ru").issuer, model::no_issuer);
  EXPECT_EQ(person("guest@ru").subject, "");
  EXPECT_GT(person("guest@ru").tokens_since, since);
}

TEST_F(PeopleOfIssuers, AnIssuerGivesNoRoleOfTheHostAndNotNothing) {
  RegisterIssuer body{"other", "https://login.example", {}, 0, {{"1", "", {}, ""}}, model::role::host};
  refused(ReasonCode::malformed, by_staff(CommandKind::register_issuer, body));
  body.roles = 0;
  refused(ReasonCode::malformed, by_staff(CommandKind::register_issuer, body));
  body.roles = model::role::watch;
  accepted(by_staff(CommandKind::register_issuer, body));
}

// What is withheld of a person is withheld where she acts: she has her roles, and the session does not.
TEST_F(PeopleOfIssuers, WhatIsWithheldIsNotThere) {
  uint32_t const issuer = state().law.find_issuer(ru(), "login");
  OfficeKey const office = state().law.find_office("ru/staff");
  EXPECT_EQ(~model::withheld_roles(state().law.issuers, issuer, office),
            model::role::watch | model::role::admin);
  EXPECT_EQ(model::withheld_roles(state().law.issuers, model::no_issuer, office), 0u);
  state().law.issuers[issuer].roles |= model::role::host;  // as no command would have it
  EXPECT_NE(model::withheld_roles(state().law.issuers, issuer, office) & model::role::host, 0u);
  state().law.issuers[issuer].offices = {state().law.find_office("ru/mfa")};
  EXPECT_EQ(~model::withheld_roles(state().law.issuers, issuer, office), 0u);

  auto draft = by_staff(CommandKind::revoke_person, RevokePerson{"guest@ru"});
  draft.withheld = ~model::role::watch;
  refused(ReasonCode::not_permitted, draft);
  draft.withheld = ~(model::role::watch | model::role::admin);
  accepted(draft);
}

TEST_F(PeopleOfIssuers, WhoCameByOneSetsNoPasswordAndNobodysSubject) {
  uint32_t const withheld = ~(model::role::watch | model::role::admin);
  for (char const* user : {"duty@ru", "guest@ru"}) {
    auto password = by_staff(CommandKind::set_credential, SetCredential{user});
    password.withheld = withheld;
    refused(ReasonCode::not_permitted, password);
  }
  auto subject = set("guest@ru", "8f3a61");
  subject.withheld = withheld;
  refused(ReasonCode::not_permitted, subject);
}

}  // namespace
}  // namespace comity::commands
