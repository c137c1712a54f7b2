#include "cli/export.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>

#include "cli/members.h"
#include "cli/show.h"
#include "crypto/uuid.h"
#include "json/split.h"
#include "json/validate.h"

namespace comity::cli {
namespace {

namespace fs = std::filesystem;

constexpr char const* taxii_type = "application/taxii+json;version=2.1";

// A page of the collection: its objects as served, and where it goes on.
struct Page {
  Bytes body;
  std::vector<BytesView> objects;  // into the body
  std::string next;                // empty: this was the last
};

std::string text_of(BytesView raw) {
  auto const value = json::parse(raw, raw.size() + 1);
  return value && value->is_string() ? std::string(std::string_view(value->get_string())) : "";
}

Result<Page> page_of(http::Response&& answer) {
  Page page{std::move(answer.body), {}, {}};
  TRY_VOID(json::validate_ijson(page.body));
  auto const parts = TRY(json::split(page.body));
  page.objects = parts.elements;
  if (parts.other("more") == "true") page.next = text_of(parts.other("next"));
  return page;
}

Result<std::string> collection_path(Remote& remote, Export const& what) {
  std::string const root = "/taxii2/" + (what.agreement.empty() ? "all" : segment(what.agreement)) + "/";
  auto const list = TRY(value_of(remote.get(root + "collections/", taxii_type)));
  auto const* members = list.if_object();
  auto const* all = members ? members->if_contains("collections") : nullptr;
  if (all && all->is_array())
    for (auto const& one : all->get_array())
      if (text_at(one, "alias") == what.collection)
        return root + "collections/" + segment(text_at(one, "id")) +
               "/objects/?limit=1000&match[version]=all";
  return fail(ErrorCode::not_found,
              "this office has no such collection; `comity connect taxii` lists those it has");
}

// Where the objects go, and how far they came.
class Out {
 public:
  static Result<Out> open(std::string const& file) {
    Out out(file);
    if (file.empty()) return out;
    auto const saved = system_seam().files.read(out.place());
    if (saved && fs::exists(out.part())) {
      auto const split = saved->find('\n');
      out.next_ = saved->substr(0, split);
      std::error_code error;
      uint64_t size = 0;
      auto const digits =
          split == saved->npos ? std::string_view() : std::string_view(*saved).substr(split + 1);
      bool const good = std::from_chars(digits.data(), digits.data() + digits.size(), size).ec == std::errc{};
      if (!good || fs::file_size(out.part(), error) < size)
        return fail(ErrorCode::io,
                    out.part() + " is not as it was left: remove it and " + out.place() + ", and start anew");
      // What was written after the place was noted is fetched again.
      fs::resize_file(out.part(), size, error);
      if (error) return fail(ErrorCode::io, out.part() + ": " + error.message());
      out.first_ = false;
    }
    out.stream_.reset(std::fopen(out.part().c_str(), out.next_.empty() ? "wb" : "ab"));
    if (!out.stream_) return fail(ErrorCode::bad_input, out.part() + ": cannot be written");
    return out;
  }

  std::string const& next() const { return next_; }
  size_t objects() const { return objects_; }

  Result<void> begin() {
    if (!next_.empty()) return {};
    Digest random;
    system_seam().entropy.fill(random.octets);
    return write("{\"type\":\"bundle\",\"id\":\"bundle--" + crypto::uuid_v4_shaped(random) + "\"");
  }

  Result<void> add(Page const& page) {
    for (BytesView const object : page.objects) {
      TRY_VOID(write(first_ ? ",\"objects\":[\n" : ",\n"));
      TRY_VOID(write(object));
      first_ = false;
      ++objects_;
    }
    if (page.next.empty() || file_.empty()) return {};
    TRY_VOID(make_durable());
    return system_seam().files.write(place(), page.next + "\n" + std::to_string(fs::file_size(part())), 0600);
  }

  Result<void> end() {
    // A bundle without objects has no list (STIX 2.1 section 8).
    TRY_VOID(write(first_ ? "}\n" : "\n]}\n"));
    TRY_VOID(make_durable());
    if (file_.empty()) return {};
    stream_.reset();
    std::error_code error;
    fs::rename(part(), file_, error);
    if (error) return fail(ErrorCode::io, file_ + ": " + error.message() + "; all is in " + part());
    fs::remove(place(), error);
    return {};
  }

 private:
  struct Close {
    void operator()(std::FILE* stream) const { std::fclose(stream); }
  };

  explicit Out(std::string file) : file_(std::move(file)) {}

  Result<void> make_durable() {
    bool const written = std::fflush(stream()) == 0 && (file_.empty() || ::fsync(::fileno(stream())) == 0);
    if (!written)
      return fail(ErrorCode::io, (file_.empty() ? "standard output" : part()) + ": cannot be written");
    return {};
  }

  std::string part() const { return file_ + ".part"; }
  std::string place() const { return file_ + ".part.next"; }
  std::FILE* stream() const { return file_.empty() ? stdout : stream_.get(); }

  Result<void> write(BytesView bytes) {
    if (std::fwrite(bytes.data(), 1, bytes.size(), stream()) == bytes.size()) return {};
    return fail(ErrorCode::io, "cannot be written");
  }

  std::string file_, next_;
  std::unique_ptr<std::FILE, Close> stream_;
  size_t objects_ = 0;
  bool first_ = true;
};

Result<size_t> walk(Remote& remote, Export const& what) {
  auto const path = TRY(collection_path(remote, what));
  auto out = TRY(Out::open(what.file));
  TRY_VOID(out.begin());
  for (std::string next = out.next();;) {
    auto answer = TRY(remote.get(next.empty() ? path : path + "&next=" + segment(next), taxii_type));
    if (answer.status != 200) return std::unexpected(error_of(answer));
    auto const page = TRY(page_of(std::move(answer)));
    TRY_VOID(out.add(page));
    if (::isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\r{} objects   ", out.objects());
    if (page.next.empty()) break;
    next = page.next;
  }
  if (::isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\n");
  TRY_VOID(out.end());
  return out.objects();
}

}  // namespace

Exit export_items(Settings const& settings, Export const& what) {
  auto remote = Remote::connect(settings);
  if (!remote) return complain(remote.error());
  auto const objects = walk(*remote, what);
  if (!objects) return complain(objects.error());
  if (!what.file.empty()) say(fmt::format("{} objects in {}\n", *objects, what.file));
  return Exit::done;
}

}  // namespace comity::cli
