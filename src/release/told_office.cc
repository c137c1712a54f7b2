#include "release/told_office.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/limits.h"
#include "crypto/base64.h"
#include "forms/act_fields.h"
#include "release/showing.h"
#include "release/telling.h"
#include "release/told_filing.h"
#include "release/words.h"

namespace comity::release {
namespace {

std::string actor_name(state::Law const& law, model::Actor const& actor) {
  switch (actor.kind) {
    case model::Actor::Kind::client: return law.clients[actor.key].name;
    case model::Actor::Kind::person: return law.people[actor.key].name;
    case model::Actor::Kind::system: break;
  }
  return "centre";
}

json::Object ruling_object(Eyes const& eyes, model::Ruling const& ruling) {
  return std::move(forms::ruling_json(ruling, NamesThrough(eyes.view)).get_object());
}

// Whether the act may be shown as it was signed: it names the agreement as this reader knows it.
bool says_known_name(Eyes const& eyes, AgreementKey agreement, model::SignedAct const& act) {
  auto const said = forms::text_field(act, "agreement");
  return said && said.value() == eyes.view.name_of(agreement);
}

json::Object act_row(Eyes const& eyes, AgreementKey agreement, model::Record const& record) {
  OfficeKey const office = record.command.office;
  bool const own = office == eyes.office();
  json::Object out{{"time", to_text(record.time)},
                   {"kind", model::name_of(record.command.kind)},
                   {"party", eyes.view.name_of(eyes.state.law.party_of(office))}};
  if (eyes.view.knows(office)) out["office"] = eyes.view.name_of(office);
  // The document names office, key and text.
  bool const may_read = eyes.view.reads_text(agreement) && eyes.view.knows(office) && record.command.act &&
                        says_known_name(eyes, agreement, *record.command.act);
  if (record.command.act && (own || may_read)) out["document"] = document_of(*record.command.act);
  return out;
}

char const* name_of(model::PartKind kind) {
  switch (kind) {
    case model::PartKind::command: return "command";
    case model::PartKind::sealed: return "sealed";
    case model::PartKind::ruling: return "ruling";
    default: return "";
  }
}

json::Object client_object(Eyes const& eyes, model::Client const& client) {
  json::Object row{{"client", client.name},
                   {"office", eyes.view.name_of(client.office)},
                   {"rights", right_words(client.rights)},
                   {"state", client.revoked == 0 ? "valid" : "revoked"}};
  if (client.issuer == model::no_issuer) return row;
  row["issuer"] = eyes.state.law.issuers[client.issuer].slug;
  row["subject"] = client.subject;
  return row;
}

json::Array parts_json(model::OwnParts const& own) {
  json::Array all;
  for (model::OwnPart const& part : own.parts)
    all.push_back(json::Object{{"part", name_of(part.kind)},
                               {"place", part.place},
                               {"salt", to_hex(part.salt)},
                               {"bytes", crypto::to_base64(part.bytes)}});
  return all;
}

}  // namespace

json::Value document_of(model::SignedAct const& act) {
  auto signed_act = json::parse(act.text, limits::act_bytes);
  json::Array signatures;
  for (auto const& [key, value] : act.signatures)
    signatures.push_back(json::Object{
        {"key", key},
        {"value", crypto::to_base64({reinterpret_cast<char const*>(value.data()), value.size()})}});
  return json::Object{{"act", std::move(signed_act).value_or(json::Value())},
                      {"signatures", std::move(signatures)}};
}

Told tell_clients(Eyes const& eyes) {
  std::map<std::string, json::Value> rows;
  for (model::Client const& client : eyes.state.law.clients)
    if (eyes.office() && eyes.state.law.party_of(client.office) == eyes.view.party())
      rows[client.name] = client_object(eyes, client);
  json::Array all;
  for (auto& [name, row] : rows) all.push_back(std::move(row));
  return Teller::tell(eyes, std::move(all));
}

Told tell_people(Eyes const& eyes) {
  std::map<std::string, json::Value> rows;
  for (model::Person const& person : eyes.state.law.people) {
    if (!eyes.office() || person.party != eyes.view.party()) continue;
    std::map<std::string, json::Array> roles;
    for (auto const& [office, bits] : person.roles)
      if (bits != 0) roles[eyes.view.name_of(office)] = role_words(bits);
    json::Object by_office;
    for (auto& [office, words] : roles) by_office[office] = std::move(words);
    json::Object row{{"person", person.name},
                     {"roles", std::move(by_office)},
                     {"state", person.revoked == 0 ? "valid" : "revoked"}};
    // Who somebody is at a provider, which may be an address of mail, is for those who can change it.
    bool const is_admin = (eyes.view.viewer().roles & model::role::admin) != 0;
    if (is_admin && person.issuer != model::no_issuer) {
      row["issuer"] = eyes.state.law.issuers[person.issuer].slug;
      row["subject"] = person.subject;
    }
    rows[person.name] = std::move(row);
  }
  json::Array all;
  for (auto& [name, row] : rows) all.push_back(std::move(row));
  return Teller::tell(eyes, std::move(all));
}

Told tell_refusals(Eyes const& eyes, std::vector<PastRefusal> const& refusals) {
  std::map<model::ReasonCode, int64_t> counted;
  json::Array list;
  for (PastRefusal const& refusal : refusals) {
    model::Ruling ruling;
    ruling.outcome = model::Outcome::refused;
    ruling.reasons = refusal.reasons;
    if (!refusal.reasons.empty()) ++counted[refusal.reasons.front().code];
    json::Object row{{"time", to_text(refusal.time)}, {"kind", model::name_of(refusal.kind)}};
    if (!refusal.about.empty()) row["about"] = refusal.about;
    row["reasons"] = std::move(ruling_object(eyes, ruling)["reasons"]);
    list.push_back(std::move(row));
  }
  json::Array counts;
  for (auto const& [code, count] : counted)
    counts.push_back(
        json::Object{{"code", model::name_of(code)}, {"count", count}, {"detail", model::advice_of(code)}});
  return Teller::tell(eyes, json::Object{{"counts", std::move(counts)}, {"refusals", std::move(list)}});
}

Digest told_digest(model::CommandKind kind, Digest const& digest) {
  return kind == model::CommandKind::propose_host_act ? digest : Digest{};
}

Result<Told> tell_ruled(Eyes const& eyes, Ruled const& ruled) {
  if (ruled.author.is_none() || ruled.author != eyes.office()) return hidden_or_absent();
  json::Object out = ruling_object(eyes, ruled.ruling);
  put_filing(out, eyes, ruled.ruling);
  if (!ruled.digest.is_none()) out["digest"] = to_hex(ruled.digest);
  return Teller::tell(eyes, std::move(out));
}

Result<Told> tell_record(Eyes const& eyes, model::Record const& record, model::OwnParts const& own) {
  model::Command const& command = record.command;
  if (command.office.is_none() || command.office != eyes.office()) return hidden_or_absent();
  json::Object out{{"time", to_text(record.time)},
                   {"kind", model::name_of(command.kind)},
                   {"by", actor_name(eyes.state.law, command.actor)}};
  if (!command.idempotency_key.empty()) out["idempotency_key"] = command.idempotency_key;
  if (command.act) out["document"] = document_of(*command.act);
  for (auto& member : ruling_object(eyes, record.ruling)) out[member.key()] = std::move(member.value());
  out["parts"] = parts_json(own);
  json::Array list;
  for (Digest const& hash : own.list) list.push_back(json::Value(to_hex(hash)));
  out["list"] = std::move(list);
  return Teller::tell(eyes, std::move(out));
}

Result<Told> tell_acts(Eyes const& eyes, AgreementKey agreement, std::vector<model::Record> const& records) {
  if (!eyes.view.knows(agreement)) return hidden_or_absent();
  auto const& acts = eyes.state.law.agreement(agreement).acts;
  json::Array all;
  for (model::Record const& record : records) {
    OfficeKey const office = record.command.office;
    if (office.is_none() || std::ranges::find(acts, record.index) == acts.end()) continue;
    bool const own = office == eyes.office();
    bool const may_know = eyes.view.knows_acts(agreement) && eyes.view.knows(eyes.state.law.party_of(office));
    if (own || may_know) all.push_back(act_row(eyes, agreement, record));
  }
  return Teller::tell(eyes, std::move(all));
}

}  // namespace comity::release
