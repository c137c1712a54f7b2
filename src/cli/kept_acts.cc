#include "cli/kept_acts.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "base/limits.h"
#include "base/seam.h"
#include "cli/members.h"
#include "cli/show.h"
#include "commands/put_back.h"

namespace comity::cli {
namespace {

std::string from_environment(char const* name) {
  char const* const value = std::getenv(name);
  return value ? value : "";
}

// At any depth: a proposal holds the body of another command.
void without_secrets(json::Value& value) {
  auto* object = value.if_object();
  if (!object) return;
  for (char const* secret : {"password", "verifier"}) object->erase(secret);
  for (auto& member : *object) without_secrets(member.value());
}

std::string name_of(json::Object const& command) {
  std::string time = to_text(system_seam().clock.now());
  std::ranges::replace(time, ':', '-');
  return time + "-" + text_at(command, "kind") + ".json";
}

Result<void> make_room(std::string const& folder) {
  auto const names = TRY(system_seam().files.list(folder));
  for (size_t i = 0; names.size() >= limits::kept_acts && i <= names.size() - limits::kept_acts; ++i)
    TRY_VOID(system_seam().files.remove(folder + "/" + names[i]));
  return {};
}

Result<void> make_place(std::string const& folder) {
  if (folder.empty()) return fail(ErrorCode::io, "there is no home to keep it in");
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(folder).parent_path(), error);
  TRY_VOID(system_seam().files.make_folder(folder, 0700));
  return make_room(folder);
}

// A command in the folder, written when it is begun and again when it is answered.
class Kept {
 public:
  Kept(Remote const& remote, json::Object const& command) : path_(acts_folder() + "/" + name_of(command)) {
    json::Value bare = command;
    without_secrets(bare);
    kept_ = {{"command", std::move(bare)}, {"centre", remote.settings().url}};
    auto const place = make_place(acts_folder());
    note(place ? system_seam().files.write(path_, text(), 0600) : place);
  }
  void add(Result<http::Response> const& answer) {
    auto const ruling = answer ? json::parse(answer->body, limits::request_body_bytes, json::Numbers::any)
                               : fail(ErrorCode::io, "");
    if (!ruling || !is_there_) return;
    kept_["ruling"] = *ruling;
    note(system_seam().files.write(path_, text(), 0600));
  }

 private:
  Bytes text() const { return json::write(kept_) + "\n"; }
  void note(Result<void> const& done) {
    is_there_ = done.has_value();
    if (!done)
      say_aside("This act could not be kept (COMITY_ACTS names a folder): " + done.error().detail + "\n");
  }

  std::string path_;
  json::Object kept_;
  bool is_there_ = false;
};

}  // namespace

bool is_worth_keeping(json::Object const& command) {
  if (command.contains("act")) return true;
  auto const kind = model::command_kind(text_at(command, "kind"));
  return kind && commands::may_be_presented(*kind);
}

std::string acts_folder() {
  if (std::string named = from_environment("COMITY_ACTS"); !named.empty()) return named;
  std::string state = from_environment("XDG_STATE_HOME");
  if (state.empty() && from_environment("HOME").empty()) return "";
  if (state.empty()) state = from_environment("HOME") + "/.local/state";
  return state + "/comity/acts";
}

Result<http::Response> post_command(Remote& remote, json::Object command) {
  if (!command.contains("idempotency_key")) command["idempotency_key"] = new_idempotency_key();
  std::string const key = text_at(command, "idempotency_key");
  std::optional<Kept> kept;
  if (is_worth_keeping(command)) kept.emplace(remote, command);
  auto answer = remote.post("/api/v1/commands", json::write(command), key);
  if (kept) kept->add(answer);
  return answer;
}

bool was_refused(BytesView file) {
  auto const value = json::parse(file, limits::request_body_bytes, json::Numbers::any);
  return value && is_refused(member_of(*value, "ruling"));
}

Result<json::Object> presented(BytesView file) {
  auto const value = TRY(json::parse(file, limits::request_body_bytes, json::Numbers::any));
  auto const* members = value.if_object();
  auto const* kept = members ? members->if_contains("command") : nullptr;
  auto const* command = kept ? kept->if_object() : members;
  if (!command) return fail(ErrorCode::bad_input, "it is no command and no signed act");
  json::Object found = *command;
  auto const* act = found.if_contains("act");
  if (act && !found.contains("kind")) found["kind"] = text_at(*act, "kind");
  if (text_at(found, "kind").empty()) return fail(ErrorCode::bad_input, "it is no command and no signed act");
  return found;
}

}  // namespace comity::cli
