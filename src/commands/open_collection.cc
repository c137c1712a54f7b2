#include "commands/open_collection.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "base/limits.h"
#include "model/names.h"

namespace comity::commands {
namespace {

using state::Law;

std::optional<uint32_t> root_at(Law const& law, std::string_view path) {
  auto const& roots = law.arrangement->roots;
  auto const found = std::ranges::find(roots, path, &model::OpenRoot::path);
  if (found == roots.end()) return std::nullopt;
  return static_cast<uint32_t>(found - roots.begin());
}

std::optional<size_t> place_of(Law const& law, uint32_t root, std::string_view id) {
  auto const& all = law.arrangement->collections;
  for (size_t i = 0; i < all.size(); ++i)
    if (all[i].root == root && all[i].id == id) return i;
  return std::nullopt;
}

using Names = std::optional<std::vector<std::string>>;
using Clients = std::map<std::string_view, ClientKey>;

// Those who are named in one list or the other, looked up at once: both may be long.
Clients clients_of(Law const& law, OpenCollection const& words) {
  Clients all;
  if ((words.readers && !words.readers->empty()) || (words.writers && !words.writers->empty()))
    for (size_t i = 0; i < law.clients.size(); ++i) all.emplace(law.clients[i].name, ClientKey(i));
  return all;
}

std::optional<model::Reason> check_users(Clients const& clients, Names const& users) {
  if (!users) return std::nullopt;
  for (std::string const& user : *users)
    if (!clients.contains(user)) return model::Reason{ReasonCode::unknown_client, {}, {}, user};
  return std::nullopt;
}

model::Users users_of(Clients const& clients, Names const& names) {
  model::Users users{!names, {}};
  if (names)
    for (std::string const& name : *names) users.listed.push_back(clients.at(name));
  std::ranges::sort(users.listed);
  users.listed.erase(std::ranges::unique(users.listed).begin(), users.listed.end());
  return users;
}

// What the machine keeps a collection as: an agreement in force that the arrangement's office alone is party to.
state::Agreement agreement_of(Law const& law, OpenCollection const& words, UtcTime time, Index index) {
  OfficeKey const office = law.arrangement->office;
  PartyKey const party = law.party_of(office);
  model::Text text;
  text.id = law.party(party).slug + "." + std::to_string(*root_at(law, words.root)) + "." + words.id;
  text.kind = model::AgreementKind::arrangement;
  text.title = words.title;
  text.participants.push_back(
      {{law.party(party).slug, party, {}}, {}, {{law.office(office).name, party, office}}});
  state::Agreement made;
  made.id = text.id;
  made.drafter = office;
  made.text = std::make_shared<model::Text const>(std::move(text));
  made.history.push_back({state::AgreementState::in_force, time, index});
  made.standing[party].push_back({state::Standing::party, time, index});
  made.known.offices[office] = index;
  return made;
}

}  // namespace

std::optional<model::Reason> check_collection(Law const& law, OpenCollection const& words) {
  auto const malformed = [](char const* where) {
    return model::Reason{ReasonCode::malformed, {}, {}, where};
  };
  auto const root = root_at(law, words.root);
  if (!root) return malformed("/root");
  if (!model::is_collection_id(words.id)) return malformed("/id");
  if (words.title.empty() || words.title.size() > limits::name_bytes) return malformed("/title");
  if (words.description.size() > limits::description_bytes) return malformed("/description");
  if (!words.alias.empty() && !model::is_collection_id(words.alias)) return malformed("/alias");
  for (model::OpenCollection const& other : law.arrangement->collections) {
    if (other.root != *root || other.id == words.id) continue;
    bool const alias_taken = !words.alias.empty() && (other.alias == words.alias || other.id == words.alias);
    if (alias_taken || other.alias == words.id) return malformed("/alias");
  }
  Clients const clients = clients_of(law, words);
  if (auto reason = check_users(clients, words.readers)) return reason;
  if (auto reason = check_users(clients, words.writers)) return reason;
  bool const full = law.arrangement->collections.size() >= limits::open_collections;
  if (full && !place_of(law, *root, words.id)) return model::Reason{ReasonCode::quota, {}, {}, {}};
  return std::nullopt;
}

void put_collection(Law& law, OpenCollection const& words, UtcTime time, Index index) {
  uint32_t const root = *root_at(law, words.root);
  Clients const clients = clients_of(law, words);
  model::OpenCollection made{root,
                             words.id,
                             words.alias,
                             words.title,
                             words.description,
                             users_of(clients, words.readers),
                             users_of(clients, words.writers)};
  if (auto const place = place_of(law, root, words.id)) {
    model::OpenCollection& known = law.arrangement->collections[*place];
    if (made.alias.empty()) made.alias = known.alias;
    if (made.description.empty()) made.description = known.description;
    known = std::move(made);
    return;
  }
  law.agreements.push_back(agreement_of(law, words, time, index));
  law.arrangement->collections.push_back(std::move(made));
}

Ruling decide(Sight const& sight, OpenCollection const& command) {
  if (sight.command.kind != model::CommandKind::countersign_host_act || !sight.view.law().arrangement)
    return refused(ReasonCode::not_permitted);
  if (auto reason = check_collection(sight.view.law(), command)) return refused(std::move(*reason));
  return model::accepted();
}

void apply(State& state, OpenCollection const& command, model::Record const& record) {
  put_collection(state.law, command, record.time, record.index);
}

}  // namespace comity::commands
