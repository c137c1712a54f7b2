#include "cli/describe.h"

#include <fmt/format.h>
#include <unistd.h>

#include <map>

#include "cli/credentials.h"
#include "cli/members.h"
#include "cli/plain.h"
#include "cli/remote.h"
#include "cli/show.h"
#include "crypto/base64.h"
#include "doors/http/client.h"
#include "json/split.h"
#include "json/validate.h"

namespace comity::cli {
namespace {

constexpr char const* media_type = "application/taxii+json;version=2.1";
constexpr size_t pages_at_most = 1'000'000;  // of a server that never ends

// Dates of a manifest, by id and version, oldest first; each is used once.
using Dates = std::multimap<std::pair<std::string, std::string>, std::string>;

class OtherServer {
 public:
  OtherServer(std::string const& origin, std::string const& login, std::string const& authorities)
      : origin_(origin), login_(login), client_(authorities) {}

  Result<http::Response> get(std::string const& path) {
    http::ClientRequest request{.url = origin_ + path};
    request.headers.add("Accept", media_type);
    if (!login_.empty()) request.headers.add("Authorization", login_);
    auto answer = TRY(client_.fetch(request));
    if (answer.status == 200) return answer;
    return fail(code_of(answer.status), fmt::format("{}{} answered {}", origin_, path, answer.status));
  }
  Result<json::Value> value(std::string const& path) {
    auto const answer = TRY(get(path));
    return json::parse(answer.body, answer.body.size() + 1, json::Numbers::any);
  }
  // Absolute URLs lead to this server too, or nowhere.
  Result<std::string> path_of(std::string const& url) const {
    std::string path = url.starts_with(origin_) ? url.substr(origin_.size()) : url;
    if (path.starts_with("/")) return path.ends_with("/") ? path : path + "/";
    return fail(ErrorCode::bad_input, url + " is no API root of this server");
  }

  // All pages of a list, each as it was served.
  template <class Each>
  Result<void> pages(std::string const& path, Each each) {
    std::string const first = path + "?match%5Bversion%5D=all&limit=1000";
    std::string where = first;
    for (size_t n = 0; n < pages_at_most; ++n) {
      auto const answer = TRY(get(where));
      TRY_VOID(json::validate_ijson(answer.body));
      auto const parts = TRY(json::split(answer.body, {"objects", answer.body.size()}));
      auto const last = answer.headers.find("X-TAXII-Date-Added-Last");
      TRY_VOID(each(parts.elements, last ? std::string(*last) : std::string()));
      if (parts.other("more") != "true") return {};
      auto const next = json::parse(parts.other("next"), answer.body.size() + 1);
      auto const* token = next ? next->if_string() : nullptr;
      if (token)
        where = first + "&next=" + segment(std::string_view(*token));
      else if (last && !parts.elements.empty())
        where = first + "&added_after=" + segment(*last);
      else
        return fail(ErrorCode::corrupt, path + " says there is more, and not where");
    }
    return fail(ErrorCode::corrupt, path + " does not end");
  }

 private:
  static ErrorCode code_of(int status) {
    if (status == 401 || status == 403) return ErrorCode::forbidden;
    return status == 404 ? ErrorCode::not_found : ErrorCode::io;
  }

  std::string origin_, login_;
  http::Client client_;
};

// A server says that this user may not have it, or that it is not there, which may mean the same.
bool is_refusal(Error const& error) {
  return error.code == ErrorCode::forbidden || error.code == ErrorCode::not_found;
}

// What was found, for the closing line.
struct Found {
  size_t roots = 0, collections = 0, objects = 0, missing = 0, unreadable = 0;
  std::vector<std::string>
      refused;  // what was said of each root and collection that this user was not let in to
  bool is_all() const { return missing == 0 && refused.empty(); }
};

class Describing {
 public:
  Describing(DescribeOptions const& options, OtherServer& server) : options_(options), server_(server) {}

