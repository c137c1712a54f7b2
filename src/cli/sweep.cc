#include "cli/sweep.h"

#include <fmt/format.h>

#include <map>

#include "cli/given_file.h"
#include "cli/members.h"
#include "cli/plain.h"
#include "cli/show.h"
#include "cli/table.h"
#include "crypto/base64.h"

namespace comity::cli {
namespace {

constexpr size_t most_lines = 20;  // of one list in a report for people
constexpr unsigned private_file = 0600;
constexpr size_t saved_bytes = size_t{1} << 30;
constexpr Duration stream_wait = milliseconds(1'500);  // how long a stream is listened to

struct Judgement {
  std::vector<Finding> found;
  std::vector<std::string> differing;
  bool was_compared = false;
};

Ask asker(Remote& remote, http::Client& stranger) {
  return [&](Question const& question) -> Result<http::Response> {
    http::ClientRequest request{.method = question.method,
                                .url = remote.settings().url + question.path,
                                .headers = {{"Accept", question.accept}},
                                .body = question.body};
    if (question.as == As::office) {
      request.headers.add("Authorization", authorization_of(remote.credential()));
      if (auto const& office = remote.credential().office; !office.empty())
        request.headers.add("Comity-Office", office);
    }
    if (!question.body.empty()) request.headers.add("Content-Type", json_type);
    if (question.accept == "text/event-stream") {
      request.within = stream_wait;
      request.at_deadline = http::AtDeadline::keep;
    }
    auto answer = stranger.fetch(request);
    if (!answer) answer.error().detail = question.text() + ": " + answer.error().detail;
    return answer;
  };
}

std::string what_differs(Answer const& before, Answer const& after) {
  if (before.status != after.status) return fmt::format("status {} and {}", before.status, after.status);
  return before.body != after.body ? "body" : "headers";
}

std::string list_of(std::vector<std::string> const& lines) {
  std::string out;
  for (size_t i = 0; i < lines.size() && i < most_lines; ++i) out += "  " + plain(lines[i]) + "\n";
  if (lines.size() > most_lines)
    out += fmt::format("  and {} more; --json lists all\n", lines.size() - most_lines);
  return out;
}

std::string report_text(std::string const& office, SweepOptions const& options, Walk const& walk,
                        Judgement const& judged) {
  std::string out =
      fmt::format("{} answers as {}\n", walk.answers.size(), office.empty() ? "this office" : office);
  if (!options.word.empty()) {
    out += toned(judged.found.empty() ? Tone::good : Tone::bad,
                 fmt::format("word found in {} of {} answers", judged.found.size(), walk.answers.size())) +
           "\n";
    for (auto const& one : judged.found)
      out += fmt::format("  {}: {}\n", plain(one.question),
                         plain(fmt::format("{}", fmt::join(one.forms, ", "))));
  }
  if (walk.guessed > 0) {
    out += fmt::format("{} answers about guessed names, {} told apart from names that nobody has\n",
                       walk.guessed, walk.told_apart.size());
    out += list_of(walk.told_apart);
  }
  if (judged.was_compared) {
    out += judged.differing.empty()
               ? "identical, byte for byte, with " + plain(options.compare) + "\n"
               : fmt::format("{} differ from {}\n", judged.differing.size(), plain(options.compare));
    out += list_of(judged.differing);
  }
  return out;
}

json::Value report_json(Walk const& walk, Judgement const& judged) {
  json::Array found;
  for (auto const& one : judged.found)
    found.push_back(
        json::Object{{"request", one.question}, {"forms", json::Array(one.forms.begin(), one.forms.end())}});
  json::Object report{{"answers", walk.answers.size()},
                      {"found", std::move(found)},
                      {"guessed", walk.guessed},
                      {"told_apart", json::Array(walk.told_apart.begin(), walk.told_apart.end())}};
  if (judged.was_compared)
    report["differing"] = json::Array(judged.differing.begin(), judged.differing.end());
  return report;
}

Result<Judgement> judge(SweepOptions const& options, Walk const& walk) {
  Judgement judged;
  if (!options.word.empty()) {
    auto const word = TRY(Word::of(options.word));
    judged.found = search(word, walk.answers);
  }
  if (!options.compare.empty()) {
    auto const text = TRY(given_file(options.compare));
    auto const before = TRY(read_saved(text));
    judged.differing = differences(before, walk.answers);
    judged.was_compared = true;
  }
  if (!options.save.empty())
    TRY_VOID(system_seam().files.write(options.save, saved(walk.answers), private_file));
  return judged;
}

}  // namespace

std::vector<Finding> search(Word const& word, std::vector<Answer> const& answers) {
  std::vector<Finding> found;
  for (auto const& answer : answers) {
    Bytes all;
    for (auto const& [name, value] : answer.headers) all += name + ": " + value + "\n";
    if (auto forms = word.found_in(all + "\n" + answer.body); !forms.empty())
      found.push_back({answer.question, std::move(forms)});
  }
  return found;
}

std::vector<std::string> differences(std::vector<Answer> const& before, std::vector<Answer> const& after) {
  std::map<std::string, Answer const*> known;
  for (auto const& answer : before) known.emplace(answer.question, &answer);
  std::vector<std::string> out;
  for (auto const& answer : after) {
    auto const found = known.find(answer.question);
    if (found == known.end()) {
      out.push_back(answer.question + ": only now");
      continue;
    }
    if (compared(*found->second) != compared(answer))
      out.push_back(answer.question + ": " + what_differs(*found->second, answer));
    known.erase(found);
  }
  for (auto const& [question, answer] : known) out.push_back(question + ": only before");
  return out;
}

Bytes saved(std::vector<Answer> const& answers) {
  json::Array all;
  for (auto const& answer : answers) {
    json::Array headers;
    for (auto const& [name, value] : answer.headers)
      headers.push_back(json::Array{name, crypto::to_base64(value)});
    all.push_back(json::Object{{"request", answer.question},
                               {"status", answer.status},
                               {"headers", std::move(headers)},
                               {"body", crypto::to_base64(answer.body)}});
  }
  return json::write(json::Object{{"format", "comity-sweep/1"}, {"answers", std::move(all)}}) + "\n";
}

Result<std::vector<Answer>> read_saved(BytesView text) {
  auto const wrong = [] { return fail(ErrorCode::bad_input, "no file that `comity sweep --save` wrote"); };
  auto const value = TRY(json::parse(text, saved_bytes));
  auto const* members = value.if_object();
  auto const* list = members ? members->if_contains("answers") : nullptr;
  if (text_at(value, "format") != "comity-sweep/1" || !list || !list->is_array()) return wrong();
  std::vector<Answer> answers;
  for (auto const& one : list->as_array()) {
    auto const* object = one.if_object();
    auto const* status = object ? object->if_contains("status") : nullptr;
    auto const* headers = object ? object->if_contains("headers") : nullptr;
    if (!status || !status->is_int64() || !headers || !headers->is_array()) return wrong();
    Answer answer{.question = text_at(one, "request"), .status = static_cast<int>(status->get_int64())};
    for (auto const& header : headers->as_array()) {
      auto const* pair = header.if_array();
      if (!pair || pair->size() != 2 || !(*pair)[0].is_string() || !(*pair)[1].is_string()) return wrong();
      answer.headers.add(std::string((*pair)[0].as_string()),
                         TRY(crypto::from_base64((*pair)[1].as_string())));
    }
    answer.body = TRY(crypto::from_base64(text_at(one, "body")));
    answers.push_back(std::move(answer));
  }
  return answers;
}

Exit sweep(Settings const& settings, SweepOptions const& options) {
  if (!options.word.empty())
    if (auto const word = Word::of(options.word); !word) return complain(word.error());
  auto remote = Remote::connect(settings);
  if (!remote) return complain(remote.error());
  if (auto const me = value_of(remote->get("/api/v1/me")); !me) return complain(me.error());
  http::Client client(settings.authorities);
  auto const walked = walk(asker(*remote, client), options.guesses);
  if (!walked) return complain(walked.error());
  auto const judged = judge(options, *walked);
  if (!judged) return complain(judged.error());
  if (settings.format == Format::json) {
    say_json(json::write(report_json(*walked, *judged)));
  } else {
    say(report_text(remote->credential().office, options, *walked, *judged));
  }
  bool const clean = judged->found.empty() && walked->told_apart.empty() && judged->differing.empty();
  return clean ? Exit::done : Exit::refused;
}

}  // namespace comity::cli
