#include "doors/taxii/collections.h"

#include <algorithm>

#include "doors/auth/principal.h"
#include "release/told_doors.h"
#include "release/told_open.h"
#include "release/told_own.h"
#include "state/standing.h"

namespace comity::taxii {
namespace {

using release::Eyes;
using release::Source;
using release::Truth;

std::string_view text_of(release::Told const& told) { return told.value().as_string(); }

// Parties whose membership the viewer may know (A8): whether they have contributed anything is not asked.
std::vector<PartyKey> givers(Eyes const& eyes, AgreementKey key) {
  std::vector<PartyKey> all;
  if (key.is_none() || !eyes.view.knows_membership(key)) return all;
  state::Agreement const& agreement = eyes.state.law.agreement(key);
  for (auto const& [party, history] : agreement.standing)
    if (party != eyes.view.party() && eyes.view.knows(party) && state::belongs(agreement.standing_of(party)))
      all.push_back(party);
  return all;
}

std::string alias_of(Eyes const& eyes, Collection const& collection) {
  if (collection.source == Source::contributed) return "contributed";
  if (collection.source == Source::reference) return "reference";
  if (collection.source == Source::duties) return "duties";
  if (collection.from.is_none()) return "received";
  return "from-" + eyes.view.name_of(collection.from);
}

Or<Collection> find_open(Eyes const& eyes, uint32_t root, std::string_view name) {
  for (AgreementKey const key : release::open_collections(eyes, root)) {
    model::OpenCollection const& one = eyes.state.law.arrangement->collections[key.value];
    if (one.id == name || (!one.alias.empty() && one.alias == name))
      return Collection{key, Source::contributed, {}, std::nullopt};
  }
  return refuse(No::not_there);
}

enum class Go : uint8_t { on, no_further };

template <class Each>
void each_collection(Eyes const& eyes, AgreementKey agreement, Each each) {
  // What is written to most comes first: an id costs a keyed digest.
  if (agreement) {
    auto id = release::tell_collection_id(eyes, agreement, "contributed");
    if (each(Collection{agreement, Source::contributed, {}, std::move(id)}) == Go::no_further) return;
  }
  auto id = release::tell_collection_id(eyes, agreement, "received");
  if (each(Collection{agreement, Source::received, {}, std::move(id)}) == Go::no_further) return;
  for (PartyKey const party : givers(eyes, agreement)) {
    auto of_party = release::tell_collection_id(eyes, agreement, party);
    if (!of_party) continue;
    if (each(Collection{agreement, Source::received, party, std::move(*of_party)}) == Go::no_further) return;
  }
  auto reference = release::tell_collection_id(eyes, agreement, "reference");
  if (each(Collection{agreement, Source::reference, {}, std::move(reference)}) == Go::no_further) return;
  if (agreement) return;
  auto duties = release::tell_collection_id(eyes, agreement, "duties");  // G9: of no agreement
  each(Collection{agreement, Source::duties, {}, std::move(duties)});
}

}  // namespace

std::vector<AgreementKey> roots(Eyes const& eyes) {
  std::vector<AgreementKey> all = eyes.view.agreements();
  std::erase_if(all, [&](AgreementKey key) { return !eyes.view.has_root(key); });
  return all;
}

Or<Root> find_root(Eyes const& eyes, Ask const& ask) {
  if (ask.open_root) {
    bool const known = !release::open_collections(eyes, *ask.open_root).empty();
    return known ? Or<Root>(Root{{}, ask.open_root}) : refuse(No::not_there);
  }
  if (eyes.state.law.arrangement) return refuse(No::not_there);  // it has other roots
  std::string const& name = ask.param("root");
  if (name == "all") return Root{};
  AgreementKey const key = eyes.view.agreement(name);
  if (key.is_none() || !eyes.view.has_root(key)) return refuse(No::not_there);
  return Root{key};
}

std::vector<Collection> collections_of(Eyes const& eyes, AgreementKey agreement) {
  std::vector<Collection> all;
  each_collection(eyes, agreement, [&](Collection&& one) {
    all.push_back(std::move(one));
    return Go::on;
  });
  std::ranges::sort(all, {}, [](Collection const& one) { return text_of(*one.id); });
  return all;
}

Or<Collection> find_collection(Eyes const& eyes, Ask const& ask) {
  auto const root = find_root(eyes, ask);
  if (!root) return std::unexpected(root.error());
  std::string const& name = ask.param("collection");
  if (root->open) return find_open(eyes, *root->open, name);
  std::optional<Collection> found;
  each_collection(eyes, root->agreement, [&](Collection&& one) {
    if (text_of(*one.id) != name && alias_of(eyes, one) != name) return Go::on;
    found = std::move(one);
    return Go::no_further;
  });
  if (!found) return refuse(No::not_there);
  return std::move(*found);
}

Or<void> check_reads(Eyes const& eyes, Collection const& collection) {
  bool const open = eyes.state.law.arrangement.has_value();
  return !open || eyes.view.reads_collection(collection.agreement) ? Or<void>() : refuse(No::not_permitted);
}

bool can_write(Eyes const& eyes, Collection const& collection) {
  if (eyes.state.law.arrangement) return eyes.view.writes_collection(collection.agreement);
  return collection.source == Source::contributed && auth::may_contribute(eyes.view.viewer());
}

void write(release::Composer& body, Eyes const& eyes, Collection const& collection) {
  body.open().name("id").told(*collection.id);
  if (collection.source == Source::contributed) {
    body.name("title").text("Contributed").name("description").text("What this office contributed, whole.");
    body.name("alias").text("contributed");
  } else if (collection.source == Source::reference) {
    body.name("title").text("Reference set");
    body.name("description")
        .text(
            "Nobody's items: TLP markings, identities of the centre and the parties, published frameworks.");
    body.name("alias").text("reference");
  } else if (collection.source == Source::duties) {
    body.name("title").text("Duties");
    body.name("description").text("What this office has to do with what it received, such as deletions.");
    body.name("alias").text("duties");
  } else if (collection.from.is_none()) {
    body.name("title").text("Received").name("description").text("Everything released to this office here.");
    body.name("alias").text("received");
  } else {
    auto const name = release::tell_party_name(eyes, collection.from);
    auto const slug = release::tell_party_slug(eyes, collection.from);
    body.name("title").joined({"From ", &*name});
    body.name("description").text("What was released to this office under its author's name.");
    body.name("alias").joined({"from-", &*slug});
  }
  body.name("can_read").truth(auth::may_read(eyes.view.viewer()) ? Truth::yes : Truth::no);
  body.name("can_write").truth(can_write(eyes, collection) ? Truth::yes : Truth::no);
  body.name("media_types").open_list().text("application/stix+json;version=2.1").close_list().close();
}

}  // namespace comity::taxii
