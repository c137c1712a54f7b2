#include "doors/http/negotiate.h"

#include <algorithm>

#include "doors/http/message.h"

namespace comity::http {
namespace {

bool is_token_char(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  return c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (auto& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return result;
}

// Reads a field from its front.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void skip_space() {
    while (take(' ') || take('\t')) {}
  }
  std::string_view token() {
    auto const end = std::ranges::find_if_not(rest_, is_token_char);
    auto const word = rest_.substr(0, static_cast<size_t>(end - rest_.begin()));
    rest_.remove_prefix(word.size());
    return word;
  }
  // After the opening quote; none when it is not closed.
  std::optional<std::string> quoted_rest() {
    std::string text;
    while (!rest_.empty()) {
      if (take('"')) return text;
      if (take('\\') && rest_.empty()) break;
      text += rest_.front();
      rest_.remove_prefix(1);
    }
    return std::nullopt;
  }
  // To the comma that ends an element, which is taken, past commas in quotes.
  void skip_element() {
    while (!rest_.empty() && !take(',')) {
      bool const quote = rest_.front() == '"';
      rest_.remove_prefix(1);
      if (quote) quoted_rest();
    }
  }

 private:
  std::string_view rest_;
};

std::optional<std::pair<std::string, std::string>> read_parameter(Reader& reader) {
  auto const name = reader.token();
  if (name.empty() || !reader.take('=')) return std::nullopt;
  if (reader.take('"')) {
    auto value = reader.quoted_rest();
    if (!value) return std::nullopt;
    return std::pair(lower(name), std::move(*value));
  }
  auto const value = reader.token();
  if (value.empty()) return std::nullopt;
  return std::pair(lower(name), std::string(value));
}

// type "/" subtype *( OWS ";" OWS [ parameter ] )
std::optional<MediaType> read_media_type(Reader& reader) {
  MediaType media;
  media.type = lower(reader.token());
  if (media.type.empty() || !reader.take('/')) return std::nullopt;
  media.subtype = lower(reader.token());
  if (media.subtype.empty()) return std::nullopt;
  for (reader.skip_space(); reader.take(';'); reader.skip_space()) {
    reader.skip_space();
    auto const before = reader;
    if (reader.token().empty()) continue;  // `;` and nothing
    reader = before;
    auto parameter = read_parameter(reader);
    if (!parameter) return std::nullopt;
    media.parameters.push_back(std::move(*parameter));
  }
  return media;
}

// qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] ), in thousandths.
std::optional<int> read_quality(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int value = (text[0] - '0') * 1000;
  int weight = 100;
  for (char const c : text.substr(std::min<size_t>(2, text.size()))) {
    if (c < '0' || c > '9') return std::nullopt;
    value += (c - '0') * weight;
    weight /= 10;
  }
  return value <= 1000 ? std::optional(value) : std::nullopt;
}

bool has_version(MediaType const& media, Offer offer) {
  auto const version = media.parameter("version");
  return !version || offer.version.empty() || *version == offer.version;
}

// How closely the range names the offer: 0 not at all, 1 `*/*`, 2 `type/*`, 3 the type, 4 the type and its version.
int closeness(MediaType const& range, Offer offer) {
  auto const slash = offer.media.find('/');
  if (!has_version(range, offer)) return 0;
  if (range.type == "*" && range.subtype == "*") return 1;
  if (range.type != offer.media.substr(0, slash)) return 0;
  if (range.subtype == "*") return 2;
  if (range.subtype != offer.media.substr(slash + 1)) return 0;
  return range.parameter("version") ? 4 : 3;
}

}  // namespace

std::optional<std::string_view> MediaType::parameter(std::string_view name) const {
  for (auto const& [known, value] : parameters) {
    if (known == name) return value;
  }
  return std::nullopt;
}

std::optional<MediaType> parse_media_type(std::string_view text) {
  Reader reader(text);
  reader.skip_space();
  auto media = read_media_type(reader);
  return media && reader.at_end() ? std::move(media) : std::nullopt;
}

std::vector<MediaRange> parse_accept(std::string_view field) {
  std::vector<MediaRange> ranges;
  for (Reader reader(field); !reader.at_end();) {
    reader.skip_space();
    auto media = read_media_type(reader);
    bool const whole = media && (reader.at_end() || reader.take(','));
    if (!whole) {
      reader.skip_element();
      continue;
    }
    auto const weight = media->parameter("q");
    auto const quality = weight ? read_quality(*weight) : std::optional(1000);
    if (quality) ranges.push_back({std::move(*media), *quality});
  }
  return ranges;
}

int quality_of(std::vector<MediaRange> const& ranges, Offer offer) {
  int closest = 0;
  int quality = 0;
  for (auto const& range : ranges) {
    int const close = closeness(range.media, offer);
    if (close > closest || (close > 0 && close == closest && range.quality > quality)) {
      closest = close;
      quality = range.quality;
    }
  }
  return quality;
}

bool accepts(std::string_view accept, Offer offer) {
  return best_of(accept, std::span(&offer, 1)).has_value();
}

std::optional<size_t> best_of(std::string_view accept, std::span<Offer const> offers) {
  if (offers.empty()) return std::nullopt;
  if (accept.find_first_not_of(" \t") == accept.npos) return 0;
  auto const ranges = parse_accept(accept);
  std::optional<size_t> best;
  int best_quality = 0;
  for (size_t i = 0; i < offers.size(); ++i) {
    int const quality = quality_of(ranges, offers[i]);
    if (quality <= best_quality) continue;
    best = i;
    best_quality = quality;
  }
  return best;
}

bool is_of(std::string_view content_type, Offer offer) {
  auto const media = parse_media_type(content_type);
  return media && closeness(*media, offer) >= 3;
}

}  // namespace comity::http
