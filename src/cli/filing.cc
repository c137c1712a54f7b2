#include "cli/filing.h"

#include "forms/act.h"
#include "sequencer/prepare.h"

namespace comity::cli {

Filer Filing::as(std::string const& office, crypto::SecretKey const& key) {
  return centre_.read([&](sequencer::Glimpse const& glimpse) {
    Filer filer{glimpse.state.law.find_office(office), {}, &key};
    for (size_t i = 0; i < glimpse.state.law.people.size(); ++i)
      if (glimpse.state.law.people[i].roles.contains(filer.office))
        filer.actor = {model::Actor::Kind::person, static_cast<uint32_t>(i)};
    return filer;
  });
}

Filer Filing::as_officer(std::string const& person, crypto::SecretKey const* key) {
  return centre_.read([&](sequencer::Glimpse const& glimpse) {
    PersonKey const who = glimpse.state.law.find_person(person);
    OfficeKey const office = glimpse.state.law.people[who.value].roles.begin()->first;
    return Filer{office, {model::Actor::Kind::person, who.value}, key};
  });
}

Result<void> Filing::sign(Filer const& filer, forms::Prepared& command, json::Object members) {
  auto const [party, office, origin] = centre_.read([&](sequencer::Glimpse const& glimpse) {
    model::Party const& who = glimpse.state.law.party(glimpse.state.law.party_of(filer.office));
    return std::tuple(who, glimpse.state.law.office(filer.office).name, glimpse.state.centre.origin_now());
  });
  members["kind"] = model::name_of(command.command.kind);
  members["centre"] = origin;
  members["party"] = party.slug;
  members["founding_key"] = party.founding_key;
  members["office"] = office;
  members["key"] = crypto::key_id(filer.key->public_key());
  members["seq"] = static_cast<int64_t>(++seq_[party.slug]);
  members["not_after"] = to_text(centre_.seam().clock.now() + hours(1));
  auto const document = TRY(forms::sign_act(members, *filer.key));
  command.command.act = TRY(forms::read_act(json::write(document)));
  return {};
}

Result<Digest> Filing::file(Filer const& filer, forms::Prepared command) {
  auto const kind = command.command.kind;
  auto submission = sequencer::prepare(centre_, {filer.office, filer.actor}, std::move(command));
  Digest const digest = submission.command.digest;
  auto const answer = centre_.submit_and_wait(std::move(submission));
  if (answer.kind != sequencer::Answer::Kind::ruled)
    return fail(ErrorCode::busy, "the centre took nothing; look at its health");
  if (answer.ruling.accepted()) return digest;
  std::string why = std::string(model::name_of(kind)) + " is refused:";
  for (model::Reason const& reason : answer.ruling.reasons)
    why += std::string(" ") + model::name_of(reason.code) + " " + reason.subject;
  return fail(ErrorCode::bad_input, std::move(why));
}

}  // namespace comity::cli
