// The world of tests/machine_world.h. Compiled once: what it encodes is nearly all that there is.
#include <algorithm>

#include "machine_world.h"
#include "model/stix_types.h"

namespace comity::tests {

void Machine::sign(model::Command& command, std::string const& key) {
  model::Party const& party = state.law.party(state.law.party_of(command.office));
  model::SignedAct act;
  act.kind = model::name_of(command.kind);
  act.centre = state.centre.origin;
  act.party = party.slug;
  act.founding_key = party.founding_key;
  act.office = state.law.office(command.office).name;
  act.key = key;
  act.seq = party.highest_seq() + 1;
  act.not_after = now + hours(1);
  act.signatures = {{key, {}}};
  act.verified = true;
  command.act = std::move(act);
}

commands::Verdict Machine::decide(model::Command const& command, bool payload) const {
  commands::Context const context{state.next_index, now, 1, payload ? state.next_payload : 0};
  commands::Verdict const verdict = commands::decide(state, command, context);
  ensure(codec::encode(commands::decide(state, command, context).ruling) == codec::encode(verdict.ruling));
  return verdict;
}

model::Ruling Machine::ask(model::Command command, bool payload) {
  commands::Verdict verdict = decide(command, payload);
  if (verdict.kind != commands::Verdict::Kind::record) return verdict.ruling;
  bool const accepted = verdict.ruling.accepted();
  Bytes const before = accepted ? Bytes() : matter();
  record(std::move(command), verdict.ruling, payload);
  ensure(accepted || matter() == before);
  while (auto own = next_own()) {
    commands::Verdict const ruled = decide(*own, false);
    ensure(ruled.ruling.accepted());
    record(std::move(*own), ruled.ruling, false);
  }
  return verdict.ruling;
}

void Machine::must(model::Command command, bool payload) {
  model::Ruling const ruling = ask(std::move(command), payload);
  if (!ruling.accepted())
    throw std::runtime_error(std::string("refused: ") + model::name_of(ruling.reasons[0].code) + " " +
                             ruling.reasons[0].subject);
}

void Machine::party(std::string const& slug, std::vector<std::string> const& offices,
                    model::Listing listing) {
  commands::RegisterParty admission;
  admission.slug = admission.name = slug;
  admission.listing = listing;
  if (listing == model::Listing::listed) admission.identity = identity_of(slug);
  admission.key_id = key_of(slug);
  admission.office = offices.front();
  admission.admin = "duty";
  model::Command const proposal = signed_by(
      "hosting/operations", model::CommandKind::propose_host_act,
      commands::ProposeHostAct{model::CommandKind::register_party, codec::encode(admission)}, "first");
  must(proposal);
  must(signed_by("hosting/operations", model::CommandKind::countersign_host_act,
                 commands::CountersignHostAct{proposal.digest}, "second"));
  std::string const first = slug + "/" + offices.front();
  for (size_t i = 1; i < offices.size(); ++i) {
    must(
        signed_by(first, model::CommandKind::register_office, commands::RegisterOffice{offices[i], listing}));
    must(by(first, model::CommandKind::set_roles,
            commands::SetRoles{"duty@" + slug, slug + "/" + offices[i], commands::ordinary_roles, {}, {}}));
  }
  for (std::string const& one : offices)
    must(by(slug + "/" + one, model::CommandKind::register_client,
            commands::RegisterClient{slug + "/" + one, "feed", 15}));
}

model::Text Machine::text(std::string const& id, std::vector<std::string> const& names,
                          std::vector<model::Clause> clauses) {
  model::Text made;
  made.id = id;
  made.sponsors.push_back({party_of(names.front()), {}, {}});
  for (std::string const& name : names) {
    std::string const slug = party_of(name);
    auto place = std::ranges::find_if(made.participants,
                                      [&](model::Participant const& one) { return one.party.name == slug; });
    if (place == made.participants.end())
      place = made.participants.insert(
          place, {.party = {slug, {}, {}}, .founding_key = key_of(slug), .offices = {}});
    if (slug != name) place->offices.push_back({name, {}, {}});
  }
  made.consent_by = {model::ConsentBy::signature};
  made.entry_into_force.kind = model::Condition::Kind::consents_all;
  made.clauses = std::move(clauses);
  return made;
}

void Machine::tabled(std::vector<std::string> const& offices, model::Text const& made) {
  draft(offices.front(), made);
  must(signed_by(offices.front(), model::CommandKind::sponsor, commands::Sponsor{on(made.id)}));
  must(
      signed_by(offices.front(), model::CommandKind::table_agreement, commands::TableAgreement{on(made.id)}));
}

AgreementKey Machine::in_force(std::string const& id, std::vector<std::string> const& offices,
                               std::vector<model::Clause> clauses) {
  tabled(offices, text(id, offices, std::move(clauses)));
  std::map<std::string, std::string> speakers;
  for (std::string const& one : offices) speakers.emplace(party_of(one), one);
  for (auto const& [slug, office] : speakers)
    if (slug != party_of(offices.front()))
      must(signed_by(office, model::CommandKind::sponsor, commands::Sponsor{on(id)}));
  for (auto const& [slug, office] : speakers)
    must(signed_by(office, model::CommandKind::sign, commands::Sign{on(id)}));
  return AgreementKey(state.law.agreements.size() - 1);
}

model::Command Machine::contribution(std::string const& office, std::string const& agreement,
                                     Object const& object) {
  std::string const words = object.words.empty() ? object.id : object.words;
  std::string references;
  for (model::Reference const& one : object.references) references += one.id;
  for (std::string const& one : object.markings) references += one;
  commands::Contribute body;
  body.agreement = agreement;
  body.head.type = object.id.substr(0, object.id.find("--"));
  body.head.id = object.id;
  body.head.version = object.version;
  std::string const canonical = object.id + object.version + words + references;
  body.head.compare = {digest_of("bytes " + canonical + object.spacing), digest_of("canonical " + canonical),
                       digest_of("substance " + words)};
  body.revoked = object.revoked;
  model::Facts facts;
  facts.references = object.references;
  facts.creator = object.creator;
  facts.markings = object.markings;
  for (std::string const& one : object.markings)
    facts.references.push_back({one, model::ReferenceKind::marking, "object_marking_refs"});
  if (body.head.type == "marking-definition") facts.marking_kind = model::MarkingKind::statement;
  facts.properties = properties_of(body.head.type);
  model::Command command = make(Author::client, office, model::CommandKind::contribute, body);
  command.compare = body.head.compare;
  command.sealed = codec::encode(facts);
  return command;
}

bool Machine::has(std::string const& office, std::string const& id) const {
  for (state::FeedEntry const& entry :
       state.holdings.feed({AgreementKey{}, state.law.find_office(office)}).entries)
    if (state.holdings.item(entry.item).head.id == id) return true;
  return false;
}

Bytes Machine::matter() const {
  state::Law law = state.law;
  for (model::Party& one : law.parties) one.last_seq = one.recovery_seq = 0;
  return codec::encode(law) + codec::encode(state.holdings);
}

void Machine::record(model::Command&& command, model::Ruling const& ruling, bool payload) {
  model::Record made;
  made.index = state.next_index;
  made.time = now;
  made.command = std::move(command);
  made.ruling = ruling;
  if (!ruling.accepted()) made.command.sealed.clear();
  if (ruling.accepted() && payload) made.payload = state.next_payload;
  commands::apply(state, made);
  made.told = commands::tellings(state, made);
  on_record_(made);
}

std::vector<std::string> Machine::properties_of(std::string const& type) {
  std::vector<std::string> all = {"created", "id", "modified", "name", "spec_version", "type"};
  auto const add = [&](model::Names names) { all.insert(all.end(), names.begin(), names.end()); };
  add(model::required_properties(type));
  if (auto const either = model::required_alternatives(type); !either.empty()) add(either.front());
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace comity::tests
