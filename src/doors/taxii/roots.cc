// Discovery at exactly /taxii2/ (R2), API roots and their collections (R10, R11, R13, R14).
#include "base/limits.h"
#include "doors/taxii/ask.h"
#include "doors/taxii/collections.h"
#include "release/told_doors.h"
#include "release/told_law.h"

namespace comity::taxii {

using release::Composer;
using release::Eyes;

Or<Made> discovery(Ask const& ask) {
  return ask.look([&](Eyes const& eyes) -> Or<Made> {
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
    auto const agreement = find_root(eyes, ask.param("root"));
    if (!agreement) return std::unexpected(agreement.error());
    Composer body(eyes);
    body.open().name("title");
    auto const title = agreement->is_none() ? Result<release::Told>(fail(ErrorCode::not_found, ""))
                                            : release::tell_title(eyes, *agreement);
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
    auto const agreement = find_root(eyes, ask.param("root"));
    if (!agreement) return std::unexpected(agreement.error());
    Composer body(eyes);
    body.open().name("collections").open_list();
    for (Collection const& one : collections_of(eyes, *agreement)) write(body, eyes, one);
    return made(body.close_list().close().finish());
  });
}

Or<Made> collection(Ask const& ask) {
  return ask.look([&](Eyes const& eyes) -> Or<Made> {
    auto const found = find_collection(eyes, ask.param("root"), ask.param("collection"));
    if (!found) return std::unexpected(found.error());
    Composer body(eyes);
    write(body, eyes, *found);
    return made(body.finish());
  });
}

}  // namespace comity::taxii
