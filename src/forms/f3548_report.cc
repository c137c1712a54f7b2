// Error reports of F3548 (f3548-fields 1.9; f3548-rules R1; 25-isolation D8).
#include <algorithm>
#include <cctype>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "forms/f3548_volume.h"
#include "json/json.h"

namespace comity::forms {
namespace {

enum class Shape : uint8_t { text, time, texts, code, role };
struct Field {
  std::string_view name;
  Shape shape;
  bool required;
};
// `request_source` is required by the schema and declared nowhere (f3548-fields 4.1, 2): whatever is there stays.
constexpr Field fields[] = {{"url", Shape::text, true},
                            {"method", Shape::text, true},
                            {"recorder_role", Shape::role, true},
                            {"request_time", Shape::time, true},
                            {"headers", Shape::texts, false},
                            {"request_body", Shape::text, false},
                            {"response_time", Shape::time, false},
                            {"response_body", Shape::text, false},
                            {"response_code", Shape::code, false},
                            {"problem", Shape::text, false}};

bool has_shape(json::Value const& value, Shape shape) {
  switch (shape) {
    case Shape::text: return value.is_string();
    case Shape::role:
      return value.is_string() && (value.get_string() == "Client" || value.get_string() == "Server");
    case Shape::code:
      return value.is_int64() && value.get_int64() >= INT32_MIN && value.get_int64() <= INT32_MAX;
    case Shape::texts:
      return value.is_array() &&
             std::ranges::all_of(value.get_array(), [](json::Value const& one) { return one.is_string(); });
    case Shape::time: {
      auto const* time = value.if_object();
      auto const* text = time ? member(*time, "value") : nullptr;
      return text && text->is_string() && parse_rfc3339(std::string_view(text->get_string())).has_value();
    }
  }
  return false;
}

bool is_space(char c) { return c == ' ' || c == '\t'; }

// The line's name, as HTTP compares names.
bool is_authorization(std::string_view line) {
  line = line.substr(0, line.find(':'));
  while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
  while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
  constexpr std::string_view name = "authorization";
  return std::ranges::equal(line, name,
                            [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; });
}

// D8: credentials that were written down could be used by whoever reads them.
std::string without_credentials(std::string_view line) {
  size_t const colon = line.find(':');
  if (colon == line.npos) return std::string(line);
  std::string_view value = line.substr(colon + 1);
  while (!value.empty() && is_space(value.front())) value.remove_prefix(1);
  return std::string(line.substr(0, colon)) + ": sha256:" + to_hex(crypto::sha256(value));
}

}  // namespace

F3548<commands::FileErrorReport> read_error_report(BytesView body, std::string const& report_id) {
  auto parsed = json::parse(body, limits::error_report_bytes, json::Numbers::any);
  auto* report = parsed ? parsed->if_object() : nullptr;
  auto* found = report ? report->if_contains("exchange") : nullptr;
  auto* exchange = found ? found->if_object() : nullptr;
  if (!exchange) return bad("the body must be a report of an exchange");
  for (Field const& field : fields) {
    auto const* value = member(*exchange, field.name);
    if (value ? !has_shape(*value, field.shape) : field.required)
      return bad("exchange." + std::string(field.name) + " is missing or of another type");
  }
  if (auto* headers = exchange->if_contains("headers"); headers && headers->is_array())
    for (json::Value& line : headers->get_array())
      if (is_authorization(std::string_view(line.get_string())))
        line = without_credentials(std::string_view(line.get_string()));
  (*report)["report_id"] = report_id;
  commands::FileErrorReport out{report_id, json::write(*parsed)};
  if (out.report.size() > limits::error_report_bytes) return bad("the report is too long");
  return out;
}

}  // namespace comity::forms
