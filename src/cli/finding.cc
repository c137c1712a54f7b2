#include "cli/finding.h"

#include "cli/members.h"

namespace comity::cli {
namespace {

constexpr size_t least_beginning = 4;

}  // namespace

Result<json::Object> find_own(Remote& remote, Listed const& listed, std::string const& id) {
  auto const answer = TRY(value_of(remote.get(listed.path)));
  if (!answer.is_array()) return fail(ErrorCode::io, "the answer is no list; is there a centre at this URL?");
  std::string wanted = id;
  for (char& c : wanted)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  json::Object const* found = nullptr;
  for (auto const& row : answer.get_array()) {
    std::string const own = text_at(row, "id");
    if (own == wanted) return row.as_object();
    if (wanted.size() < least_beginning || !own.starts_with(wanted)) continue;
    if (found)
      return fail(ErrorCode::bad_input, "several of this office's begin with " + id + "; say more of the id");
    found = &row.as_object();
  }
  if (found) return *found;
  return fail(ErrorCode::not_found, std::string("this office has no ") + listed.what + " " + id + "; `" +
                                        listed.look + "` shows what it has");
}

}  // namespace comity::cli
