// Objects, one object, manifest and versions: four readings of one page of a feed (R15, R16, R18, R20, R21).
#include <algorithm>

#include "base/limits.h"
#include "doors/taxii/ask.h"
#include "doors/taxii/collections.h"
#include "doors/taxii/query.h"
#include "release/edition.h"
#include "release/events.h"
#include "sequencer/served.h"

namespace comity::taxii {
namespace {

using release::Composer;
using release::Eyes;
using release::Shown;

// A page as it was cut under the lock, and the answer begun under the same law.
struct Cut {
  release::Page page;
  std::optional<release::Token> next;
  Composer body;
};

bool exists(Eyes const& eyes, Collection const& in, std::string const& id) {
  release::FeedQuery query;
  query.source = in.source, query.agreement = in.agreement, query.from = in.from;
  query.match.ids = {id};
  query.match.versions = {.first = false, .last = false, .all = true, .exact = {}};
  query.limit = 1;
  return !release::page(eyes, query).shown.empty();
}

// The query as asked, of the collection that the path names.
Or<release::FeedQuery> query_of(Eyes const& eyes, Ask const& ask, Matching matching,
                                Collection const& found) {
  auto wish = read_query(ask.request.query, matching);
  if (!wish) return refuse(No::bad_query, wish.error());
  release::FeedQuery query = std::move(wish->query);
  query.source = found.source, query.agreement = found.agreement, query.from = found.from;
  if (!ask.param("object").empty()) query.match.ids = {ask.param("object")};
  // A stream that was cut off goes on where its reader was (WHATWG HTML, 9.2.4).
  auto const last = ask.request.headers.find("Last-Event-ID");
  std::string const from = last && ask.streams ? std::string(*last) : wish->next;
  if (from.empty()) return query;
  auto const place = release::place_in(eyes, query, from);
  if (!place) return refuse(No::bad_query, {ErrorCode::bad_input, "malformed next"});  // R32
  query.after = *place;
  return query;
}

Or<Cut> cut(Ask const& ask, Matching matching) {
  return ask.look([&](Eyes const& eyes) -> Or<Cut> {
    auto const found = find_collection(eyes, ask);
    if (!found) return std::unexpected(found.error());
    if (auto const reads = check_reads(eyes, *found); !reads) return std::unexpected(reads.error());
    auto const query = query_of(eyes, ask, matching, *found);
    Cut made{query ? release::page(eyes, *query) : release::Page{}, {}, Composer(eyes)};
    // An object that is not there is said before anything is said of the query (G4); one that is on the page is there.
    std::string const& id = ask.param("object");
    if (!id.empty() && made.page.shown.empty() && !exists(eyes, *found, id)) return refuse(No::not_there);
    if (!query) return std::unexpected(query.error());
    if (made.page.more) made.next = release::token_after(eyes, *query, made.page.shown.back().place());
    return made;
  });
}

// What is served of a page: whose bytes can be made, in order, with what has to be noted before they leave.
struct Served {
  std::vector<Shown const*> shown;
  std::vector<release::Released<Bytes>> editions;  // of all, or of none but masked ones
  std::vector<state::ServedEdition> to_note;
};

enum class Bytes_of : uint8_t { all, masked };

// Whether an edition can be made at all shows in the making (A4), so a manifest makes masked ones too: all of these
// answers list the same objects.
Or<Served> serve(Ask const& ask, release::Page const& page, Bytes_of wanted) {
  Served served;
  for (Shown const& shown : page.shown) {
    if (shown.is_whole() && wanted == Bytes_of::masked) {
      served.shown.push_back(&shown);
      continue;
    }
    auto const payload = sequencer::payload_of(ask.room.centre, shown);
    // Destroyed since the page was cut: the law has moved, and the page is cut again.
    if (!payload) return refuse(ask.room.centre.epoch() == shown.epoch() ? No::failed : No::busy);
    auto edition = release::make_edition(shown, {shown.payload(), *payload});
    if (!edition && edition.error().code == ErrorCode::not_found) continue;
    if (!edition) return refuse(No::failed);
    if (!shown.is_whole()) {
      auto note = release::served(shown, *edition, ask.room.keys);
      if (!note) return refuse(No::failed);
      served.to_note.push_back(std::move(*note));
    }
    served.shown.push_back(&shown);
    served.editions.push_back(std::move(*edition));
  }
  if (served.to_note.empty()) return served;
  ask.room.centre.read([&](sequencer::Glimpse const& glimpse) {
    std::erase_if(served.to_note, [&](state::ServedEdition const& edition) {
      return release::is_noted(glimpse.state.holdings, edition);
    });
  });
  return served;
}

void write_more(Composer& body, Cut const& page) {
  if (page.page.shown.empty()) return;  // R16: nothing is `{}`
  body.name("more").truth(page.page.more ? release::Truth::yes : release::Truth::no);
  if (page.next) body.name("next").token(*page.next);
}

using Write = void (*)(Composer& body, Served const& served);

Or<Made> answer(Ask const& ask, Matching matching, Bytes_of wanted, Write write) {
  auto page = cut(ask, matching);
  if (!page) return std::unexpected(page.error());
  auto served = serve(ask, page->page, wanted);
  if (!served) return std::unexpected(served.error());
  if (!served->to_note.empty()) return Made{answer_to(Refusal{No::busy, {}, {}}), std::move(served->to_note)};
  Composer& body = page->body.open();
  write_more(body, *page);
  if (!served->shown.empty()) write(body, *served);
  Made answer = made(body.close().finish());
  if (!served->shown.empty()) {  // R21
    answer.reply.headers.add("X-TAXII-Date-Added-First", to_text(served->shown.front()->date_added()));
    answer.reply.headers.add("X-TAXII-Date-Added-Last", to_text(served->shown.back()->date_added()));
  }
  return answer;
}

void write_envelope(Composer& body, Served const& served) {
  body.name("objects").open_list();
  for (auto const& edition : served.editions) body.part(edition);
  body.close_list();
  if (std::ranges::none_of(served.shown, &Shown::is_permissive)) return;
  body.name("x_comity_permissive").open_list();
  for (Shown const* shown : served.shown)
    if (shown->is_permissive()) body.id(*shown);
  body.close_list();
}

void write_manifest(Composer& body, Served const& served) {
  body.name("objects").open_list();
  for (Shown const* shown : served.shown) {
    body.open().name("id").id(*shown).name("date_added").date_added(*shown).name("version").version(*shown);
    body.name("media_type").text("application/stix+json;version=2.1");
    if (shown->is_permissive()) body.name("x_comity_permissive").truth(release::Truth::yes);
    body.close();
  }
  body.close_list();
}

void write_versions(Composer& body, Served const& served) {
  body.name("versions").open_list();
  for (Shown const* shown : served.shown) body.version(*shown);
  body.close_list();
}

bool asks_for_versions(Ask const& ask) {
  return std::ranges::any_of(ask.request.query,
                             [](auto const& one) { return one.first == "match[version]"; });
}

// A slow reader holds a part as long as it likes, so none is large.
void keep_small(release::Page& page) {
  uint64_t bytes = 0;
  for (size_t i = 0; i < page.shown.size(); ++i) {
    bytes += page.shown[i].size();
    if (i == 0 || bytes <= limits::stream_part_bytes) continue;
    page.shown.erase(page.shown.begin() + static_cast<ptrdiff_t>(i), page.shown.end());
    page.more = true;
    return;
  }
}

// Whether what was posted there is told of under this root: where it is open, to who may post there.
bool is_under(Eyes const& eyes, AgreementKey posted_to, Root const& root) {
  if (!root.open) return posted_to == root.agreement;
  return eyes.view.writes_collection(posted_to) &&
         eyes.state.law.arrangement->collections[posted_to.value].root == *root.open;
}

}  // namespace

// Versions as they are added, each one that matches, unless others are asked for: a stream has no last one. Its tokens are
// those of the pages of the same query.
Or<Part> object_events(Ask const& ask, std::optional<size_t> place) {
  struct Events {
    release::Page page;
    release::FeedQuery query;
    std::vector<release::Token> tokens;
    release::Events body;
  };
  auto cut = ask.look([&](Eyes const& eyes) -> Or<Events> {
    auto const found = find_collection(eyes, ask);
    if (!found) return std::unexpected(found.error());
    if (auto const reads = check_reads(eyes, *found); !reads) return std::unexpected(reads.error());
    auto query = query_of(eyes, ask, Matching::all, *found);
    if (!query) return std::unexpected(query.error());
    query->limit = limits::stream_events;
    if (place) query->after = place;
    release::FeedQuery wish = *query;
    if (!asks_for_versions(ask))
      wish.match.versions = {.first = false, .last = false, .all = true, .exact = {}};
    Events made{release::page(eyes, wish), *query, {}, release::Events(eyes)};
    keep_small(made.page);
    for (Shown const& shown : made.page.shown)
      made.tokens.push_back(release::token_after(eyes, *query, shown.place()));
    return made;
  });
  if (!cut) return std::unexpected(cut.error());
  auto served = serve(ask, cut->page, Bytes_of::all);
  if (!served) return std::unexpected(served.error());
  auto const& shown = cut->page.shown;
  std::optional<size_t> end = shown.empty() ? cut->query.after : shown.back().place();
  if (!cut->page.more && cut->page.looked_to) end = cut->page.looked_to;
  if (!served->to_note.empty())
    return Part{release::Events::beat(), std::move(served->to_note), place, false};
  for (size_t i = 0; i < served->shown.size(); ++i) {
    auto const number = static_cast<size_t>(served->shown[i] - shown.data());
    cut->body.event("object", cut->tokens[number], served->editions[i]);
  }
  bool const any = !cut->body.empty();
  return Part{any ? cut->body.finish() : release::Events::beat(), {}, end, any};
}

Or<Made> objects(Ask const& ask) { return answer(ask, Matching::all, Bytes_of::all, write_envelope); }
Or<Made> object(Ask const& ask) { return answer(ask, Matching::versions, Bytes_of::all, write_envelope); }
Or<Made> manifest(Ask const& ask) { return answer(ask, Matching::all, Bytes_of::masked, write_manifest); }
Or<Made> versions(Ask const& ask) { return answer(ask, Matching::none, Bytes_of::masked, write_versions); }

Or<void> resolve(Ask const& ask) {
  return ask.look([&](Eyes const& eyes) -> Or<void> {
    if (ask.param("root").empty() && !ask.open_root) return {};
    auto const root = find_root(eyes, ask);
    if (!root) return std::unexpected(root.error());
    if (!ask.param("status").empty()) {
      auto const kept =
          ask.room.statuses.find(ask.viewer(), ask.param("status"), ask.room.centre.seam().clock.now());
      return kept && is_under(eyes, kept->agreement, *root) ? Or<void>() : refuse(No::not_there);
    }
    if (ask.param("collection").empty()) return {};
    auto const found = find_collection(eyes, ask);
    if (!found) return std::unexpected(found.error());
    std::string const& id = ask.param("object");
    if (auto const reads = check_reads(eyes, *found); !reads && !id.empty()) return reads;
    return id.empty() || exists(eyes, *found, id) ? Or<void>() : refuse(No::not_there);
  });
}

}  // namespace comity::taxii
