#include "cli/posting.h"

#include <fmt/format.h>

#include "cli/members.h"
#include "cli/plain.h"
#include "cli/show.h"
#include "cli/table.h"
#include "json/split.h"
#include "json/validate.h"

namespace comity::cli {
namespace {

std::string reasons_of(json::Value const& row) {
  std::string out;
  auto const* reasons = list_at(row, "reasons");
  if (!reasons) return out;
  for (auto const& reason : *reasons) {
    std::string const agreement = text_at(reason, "agreement"), clause = text_at(reason, "clause");
    out += (out.empty() ? "" : "; ") + text_at(reason, "why");
    if (!agreement.empty()) out += " (" + agreement + (clause.empty() ? "" : ", " + clause) + ")";
  }
  return out;
}

// "all fields", or those that pass and how coarse they are.
std::string terms_of(json::Value const& terms) {
  auto const* fields = list_at(terms, "fields");
  std::string out;
  if (!fields) {
    out = terms.is_object() ? "all fields" : "";
  } else {
    for (auto const& field : *fields) {
      out += (out.empty() ? "" : ", ") + text_at(field, "name");
      if (int64_t const grid = number_at(field, "grid_m")) out += fmt::format(" to {} m", grid);
      if (int64_t const round = number_at(field, "round_s")) out += fmt::format(" to {} s", round);
    }
  }
  for (char const* name : {"prohibited", "marked"})
    if (std::string const less = cell_at(terms, name); !less.empty()) out += "; without " + less;
  if (text_at(terms, "attribution") == "centre") out += "; from the centre";
  return out;
}

// Why one posted object was refused; empty if it was not.
std::string refusal_of(json::Value const& object) {
  std::string out;
  auto const add = [&](std::string const& text) { out += (out.empty() ? "" : "; ") + text; };
  if (auto const* problems = list_at(object, "problems"))
    for (auto const& problem : *problems) add(text_at(problem, "pointer") + " " + text_at(problem, "reason"));
  if (number_at(object, "status") != 0) add("this office has used up its refusals for this hour");
  auto const* members = object.if_object();
  auto const* ruling = members ? members->if_contains("ruling") : nullptr;
  auto const* reasons = ruling && is_refused(*ruling) ? list_at(*ruling, "reasons") : nullptr;
  if (reasons)
    for (auto const& reason : *reasons) {
      std::string const agreement = text_at(reason, "agreement"), clause = text_at(reason, "clause");
      add(text_at(reason, "code") +
          (agreement.empty() ? "" : " (" + agreement + (clause.empty() ? "" : ", " + clause) + ")") + ": " +
          text_at(reason, "detail"));
    }
  return out;
}

// What was accepted and is not quite the standard.
std::string warnings_text(json::Value const& answer) {
  auto const* warnings = list_at(answer, "warnings");
  if (!warnings) return "";
  Table table{{"warning", "asked", "objects", "first", "what"}, {}, {0, 4}};
  for (auto const& one : *warnings)
    table.rows.push_back({text_at(one, "code"), text_at(one, "asked"),
                          std::to_string(number_at(one, "objects")),
                          text_at(one, "first") + text_at(one, "pointer"), text_at(one, "detail")});
  return drawn(table, output_columns());
}

std::string posted_text(json::Value const& answer) {
  std::string out =
      fmt::format("{} accepted, {} refused\n", number_at(answer, "accepted"), number_at(answer, "refused"));
  auto const* objects = list_at(answer, "objects");
  for (auto const& one : *objects)  // no table: a reason is a sentence
    if (std::string const why = refusal_of(one); !why.empty())
      out += "  " + plain(text_at(one, "id")) + "  " + plain(text_at(one, "version")) + "\n    " +
             plain(why) + "\n";
  return out + warnings_text(answer);
}

}  // namespace

Result<Bytes> envelope_of(BytesView file, Posting const& posting) {
  TRY_VOID(json::validate_ijson(file));
  auto const parts = TRY(json::split(file));
  Bytes body = "{\"objects\":[";
  if (parts.found) {
    for (size_t i = 0; i < parts.elements.size(); ++i) {
      if (i > 0) body += ',';
      body += parts.elements[i];
    }
  } else if (!parts.other("id").empty()) {
    body += file;
  } else {
    return fail(ErrorCode::bad_input, "neither a STIX object nor a bundle of objects");
  }
  body += ']';
  if (!posting.to_offices.empty())
    body += ",\"x_comity_to_offices\":" +
            json::write(json::Array(posting.to_offices.begin(), posting.to_offices.end()));
  if (posting.preview == Preview::only) body += ",\"x_comity_preview\":true";
  if (posting.strictness == stix::Strictness::permissive) body += ",\"x_comity_permissive\":true";
  return body + "}";
}

Exit finish_posting(Format format, Result<http::Response> const& answer) {
  auto const value = answer && (answer->status == 200 || answer->status == 422)
                         ? json::parse(answer->body, answer->body.size() + 1, json::Numbers::any)
                         : fail(ErrorCode::io, "");
  if (!value || !list_at(*value, "objects")) {
    auto const wrong = value_of(answer);
    return complain(wrong ? Error{ErrorCode::io, "the centre did not say what became of the objects"}
                          : wrong.error());
  }
  bool const all = number_at(*value, "refused") == 0;
  if (format == Format::json) {
    say_json(answer->body);
  } else if (all) {
    say(posted_text(*value));
  } else {
    say_aside(posted_text(*value));
  }
  return all ? Exit::done : Exit::refused;
}

std::string why_text(json::Value const& answer) {
  if (list_at(answer, "who_sees")) return who_sees_text(answer);
  if (auto const* list = list_at(answer, "why")) return why_text(*list);
  if (auto const* list = answer.if_array()) {
    std::string out;
    for (auto const& one : *list) out += why_text(one);
    return out;
  }
  if (!answer.is_object() || !answer.as_object().contains("given")) return as_pairs(answer);
  std::string out = toned(is_said(answer, "given") ? Tone::good : Tone::bad,
                          is_said(answer, "given") ? "given" : "not given");
  out += " under " + plain(text_at(answer, "agreement"));
  if (is_said(answer, "given")) return out + ", clause " + plain(text_at(answer, "clause")) + "\n";
  return out + ": " + plain(reasons_of(answer)) + "\n";
}

std::string who_sees_text(json::Value const& answer) {
  if (auto const* list = list_at(answer, "who_sees")) return who_sees_text(*list);
  if (auto const* list = answer.if_array()) {
    std::string out;
    for (auto const& one : *list) out += who_sees_text(one);
    return out;
  }
  auto const* offices = list_at(answer, "offices");
  if (!offices) return as_pairs(answer);
  Table table{{"office", "sees it", "clause", "what, or why not"}, {}, {0, 3}};
  for (auto const& row : *offices) {
    auto const* terms = row.as_object().if_contains("terms");
    table.rows.push_back({text_at(row, "office"), is_said(row, "given") ? "yes" : "no",
                          text_at(row, "clause"),
                          is_said(row, "given") && terms ? terms_of(*terms) : reasons_of(row)});
  }
  if (!text_at(answer, "others").empty()) table.rows.push_back({"others", text_at(answer, "others")});
  return "under " + plain(text_at(answer, "agreement")) + "\n" + drawn(table, output_columns());
}

}  // namespace comity::cli
