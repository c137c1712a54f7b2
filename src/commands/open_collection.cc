#include "commands/open_collection.h"

#include <algorithm>

#include "base/limits.h"
#include "model/names.h"

namespace comity::commands {
namespace {

using state::Law;

bool is_uuid(std::string_view id) {
  if (id.size() != 36) return false;
  for (size_t i = 0; i < id.size(); ++i) {
    bool const dash = i == 8 || i == 13 || i == 18 || i == 23;
    bool const hex = (id[i] >= '0' && id[i] <= '9') || (id[i] >= 'a' && id[i] <= 'f');
    if (dash ? id[i] != '-' : !hex) return false;
  }
  return true;
}

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

std::optional<model::Reason> check_users(Law const& law,
                                         std::optional<std::vector<std::string>> const& users) {
  if (!users) return std::nullopt;
  for (std::string const& user : *users)
    if (law.find_client(user).is_none()) return model::Reason{ReasonCode::unknown_client, {}, {}, user};
  return std::nullopt;
}

model::Users users_of(Law const& law, std::optional<std::vector<std::string>> const& names) {
  model::Users users{!names, {}};
  if (names)
    for (std::string const& name : *names) users.listed.push_back(law.find_client(name));
  std::ranges::sort(users.listed);
  users.listed.erase(std::ranges::unique(users.listed).begin(), users.listed.end());
  return users;
}

// What the machine keeps a collection as: an agreement in force that the arrangement's office alone is party to.
state::Agreement agreement_of(Law const& law, OpenCollection const& words, UtcTime time, Index index) {
  OfficeKey const office = law.arrangement->office;
  PartyKey const party = law.party_of(office);
  model::Text text;
  text.id = law.party(party).slug + "." + words.id;
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
  if (!is_uuid(words.id)) return malformed("/id");
  if (words.title.empty() || words.title.size() > limits::name_bytes) return malformed("/title");
  if (words.description.size() > limits::description_bytes) return malformed("/description");
  if (!words.alias.empty() && (!model::is_user_name(words.alias) || is_uuid(words.alias)))
    return malformed("/alias");
  for (model::OpenCollection const& other : law.arrangement->collections)
    if (!words.alias.empty() && other.root == *root && other.id != words.id && other.alias == words.alias)
      return malformed("/alias");
  if (auto reason = check_users(law, words.readers)) return reason;
  if (auto reason = check_users(law, words.writers)) return reason;
  bool const full = law.arrangement->collections.size() >= limits::open_collections;
  if (full && !place_of(law, *root, words.id)) return model::Reason{ReasonCode::quota, {}, {}, {}};
  return std::nullopt;
}

void put_collection(Law& law, OpenCollection const& words, UtcTime time, Index index) {
  uint32_t const root = *root_at(law, words.root);
  model::OpenCollection made{root,
                             words.id,
                             words.alias,
                             words.title,
                             words.description,
                             users_of(law, words.readers),
                             users_of(law, words.writers)};
  if (auto const place = place_of(law, root, words.id)) {
    law.arrangement->collections[*place] = std::move(made);
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