  Result<Found> all(std::string const& discovery_path) {
    auto const discovery = TRY(server_.value(discovery_path));
    std::string text = "{\"title\": " + quoted(title_of(discovery, "Exchange"));
    text += texts(discovery, {"description", "contact"}, ", ");
    auto const preferred = server_.path_of(text_at(discovery, "default"));
    std::string described;
    if (auto const* roots = list_at(discovery, "api_roots"))
      for (json::Value const& one : *roots)
        if (auto const* url = one.if_string()) {
          auto const path = TRY(server_.path_of(std::string(std::string_view(*url))));
          auto const words = TRY(if_let_in(root(path)));
          if (!words) continue;
          described += (found_.roots++ > 0 ? "," : "") + *words;
          if (preferred && *preferred == path) text += ", \"default\": " + quoted(path);
        }
    text += ",\n \"users\": [],\n \"api_roots\": [" + described + "]}\n";
    TRY_VOID(seam_.files.write(options_.folder + "/server.json", text, 0600));
    return found_;
  }

 private:
  // Nothing where the server refused it, which is told at the end.
  template <class T>
  Result<std::optional<T>> if_let_in(Result<T> asked) {
    if (asked) return std::optional<T>(std::move(*asked));
    if (!is_refusal(asked.error())) return std::unexpected(std::move(asked.error()));
    found_.refused.push_back(std::move(asked.error().detail));
    return std::optional<T>();
  }

  static std::string quoted(std::string_view text) { return json::write(json::Value(text)); }
  static std::string title_of(json::Value const& value, char const* otherwise) {
    std::string const title = text_at(value, "title");
    return title.empty() ? otherwise : title;
  }
  static std::string texts(json::Value const& value, std::initializer_list<char const*> names,
                           char const* before) {
    std::string out;
    for (char const* name : names)
      if (auto const text = text_at(value, name); !text.empty())
        out += std::string(before) + "\"" + name + "\": " + quoted(text);
    return out;
  }

  Result<std::string> root(std::string const& path) {
    auto const words = TRY(server_.value(path));
    std::string text = "\n  {\"path\": " + quoted(path) + ", \"title\": " + quoted(title_of(words, "Root")) +
                       texts(words, {"description"}, ", ") + ", \"collections\": [";
    auto const collections = TRY(if_let_in(server_.value(path + "collections/")));
    size_t number = 0;
    if (auto const* list = collections ? list_at(*collections, "collections") : nullptr)
      for (json::Value const& one : *list) text += (number++ > 0 ? "," : "") + TRY(collection(path, one));
    return text + "]}";
  }

  Result<std::string> collection(std::string const& root, json::Value const& words) {
    ++found_.collections;
    std::string const id = text_at(words, "id");
    std::string text =
        "\n    {\"id\": " + quoted(id) + ", \"title\": " + quoted(title_of(words, "Collection")) +
        texts(words, {"description", "alias"}, ", ") + ",\n     \"readers\": [], \"writers\": []";
    auto const* members = words.if_object();
    auto const* readable = members ? members->if_contains("can_read") : nullptr;
    if (!readable || !readable->is_bool() || !readable->get_bool()) {
      ++found_.unreadable;
      return text + "}";
    }
    std::string const file =
        fmt::format("objects-{}.json", found_.collections);  // never a name that the server chooses
    if (!TRY(if_let_in(objects(root + "collections/" + segment(id) + "/", file)))) {
      ++found_.unreadable;
      return text + "}";
    }
    return text + ",\n     \"objects\": " + quoted(file) + "}";
  }

