// Discovery at exactly /taxii2/ (R2), API roots and their collections (R10, R11, R13, R14).
#include "base/limits.h"
#include "doors/taxii/ask.h"
#include "doors/taxii/collections.h"
#include "release/told_doors.h"
#include "release/told_law.h"
#include "release/told_open.h"

namespace comity::taxii {

using release::Composer;
using release::Eyes;

namespace {

// A resource that is said as a whole.
Or<Made> whole(Eyes const& eyes, Result<release::Told> const& told) {
  if (!told) return refuse(No::not_there);
  Composer body(eyes);
  return made(body.told(*told).finish());
}

}  // namespace

Or<Made> discovery(Ask const& ask) {
  return ask.look([&](Eyes const& eyes) -> Or<Made> {
    if (eyes.state.law.arrangement) return whole(eyes, release::tell_open_discovery(eyes));
    Composer body(eyes);
    body.open().name("title").told(release::tell_centre_name(eyes));
    body.name("description").text("Each API root is an agreement; /taxii2/all/ is all of them.");
    body.name("default").text("/taxii2/all/").name("api_roots").open_list().text("/taxii2/all/");
    for (AgreementKey const agreement : roots(eyes))
      if (auto const name = release::tell_name(eyes, agreement)) body.joined({"/taxii2/", &*name, "/"});
    return made(body.close_list().close().finish());
  });
}

Or<Made> root(Ask const& ask) {
  return ask.look([&](Eyes const& eyes) -> Or<Made> {
    auto const root = find_root(eyes, ask);
    if (!root) return std::unexpected(root.error());
    if (root->open) return whole(eyes, release::tell_open_root(eyes, *root->open));
    Composer body(eyes);
    body.open().name("title");
    auto const title = root->agreement.is_none() ? Result<release::Told>(fail(ErrorCode::not_found, ""))
                                                 : release::tell_title(eyes, root->agreement);
    if (title) {
      body.told(*title);
    } else {
      body.text("All agreements");
    }
    body.name("versions").open_list().text("application/taxii+json;version=2.1").close_list();
    // One for all roots (25-isolation C1).
    body.name("max_content_length").number(limits::request_body_bytes);
    return made(body.close().finish());
  });
}

Or<Made> collections(Ask const& ask) {
  return ask.look([&](Eyes const& eyes) -> Or<Made> {
    auto const root = find_root(eyes, ask);
    if (!root) return std::unexpected(root.error());
    Composer body(eyes);
    body.open().name("collections").open_list();
    if (root->open)
      for (AgreementKey const key : release::open_collections(eyes, *root->open))
        body.told(*release::tell_open_collection(eyes, key));
    else
      for (Collection const& one : collections_of(eyes, root->agreement)) write(body, eyes, one);
    return made(body.close_list().close().finish());
  });
}

Or<Made> collection(Ask const& ask) {
  return ask.look([&](Eyes const& eyes) -> Or<Made> {
    auto const found = find_collection(eyes, ask);
    if (!found) return std::unexpected(found.error());
    if (!found->id) return whole(eyes, release::tell_open_collection(eyes, found->agreement));
    Composer body(eyes);
    write(body, eyes, *found);
    return made(body.finish());
  });
}

}  // namespace comity::taxii
