#include "cli/validate.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/given_file.h"
#include "cli/members.h"
#include "cli/plain.h"
#include "cli/posting.h"
#include "cli/show.h"
#include "cli/table.h"
#include "stix/codes.h"
#include "stix/envelope.h"
#include "stix/read.h"

namespace comity::cli {
namespace {

struct Verdict {
  std::string id;  // as far as it can be read
  stix::Findings refused, warned;
};

struct FileVerdicts {
  std::string name;
  std::vector<Verdict> objects;

  size_t refused() const {
    return static_cast<size_t>(
        std::ranges::count_if(objects, [](Verdict const& one) { return !one.refused.empty(); }));
  }
};

std::string said_id(BytesView bytes) {
  auto const value = json::parse(bytes, bytes.size(), json::Numbers::any);
  return value && value->is_object() ? text_at(*value, "id") : "";
}

Result<FileVerdicts> judged(std::string const& name, stix::Judging const& judging) {
  auto const bytes = TRY(given_file(name));
  auto const body = TRY(envelope_of(bytes, {}));
  auto const envelope = TRY(stix::read_envelope(body));
  FileVerdicts verdicts{name, {}};
  for (BytesView const object : envelope.objects) {
    // What compares payloads is a centre's secret; nothing here looks at it.
    auto reading = stix::read_object(object, {}, judging);
    if (reading)
      verdicts.objects.push_back({reading->head.id, {}, std::move(reading->warnings)});
    else
      verdicts.objects.push_back({said_id(object), std::move(reading.error()), {}});
  }
  return verdicts;
}

json::Array as_json(stix::Findings const& findings) {
  json::Array list;
  for (stix::Finding const& one : findings)
    list.push_back(json::Object{{"code", one.code},
                                {"asked", one.asked == stix::Asked::must ? "must" : "should"},
                                {"pointer", one.pointer},
                                {"detail", one.detail}});
  return list;
}

json::Object as_json(FileVerdicts const& file) {
  json::Array objects;
  for (size_t i = 0; i < file.objects.size(); ++i) {
    Verdict const& one = file.objects[i];
    if (one.refused.empty() && one.warned.empty()) continue;
    json::Object object{{"number", i}, {"id", one.id}, {"sound", one.refused.empty()}};
    object["findings"] = as_json(one.refused.empty() ? one.warned : one.refused);
    objects.push_back(std::move(object));
  }
  return {{"file", file.name},
          {"objects", file.objects.size()},
          {"refused", file.refused()},
          {"findings", std::move(objects)}};
}

void say_findings(std::string const& id, stix::Findings const& findings, Tone tone) {
  for (stix::Finding const& one : findings) {
    std::string const mark = toned(tone, std::string(one.code));
    std::string const waived =
        tone == Tone::bad || one.asked == stix::Asked::should ? "" : " (a MUST, passed over)";
    say(fmt::format("  {} {} {}: {}{}\n", plain(id), plain(one.pointer), mark, plain(one.detail), waived));
  }
}

void say_file(FileVerdicts const& file) {
  size_t const all = file.objects.size(), refused = file.refused();
  size_t warned = 0;
  for (Verdict const& one : file.objects) warned += !one.warned.empty();
  say(fmt::format("{}: {} objects, {} sound{}{}\n", plain(file.name), all, all - refused,
                  refused > 0 ? fmt::format(", {} refused", refused) : "",
                  warned > 0 ? fmt::format(", {} with warnings", warned) : ""));
  for (Verdict const& one : file.objects) {
    say_findings(one.id, one.refused, Tone::bad);
    say_findings(one.id, one.warned, Tone::faint);
  }
}

}  // namespace

Exit validate(std::vector<std::string> const& files, stix::Judging const& judging, Format format) {
  for (auto const& code : judging.unheard)
    if (!stix::code_row(code))
      return complain({ErrorCode::bad_input, code + " is no code; see `comity codes`"});
  json::Array told;
  Exit exit = Exit::done;
  for (auto const& name : files) {
    auto const file = judged(name, judging);
    if (!file) return complain({ErrorCode::bad_input, name + ": " + file.error().detail});
    if (file->refused() > 0) exit = Exit::refused;
    if (format == Format::json)
      told.push_back(as_json(*file));
    else
      say_file(*file);
  }
  if (format == Format::json) say_json(json::write(json::Object{{"files", std::move(told)}}));
  return exit;
}

Exit tell_codes(Format format) {
  json::Array list;
  Table table{{"code", "section", "permissive", "what"}, {}, {0, 3}};
  for (stix::CodeRow const& row : stix::code_rows()) {
    bool const waived = row.waiver == stix::Waiver::permissive;
    list.push_back(json::Object{
        {"code", row.code}, {"section", row.section}, {"waivable", waived}, {"meaning", row.meaning}});
    table.rows.push_back({std::string(row.code), std::string(row.section), waived ? "warns" : "refuses",
                          std::string(row.meaning)});
  }
  if (format == Format::json)
    say_json(json::write(list));
  else
    say(drawn(table, output_columns()));
  return Exit::done;
}

}  // namespace comity::cli
