#include "doors/console/maps.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "base/limits.h"
#include "base/seam.h"
#include "doors/console/room.h"
#include "release/told_public.h"

namespace comity::console {
namespace {

using http::Method;

constexpr std::string_view ending = ".pmtiles";

bool is_name(std::string_view text) {
  constexpr std::string_view signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
  return text.size() > ending.size() && text.ends_with(ending) && text[0] != '.' &&
         text.find_first_not_of(signs) == text.npos;
}

std::optional<uint64_t> number_in(std::string_view text) {
  uint64_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

http::Reply unsatisfied(uint64_t size) {
  http::Reply reply = constant(416, "{\"title\":\"Ask for a range of it\",\"status\":416}\n");
  reply.headers.add("Content-Range", "bytes */" + std::to_string(size));
  return reply;
}

http::Reply part_of(Maps const& maps, std::string const& name, std::string const& field) {
  auto const file = maps.find(name);
  if (!file) return http::fixed_reply(404);
  auto const range = range_in(field, file->size);
  if (!range) return unsatisfied(file->size);
  std::string const last = std::to_string(range->first + range->count - 1);
  return {206,
          {{"Content-Type", "application/octet-stream"},
           {"Content-Range",
            "bytes " + std::to_string(range->first) + "-" + last + "/" + std::to_string(file->size)},
           {"Accept-Ranges", "bytes"},
           {"ETag", file->tag},
           {"Cache-Control", "private, no-cache"}},
          maps.read(name, *range)};
}

// On this door's threads; the session is looked at again there, as nothing of a map is made anew when the law moves.
void map(Room& room, VisitPtr visit) {
  auto const job = [&room, visit] {
    std::string const field(visit->request.headers.find("Range").value_or(""));
    answer(room, *visit,
           room.authenticator.come_in(visit->who) ? part_of(room.maps, visit->name, field) : no_session());
  };
  if (!room.workers.take(job, visit->who.office.value)) answer(room, *visit, http::fixed_reply(503));
}

void list(Room& room, VisitPtr visit) {
  auto const job = [&room, visit] {
    release::Composer body;
    body.told(release::tell_maps(room.maps.names()));
    answer(room, *visit, {200, {{"Content-Type", "application/json"}}, body.finish()});
  };
  if (!room.workers.take(job, visit->who.office.value)) answer(room, *visit, http::fixed_reply(503));
}

constexpr Endpoint endpoints[] = {
    {Method::get, "/console/maps", Needs::session, list},
    {Method::get, "/console/maps/{name}", Needs::session, map},
};

}  // namespace

std::optional<Range> range_in(std::string_view field, uint64_t size) {
  constexpr std::string_view unit = "bytes=";
  size_t const dash = field.find('-');
  if (!field.starts_with(unit) || dash == field.npos || size == 0) return std::nullopt;
  std::string_view const before = field.substr(unit.size(), dash - unit.size());
  std::string_view const after = field.substr(dash + 1);
  auto const first = number_in(before), last = number_in(after);
  if ((!first && !before.empty()) || (!last && !after.empty()) || (!first && !last)) return std::nullopt;
  uint64_t const from = first ? *first : size - std::min(*last, size);
  uint64_t const to = first && last ? std::min(*last, size - 1) : size - 1;
  if (from > to || from >= size) return std::nullopt;
  return Range{from, std::min<uint64_t>(to - from + 1, limits::map_range_bytes)};
}

std::vector<std::string> Maps::names() const {
  auto all = system_seam().files.list(folder_);
  std::vector<std::string> names;
  if (!all) return names;
  for (std::string& name : *all)
    if (is_name(name) && names.size() < limits::maps) names.push_back(std::move(name));
  return names;
}

int Maps::open(std::string_view name) const {
  if (!is_name(name)) return -1;
  return ::open((folder_ + "/" + std::string(name)).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
}

std::optional<Maps::File> Maps::find(std::string_view name) const {
  int const file = open(name);
  if (file < 0) return std::nullopt;
  struct stat status{};
  bool const plain = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
  ::close(file);
  if (!plain) return std::nullopt;
  auto const changed = static_cast<uint64_t>(status.st_mtim.tv_sec) * 1'000'000'000 +
                       static_cast<uint64_t>(status.st_mtim.tv_nsec);
  return File{static_cast<uint64_t>(status.st_size),
              "\"" + std::to_string(status.st_size) + "-" + std::to_string(changed) + "\""};
}

release::Released<Bytes> Maps::read(std::string_view name, Range range) const {
  Bytes octets(range.count, '\0');
  size_t got = 0;
  int const file = open(name);
  while (file >= 0 && got < octets.size()) {
    ssize_t const more =
        ::pread(file, octets.data() + got, octets.size() - got, static_cast<off_t>(range.first + got));
    if (more <= 0) break;
    got += static_cast<size_t>(more);
  }
  if (file >= 0) ::close(file);
  octets.resize(got);
  return release::Egress::site_map(release::SiteMap(std::move(octets)));
}

std::span<Endpoint const> map_endpoints() { return endpoints; }

}  // namespace comity::console
