#include "commands/genesis.h"

#include <algorithm>
#include <set>

#include "base/limits.h"
#include "model/names.h"

namespace comity::commands {
namespace {

Ruling malformed(char const* where) { return refused(ReasonCode::malformed, where); }

bool are_root_paths(std::vector<model::OpenRoot> const& roots) {
  for (model::OpenRoot const& one : roots) {
    if (!model::is_root_path(one.path) || one.title.empty() || one.title.size() > limits::name_bytes ||
        one.description.size() > limits::description_bytes)
      return false;
    auto const is_under = [&](model::OpenRoot const& other) {
      return &other != &one && one.path.starts_with(other.path);
    };
    if (std::ranges::any_of(roots, is_under)) return false;
  }
  return !roots.empty() && roots.size() <= limits::open_roots;
}

// The arrangement without its collections: what they are checked against.
void begin(state::Law& law, Opening const& opening) {
  std::string const office = law.party(law.host).slug + "/" + opening.office;
  model::Arrangement made{OfficeKey(law.offices.size()),
                          opening.title,
                          opening.description,
                          opening.contact,
                          std::nullopt,
                          opening.roots,
                          {}};
  for (size_t i = 0; i < opening.roots.size(); ++i)
    if (opening.roots[i].path == opening.default_root) made.default_root = static_cast<uint32_t>(i);
  law.offices.push_back({law.host, office, model::Listing::listed});
  for (std::string const& user : opening.users) law.clients.push_back({made.office, user, 0, 0, 0, 0});
  for (model::Quota const quota : model::all_quotas) law.quotas[quota] = model::range_of(quota).most;
  law.arrangement = std::move(made);
}

std::optional<Ruling> check(Genesis const& genesis, Opening const& opening) {
  if (!model::is_slug(opening.office) || opening.office == genesis.host_office)
    return malformed("/opening/office");
  if (opening.title.empty() || opening.title.size() > limits::name_bytes ||
      opening.description.size() > limits::description_bytes || opening.contact.size() > limits::name_bytes)
    return malformed("/opening/title");
  if (!are_root_paths(opening.roots)) return malformed("/opening/roots");
  bool const named =
      std::ranges::find(opening.roots, opening.default_root, &model::OpenRoot::path) != opening.roots.end();
  if (!opening.default_root.empty() && !named) return malformed("/opening/default_root");
  std::set<std::string> users(opening.users.begin(), opening.users.end());
  if (users.size() != opening.users.size() || users.size() > limits::clients_per_party.most ||
      !std::ranges::all_of(users, model::is_user_name))
    return malformed("/opening/users");
  state::Law law;
  law.host = PartyKey(0u);
  law.parties.push_back({});
  law.parties.front().slug = genesis.host_slug;
  begin(law, opening);
  for (OpenCollection const& one : opening.collections) {
    if (auto reason = check_collection(law, one)) return refused(std::move(*reason));
    size_t const before = law.arrangement->collections.size();
    put_collection(law, one, {}, 0);
    if (law.arrangement->collections.size() == before) return malformed("/opening/collections");  // twice
  }
  return std::nullopt;
}

}  // namespace

Ruling decide(Sight const& sight, Genesis const& command) {
  if (sight.context.index != 0) return refused(ReasonCode::not_permitted);
  if (command.origin.empty() || command.origin.size() > limits::name_bytes)
    return refused(ReasonCode::malformed, "/origin");
  // B16: a centre whose host holds the parties' keys says so in its name for ever.
  if (command.demo != command.origin.starts_with("demo.")) return refused(ReasonCode::malformed, "/origin");
  if (!model::is_slug(command.host_slug) || model::is_reserved(command.host_slug))
    return refused(ReasonCode::malformed, "/host_slug");
  if (!model::is_slug(command.host_office)) return refused(ReasonCode::malformed, "/host_office");
  std::set<std::string> people, keys;
  for (Officer const& officer : command.officers) {
    if (!model::is_slug(officer.slug)) return refused(ReasonCode::malformed, "/officers");
    people.insert(officer.slug);
    keys.insert(officer.key_id);
  }
  if (people.size() < 2 || people.size() != command.officers.size() || keys.size() != people.size())
    return refused(ReasonCode::malformed, "/officers");
  for (std::string const* identity : {&command.identity, &command.host_identity})
    if (!is_identity(*identity)) return refused(ReasonCode::malformed, "/identity");
  if (command.preset > Genesis::Preset::dss || (command.opening && command.preset == Genesis::Preset::dss))
    return malformed("/preset");
  if (command.opening)
    if (auto refusal = check(command, *command.opening)) return *refusal;
  return model::accepted();
}

void apply(State& state, Genesis const& command, model::Record const& record) {
  state.centre = {command.centre_name, command.origin, command.demo, command.identity, record.time};
  if (!command.identity.empty()) state.law.identities[command.identity] = {};
  model::Party host;
  host.slug = command.host_slug;
  host.kind = model::PartyKind::organisation;
  host.name = command.host_name;
  host.founding_key = command.host_key_id;
  host.keys.push_back({command.host_key_id, command.host_key, model::KeyPurpose::bind, 0, 0});
  state.law.host = PartyKey(state.law.parties.size());
  host.registered = record.time;
  host.identity = command.host_identity;
  if (!host.identity.empty()) state.law.identities[host.identity] = state.law.host;
  state.law.parties.push_back(std::move(host));
  OfficeKey const office(state.law.offices.size());
  state.law.offices.push_back({state.law.host, command.host_slug + "/" + command.host_office});
  for (Officer const& officer : command.officers) {
    model::Person person;
    person.party = state.law.host;
    person.name = officer.slug + "@" + command.host_slug;
    person.roles[office] = model::role::host | model::role::admin;
    person.officer_key = {officer.key_id, officer.key, model::KeyPurpose::officer, 0, 0};
    state.law.people.push_back(std::move(person));
  }
  if (command.preset == Genesis::Preset::dss) {
    state.airspace.one_namespace = true;
    for (model::Quota const quota : model::all_quotas) state.law.quotas[quota] = model::range_of(quota).most;
  }
  if (!command.opening) return;
  begin(state.law, *command.opening);
  for (OpenCollection const& one : command.opening->collections)
    put_collection(state.law, one, record.time, record.index);
}

}  // namespace comity::commands