  // How many were written.
  Result<size_t> objects(std::string const& path, std::string const& file) {
    Dates dates;
    TRY_VOID(server_.pages(path + "manifest/",
                           [&](std::vector<BytesView> const& records, std::string const&) -> Result<void> {
                             for (BytesView const raw : records) {
                               auto const record = TRY(json::parse(raw, raw.size() + 1));
                               dates.emplace(std::pair(text_at(record, "id"), text_at(record, "version")),
                                             text_at(record, "date_added"));
                             }
                             return {};
                           }));
    size_t const listed = dates.size();
    size_t written = 0;
    Bytes text = "{\"objects\": [";
    auto const add = [&](std::vector<BytesView> const& served, std::string const& last) -> Result<void> {
      for (BytesView const raw : served) {
        // What the manifest did not list, by this walk or for having come since, has the last date of its page at the latest.
        std::string const date = date_of(dates, raw).value_or(last);
        if (date.empty()) {
          ++found_.missing;
          continue;
        }
        text += std::string(written++ > 0 ? "," : "") + "\n{\"date_added\":" + quoted(date) +
                ",\"object\":" + Bytes(raw) + "}";
      }
      if (::isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\r{} {} of {}   ", file, written, listed);
      return {};
    };
    TRY_VOID(server_.pages(path + "objects/", add));
    if (::isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\n");
    found_.objects += written;
    found_.missing += dates.size();  // listed and not served
    TRY_VOID(seam_.files.write(options_.folder + "/" + file, text + "\n]}\n", 0600));
    return written;
  }

  // Of an object without a version the manifest's version is of the server's own making.
  static std::optional<std::string> date_of(Dates& dates, BytesView raw) {
    auto const object = json::parse(raw, raw.size() + 1, json::Numbers::any);
    if (!object) return std::nullopt;
    std::string const id = text_at(*object, "id"), modified = text_at(*object, "modified");
    std::string const version = modified.empty() ? text_at(*object, "created") : modified;
    auto const wanted = parse_stix_time(version);
    for (auto next = dates.lower_bound({id, ""}); next != dates.end() && next->first.first == id; ++next) {
      if (!version.empty() && parse_stix_time(next->first.second) != wanted) continue;
      std::string date = next->second;
      dates.erase(next);
      return date;
    }
    return std::nullopt;
  }

  DescribeOptions const& options_;
  OtherServer& server_;
  Seam const seam_ = system_seam();
  Found found_;
};

Result<std::string> login_of(DescribeOptions const& options) {
  if (options.user.empty()) return std::string();
  std::string const text = TRY(read_private_file(options.password_file));
  return "Basic " + crypto::to_base64(options.user + ":" + text.substr(0, text.find_first_of("\r\n")));
}

Result<Found> described(DescribeOptions const& options) {
  size_t const host = options.url.find("://");
  size_t const path = host == options.url.npos ? host : options.url.find('/', host + 3);
  if (path == options.url.npos)
    return fail(ErrorCode::bad_input, "the URL is that of discovery, like https://old.example/taxii2/");
  Seam const seam = system_seam();
  TRY_VOID(seam.files.make_folder(options.folder, 0700));
  if (seam.files.exists(options.folder + "/server.json"))
    return fail(ErrorCode::bad_input, options.folder + " has a server.json already; choose another folder");
  OtherServer server(options.url.substr(0, path), TRY(login_of(options)), options.authorities);
  return Describing(options, server).all(options.url.substr(path));
}

json::Value json_of(Found const& found) {
  return json::Object{{"api_roots", found.roots},
                      {"collections", found.collections},
                      {"objects", found.objects},
                      {"missing", found.missing},
                      {"not_readable", found.unreadable},
                      {"refused", json::Array(found.refused.begin(), found.refused.end())}};
}

std::string text_of(Found const& found, std::string const& folder) {
  std::string text =
      fmt::format("{} API roots, {} collections ({} not readable as this user), {} objects, {} missing\n",
                  found.roots, found.collections, found.unreadable, found.objects, found.missing);
  if (!found.refused.empty()) text += "Refused to this user, and left out:\n";
  for (std::string const& one : found.refused) text += "  " + plain(one) + "\n";
  return text + fmt::format(
                    "Now add users, and who reads and writes what, to {}/server.json; then: comity init "
                    "--preset taxii {}/server.json …\n",
                    folder, folder);
}

}  // namespace

Exit describe(DescribeOptions const& options) {
  auto const found = described(options);
  if (!found) return complain(found.error());
  if (options.format == Format::json)
    say_json(json::write(json_of(*found)));
  else
    say(text_of(*found, options.folder));
  return found->is_all() ? Exit::done : Exit::refused;
}

}  // namespace comity::cli
