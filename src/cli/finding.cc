#include "cli/finding.h"

#include "base/limits.h"
#include "cli/members.h"

namespace comity::cli {
namespace {

constexpr size_t least_beginning = 4;

// Behind which row the next page goes on: a constraint has an office too, a conflict its notice.
std::string place_of(json::Value const& row) {
  auto const* const members = row.if_object();
  if (members && members->contains("office")) return text_at(row, "office") + ":" + text_at(row, "id");
  return members && members->contains("notice") ? cell_at(row, "notice") : text_at(row, "id");
}

}  // namespace

Result<json::Array> own_rows(Remote& remote, Listed const& listed) {
  constexpr size_t most_pages = 1'000;  // of an answer that would go round for ever
  json::Array all;
  std::string const first = std::string(listed.path) + "?limit=" + std::to_string(limits::listed);
  std::string path = first;
  for (size_t page = 0; page < most_pages; ++page) {
    auto const answer = TRY(value_of(remote.get(path)));
    if (!answer.is_array())
      return fail(ErrorCode::io, "the answer is no list; is there a centre at this URL?");
    for (auto const& row : answer.get_array()) all.push_back(row);
    if (answer.get_array().size() < limits::listed) return all;
    path = first + "&after=" + segment(place_of(all.back()));
  }
  return fail(ErrorCode::io,
              std::string("the centre's list of this office's ") + listed.what + "s does not end");
}

Result<json::Object> find_own(Remote& remote, Listed const& listed, std::string const& id) {
  return find_in(TRY(own_rows(remote, listed)), listed, id);
}

Exit show_rows(Call const& call, Listed const& listed, Render const& render) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  auto const rows = own_rows(*remote, listed);
  if (!rows) return complain(rows.error());
  if (call.settings.format == Format::json)
    say_json(json::write(*rows));
  else
    say(render(*rows));
  return Exit::done;
}

Result<json::Object> find_in(json::Array const& rows, Listed const& listed, std::string const& id) {
  std::string wanted = id;
  for (char& c : wanted)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  json::Object const* found = nullptr;
  for (auto const& row : rows) {
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
