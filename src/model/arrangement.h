// The open arrangement of a centre of preset `taxii`: one office, its users, and what each may do in which collection.
//
// Such a centre stands in for another TAXII server: the owner keeps API roots, ids of collections, users and cursors. Its
// items are all of one office, which has what is its own, so no clause says anything here: who may read and write is what
// the collection lists. That is outside the release rule (20-release R1), is said so in record 0, and is a property of the
// whole centre: there are no agreements between parties in it (commands/genesis.h).
//
// To the machine each collection is an agreement that its office alone is party to, and collection number n is agreement
// number n, so whatever is kept by agreement (feeds, contributions, deletions, statuses) is kept by collection.
//
// Plain structs. The rules: commands/genesis.h, commands/open_collection.h; what a user may: state/view.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/ids.h"

namespace comity::model {

// Users of a collection: all there are and will be, or those listed.
struct Users {
  bool everyone = false;
  std::vector<ClientKey> listed;  // sorted
  auto fields(this auto& self) { return std::tie(self.everyone, self.listed); }
};

// An API root, at the path at which clients know it: `/trustgroup1/`, `/taxii2/feeds/`.
struct OpenRoot {
  std::string path, title, description;
  auto fields(this auto& self) { return std::tie(self.path, self.title, self.description); }
};

struct OpenCollection {
  uint32_t root = 0;  // number in Arrangement::roots
  std::string id, alias, title, description;
  Users readers, writers;
  auto fields(this auto& self) {
    return std::tie(self.root, self.id, self.alias, self.title, self.description, self.readers, self.writers);
  }
};

struct Arrangement {
  OfficeKey office;
  std::string title, description, contact;  // of discovery
  std::optional<uint32_t> default_root;
  std::vector<OpenRoot> roots;
  std::vector<OpenCollection> collections;  // by the number of their agreement
  auto fields(this auto& self) {
    return std::tie(self.office, self.title, self.description, self.contact, self.default_root, self.roots,
                    self.collections);
  }
};

// A path of one or more segments of letters, digits and `-._` between slashes, that belongs to no other door (15-forms 4).
bool is_root_path(std::string_view path);
// A UUID, as TAXII asks for, or whatever else of these characters a server gave its collections as an id or an alias.
bool is_collection_id(std::string_view text);
// A user name as its owner has it: printable ASCII without `:` and `/`, no dot first, and no name of a person (`anna@ru`).
bool is_user_name(std::string_view name);

}  // namespace comity::model
