#include "forms/opening.h"

#include "crypto/password.h"
#include "forms/command_parts.h"
#include "forms/shapes.h"
#include "json/split.h"
#include "json/validate.h"
#include "model/arrangement.h"

namespace comity::forms {
namespace {

bool is_any(std::string_view) { return true; }
Shape const user_name{
    model::is_user_name,
    "must be a user name: printable ASCII without : and /, no dot first, and not of the form name@party"};
Shape const root_path{model::is_root_path,
                      "must be a path that no other door has, like \"/trustgroup1/\", that ends in a slash"};
Shape const path_part{model::is_collection_id,
                      "must be a UUID, or 1 to 200 letters, digits and -._, no dot first"};
Shape const title{[](std::string_view text) { return !text.empty() && text.size() <= limits::name_bytes; },
                  "must have 1 to 200 bytes"};
Shape const long_text{[](std::string_view text) { return text.size() <= limits::description_bytes; },
                      "must have at most 4000 bytes"};
Shape const any{is_any, "must be a string"};

void take_if_there(Members& members, std::string_view key, Shape const& shape, std::string& out) {
  if (auto const place = members.optional(key)) out = read_shaped(*place, shape);
}

std::optional<std::vector<std::string>> read_users(Members& members, std::string_view key) {
  auto const place = members.required(key);
  auto const* word = place ? place->value().if_string() : nullptr;
  if (word && std::string_view(*word) == "everyone") return std::nullopt;
  if (word) place->refuse("must be \"everyone\" or a list of users");
  if (!place || word) return std::vector<std::string>{};
  return read_strings(*place, user_name, limits::clients_per_party.most, Emptiness::allowed);
}

// But for the root, which stands beside it or around it.
void take_words(Members& members, commands::OpenCollection& out) {
  take_shaped(members, "id", path_part, out.id);
  take_shaped(members, "title", title, out.title);
  take_if_there(members, "description", long_text, out.description);
  take_if_there(members, "alias", path_part, out.alias);
  out.readers = read_users(members, "readers");
  out.writers = read_users(members, "writers");
}

FirstSecret read_user(Place const& place) {
  FirstSecret made;
  Members members(place);
  take_shaped(members, "name", user_name, made.user);
  take_if_there(members, "password", any, made.password);
  take_if_there(members, "verifier", any, made.verifier);
  if (made.password.size() > limits::password_bytes) place.refuse("a password has at most 1024 bytes");
  if (!made.password.empty() && !made.verifier.empty())
    place.refuse("has a password or a verifier, not both");
  if (!made.verifier.empty() && !crypto::is_password_hash(made.verifier))
    place.refuse(
        "the verifier must be $argon2id$v=19$m=65536,t=2,p=1$…; leave it out and a password is made");
  return made;
}

Seeds read_seeds(Members& members) {
  Seeds seeds;
  auto const place = members.optional("objects");
  if (!place || place->value().is_array()) return seeds;  // what is in a list is found in the text itself
  seeds.file = place->text().value_or("");
  return seeds;
}

void read_roots(Members& members, Description& out) {
  auto const place = members.required("api_roots");
  if (!place) return;
  for (Place const& element : place->elements(limits::open_roots)) {
    Members root(element);
    model::OpenRoot made;
    take_shaped(root, "path", root_path, made.path);
    take_shaped(root, "title", title, made.title);
    take_if_there(root, "description", long_text, made.description);
    if (auto const collections = root.required("collections"))
      for (Place const& one : collections->elements(limits::open_collections)) {
        Members words(one);
        commands::OpenCollection collection;
        collection.root = made.path;
        take_words(words, collection);
        out.seeds.push_back(read_seeds(words));
        out.opening.collections.push_back(std::move(collection));
      }
    out.opening.roots.push_back(std::move(made));
  }
}

constexpr size_t any_number = SIZE_MAX;

// The lists of objects, as they are written.
Result<void> find_inside(BytesView text, std::vector<Seeds>& seeds) {
  size_t number = 0;
  auto const roots = TRY(json::split(text, {"api_roots", any_number}));
  for (BytesView root : roots.elements) {
    auto const collections = TRY(json::split(root, {"collections", any_number}));
    for (BytesView collection : collections.elements) {
      Seeds& one = seeds[number++];
      if (one.file.empty()) one.inside = TRY(json::split(collection, {"objects", any_number})).elements;
    }
  }
  return {};
}

}  // namespace

std::expected<Description, std::vector<Problem>> read_description(BytesView text) {
  auto const not_read = [](Error const& error) {
    return std::unexpected(std::vector<Problem>{{error.pointer, error.detail}});
  };
  auto const value = json::parse(text, text.size(), json::Numbers::any);  // STIX has fractions
  if (!value) return not_read(value.error());
  Problems problems;
  Description out;
  {
    Members members(Place(*value, "", problems));
    out.opening.office = "taxii";
    take_shaped(members, "title", title, out.opening.title);
    take_if_there(members, "description", long_text, out.opening.description);
    take_if_there(members, "contact", title, out.opening.contact);
    take_if_there(members, "default", root_path, out.opening.default_root);
    if (auto const users = members.required("users"))
      for (Place const& user : users->elements(limits::clients_per_party.most)) {
        out.secrets.push_back(read_user(user));
        out.opening.users.push_back(out.secrets.back().user);
      }
    read_roots(members, out);
  }
  if (!problems.none()) return std::unexpected(problems.take());
  if (auto const found = find_inside(text, out.seeds); !found) return not_read(found.error());
  return out;
}

Result<Seed> read_seed(BytesView text) {
  TRY_VOID(json::validate_ijson(text));
  auto const parts = TRY(json::split(text, {"", 0}));
  BytesView const object = parts.other("object"), date = parts.other("date_added");
  auto const value = json::parse(date, limits::name_bytes);
  auto const* said = value ? value->if_string() : nullptr;
  auto const time =
      said ? parse_stix_time(std::string_view(*said)) : std::nullopt;  // other servers write fewer digits
  if (object.empty() || !time)
    return fail(ErrorCode::bad_input, "each is {\"date_added\": a time of TAXII, \"object\": a STIX object}");
  return Seed{*time, object};
}

void read_open_collection(Reading& reading) {
  commands::OpenCollection made;
  Members members(reading.place());
  take_shaped(members, "root", root_path, made.root);
  take_words(members, made);
  reading.out.command.body = codec::encode(made);
}

}  // namespace comity::forms
