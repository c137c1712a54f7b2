// DELETE of an object, or of some of its versions, from what this office contributed (R19): delete_item, once for each.
//
// Without match[version] the last one. An object that has no versions of its own is deleted as a whole.
#include <algorithm>

#include "codec/codec.h"
#include "commands/delete_item.h"
#include "doors/taxii/ask.h"
#include "doors/taxii/collections.h"
#include "doors/taxii/query.h"
#include "sequencer/prepare.h"

namespace comity::taxii {
namespace {

using release::Eyes;

Or<release::Match> wished(Ask const& ask) {
  release::Match match;
  size_t versions = 0, spec_versions = 0;
  for (auto const& [name, value] : ask.request.query) {
    if (name == "match[version]") {
      auto read = read_versions(value);
      if (!read || ++versions > 1)
        return refuse(No::bad_query, {ErrorCode::bad_input, "malformed match[version]"});
      match.versions = std::move(*read);
    }
    if (name == "match[spec_version]") {
      if (value.empty() || ++spec_versions > 1)
        return refuse(No::bad_query, {ErrorCode::bad_input, "malformed match[spec_version]"});
      auto read = read_query({{name, value}}, Matching::all);
      if (!read) return refuse(No::bad_query, read.error());
      match.spec_versions = std::move(read->query.match.spec_versions);
    }
  }
  match.ids = {ask.param("object")};
  return match;
}

// What was passed on is only its originator's to delete; the reference set is nobody's.
bool is_of_others(Eyes const& eyes, release::FeedQuery const& query) {
  auto const shown = release::page(eyes, query).shown;
  return !shown.empty() && std::ranges::all_of(shown, [&](release::Shown const& one) {
    return one.is_reference() || eyes.state.holdings.item(one.item()).originator != eyes.view.party();
  });
}

// The versions as their author wrote them; of an object without any, one empty word.
std::vector<std::string> versions_in(Eyes const& eyes, release::FeedQuery query) {
  std::vector<std::string> versions;
  query.limit = limits::page_objects;
  for (;;) {
    release::Page const page = release::page(eyes, query);
    for (release::Shown const& shown : page.shown) {
      std::string const& version = eyes.state.holdings.item(shown.item()).head.version;
      if (versions.empty() || !version.empty()) versions.push_back(version);
    }
    if (!page.more) return versions;
    query.after = page.shown.back().place();
  }
}

struct Meant {
  std::string agreement;  // by which the asker knows it
  std::vector<std::string> versions;
};
Or<Meant> meant(Ask const& ask) {
  return ask.look([&](Eyes const& eyes) -> Or<Meant> {
    auto const found = find_collection(eyes, ask);
    if (!found) return std::unexpected(found.error());
    if (auto const reads = check_reads(eyes, *found); !reads) return std::unexpected(reads.error());
    release::FeedQuery query;
    query.source = found->source, query.agreement = found->agreement, query.from = found->from;
    query.match.ids = {ask.param("object")};
    query.match.versions = {.first = false, .last = false, .all = true, .exact = {}};
    if (is_of_others(eyes, query)) return refuse(No::not_permitted);
    if (versions_in(eyes, query).empty()) return refuse(No::not_there);
    if (!can_write(eyes, *found)) return refuse(No::not_permitted);
    auto match = wished(ask);
    if (!match) return std::unexpected(match.error());
    query.match = std::move(*match);
    auto versions = versions_in(eyes, query);
    if (versions.empty()) return refuse(No::not_there);
    return Meant{ask.open_root ? *eyes.view.name_of(found->agreement) : ask.param("root"),
                 std::move(versions)};
  });
}

sequencer::Submission deletion(Ask const& ask, std::string const& agreement, std::string const& version) {
  forms::Prepared made;
  made.command.kind = model::CommandKind::delete_item;
  made.command.body = codec::encode(commands::DeleteItem{ask.param("object"), version, agreement});
  return sequencer::prepare(ask.room.centre, ask.who.author(), std::move(made));
}

http::Reply reply_to(std::vector<sequencer::Answer> const& answers) {
  using Kind = sequencer::Answer::Kind;
  for (sequencer::Answer const& answer : answers) {
    if (answer.kind == Kind::busy) return answer_to(Refusal{No::busy, {}, {}});
    if (answer.kind == Kind::over_quota) return answer_to(Refusal{No::over_quota, {}, {}});
    if (answer.ruling.accepted()) continue;
    bool const absent = answer.ruling.reasons.front().code == model::ReasonCode::unknown_item ||
                        answer.ruling.reasons.front().code == model::ReasonCode::unknown_agreement;
    return answer_to(Refusal{absent ? No::not_there : No::not_permitted, {}, {}});
  }
  return {200, {{"Content-Type", media_type}}, release::Egress::fixed("")};
}

}  // namespace

void remove(std::shared_ptr<Ask const> ask, http::Workers&, Answering answering) {
  auto const found = meant(*ask);
  http::Done const done = std::move(answering.held);
  if (!found) return done(answer_to(found.error()));
  std::vector<sequencer::Submission> deletions;
  for (std::string const& version : found->versions)
    deletions.push_back(deletion(*ask, found->agreement, version));
  ask->room.centre.submit(std::move(deletions),
                          [done](std::vector<sequencer::Answer>&& answers) { done(reply_to(answers)); });
}

}  // namespace comity::taxii
