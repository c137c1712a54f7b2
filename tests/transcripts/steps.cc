#include "transcripts/steps.h"

#include <regex>
#include <sstream>
#include <stdexcept>

#include "crypto/base64.h"
#include "transcripts/short_forms.h"

namespace comity::transcripts {
namespace {

using Found = std::smatch;

std::vector<std::string> split(std::string const& text, char const* separator) {
  static std::regex const space("^\\s+|\\s+$");
  std::regex const between(separator);
  std::vector<std::string> parts;
  for (std::sregex_token_iterator one(text.begin(), text.end(), between, -1), end; one != end; ++one)
    if (std::string const part = std::regex_replace(one->str(), space, ""); !part.empty())
      parts.push_back(part);
  return parts;
}

std::string what_passed(Playing& playing) {
  std::vector<std::string> lines{to_text(playing.stage.now())};
  for (std::string const& line : playing.stage.log_since()) lines.push_back(line);
  return joined(lines);
}

void must_be_absent(Stage& stage, std::string const& office, std::string const& token) {
  std::string const& told = stage.told(office);
  if (told.empty())
    throw std::runtime_error(office + " was told nothing at all so far, which proves nothing");
  for (std::string const& form : {token, crypto::to_base64(token).substr(0, token.size() / 3 * 4)})
    if (told.contains(form)) throw std::runtime_error(office + " was told: " + token);
}

std::string never(Playing& playing, Found const& found, std::string const&) {
  must_be_absent(playing.stage, found[1], found[2]);
  playing.never.emplace_back(found[1], found[2]);
  return {};
}

std::string was_told(Playing& playing, Found const& found, std::string const&) {
  if (!playing.stage.told(found[1]).contains(found[2].str()))
    throw std::runtime_error(found[1].str() + " was not told: " + found[2].str());
  return {};
}

std::string note_answers(Playing& playing, Found const& found, std::string const&) {
  for (std::string const& office : split(found[1], ","))
    playing.noted[office] = every_answer(playing, office);
  return {};
}

std::string same_answers(Playing& playing, Found const& found, std::string const&) {
  for (std::string const& office : split(found[1], ","))
    must_be_as_before(playing, office, playing.noted.at(office));
  return {};
}

std::string command(Playing& playing, Found const& found, std::string const& body) {
  return send_command(playing, {found[1], split(found[3], ";"), found[4], found[6]}, body);
}

std::string jump(Playing& playing, std::string const& text) {
  auto const time = parse_stix_time(text);
  if (!time) throw std::runtime_error("no time: " + text);
  playing.stage.go_to(*time);
  return what_passed(playing);
}

std::string pass(Playing& playing, std::string const& text) {
  auto const duration = parse_duration(text);
  if (!duration) throw std::runtime_error("no duration: " + text);
  playing.stage.go_to(playing.stage.now() + *duration);
  return what_passed(playing);
}

std::string step_back(Playing& playing, std::string const& text) {
  auto const time = parse_stix_time(text);
  if (!time) throw std::runtime_error("no time: " + text);
  playing.stage.set_clock(*time);
  return {};
}

struct Rule {
  std::regex form;
  std::string (*play)(Playing&, Found const&, std::string const& body);
};

std::vector<Rule> const& rules() {
  static std::vector<Rule> const all = {
      {std::regex("given the parties (.+)"),
       [](Playing& p, Found const& f, std::string const&) {
         return p.stage.found(split(f[1], "[ ,]+")), std::string();
       }},
      {std::regex("given theatre-2015"),
       [](Playing& p, Found const&, std::string const&) { return p.stage.found_theatre(), std::string(); }},
      {std::regex("given preset taxii"),
       [](Playing& p, Found const&, std::string const& body) {
         return p.stage.found_open(body), std::string();
       }},
      {std::regex("given preset dss"),
       [](Playing& p, Found const&, std::string const&) { return p.stage.found_dss(), std::string(); }},
      {std::regex("given (\\S+) in force between (.+)"),
       [](Playing& p, Found const& f, std::string const& body) {
         return bring_into_force(p, f[1], split(f[2], ","), body);
       }},
      {std::regex("at (\\S+)"), [](Playing& p, Found const& f, std::string const&) { return jump(p, f[1]); }},
      {std::regex("after (\\S+)"),
       [](Playing& p, Found const& f, std::string const&) { return pass(p, f[1]); }},
      {std::regex("the clock shows (\\S+)"),
       [](Playing& p, Found const& f, std::string const&) { return step_back(p, f[1]); }},
      {std::regex("restart"),
       [](Playing& p, Found const&, std::string const&) {
         return p.stage.restart(), p.stage.log_since(), std::string();
       }},
      {std::regex("restart as served"),
       [](Playing& p, Found const&, std::string const&) {
         return p.stage.restart_as_served(), p.stage.log_since(), std::string();
       }},
      {std::regex("a backup is made"),
       [](Playing& p, Found const&, std::string const&) { return p.stage.back_up(), std::string(); }},
      {std::regex("the backup is restored"),
       [](Playing& p, Found const&, std::string const&) {
         return p.stage.restore(), joined(p.stage.log_since());
       }},
      {std::regex("never to (\\S+): (.+)"), never},
      {std::regex("told to (\\S+): (.+)"), was_told},
      {std::regex("the answers to (.+) are noted"), note_answers},
      {std::regex("the answers to (.+) are as noted"), same_answers},
      {std::regex("(as (\\S+)|nobody) (GET|HEAD|POST|PUT|DELETE|OPTIONS) (\\S+)"),
       [](Playing& p, Found const& f, std::string const& body) {
         return ask_door(p, f[2], f[3], f[4], split(body, "\n"));
       }},
      {std::regex("as (\\S+) read what it gave"),
       [](Playing& p, Found const& f, std::string const&) { return read_feed(p, f[1], "what it gave"); }},
      {std::regex("as (\\S+) read (\\S+)"),
       [](Playing& p, Found const& f, std::string const&) { return read_feed(p, f[1], f[2]); }},
      {std::regex("as (\\S+)( \\(([^)]*)\\))? (\\w+)( (.+))?"), command},
  };
  return all;
}

}  // namespace

std::string joined(std::vector<std::string> const& lines) {
  std::string text;
  for (std::string const& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

std::string with_values(Playing& playing, std::string text) {
  static std::regex const form("«([a-z ]+) of ([^»]+)»");
  Found found;
  while (std::regex_search(text, found, form)) {
    std::string const what = found[1], name = found[2];
    std::string value;
    if (what == "basic") {
      value = "Basic " + crypto::to_base64(std::string(name).replace(name.find(' '), 1, ":"));
    } else if (what == "key") {
      value = crypto::to_base64(playing.stage.key_of(name).public_key().view());
    } else if (what == "key id") {
      value = crypto::key_id(playing.stage.key_of(name).public_key());
    } else if (what == "hash") {
      value = playing.stage.centre().read([&](sequencer::Glimpse const& glimpse) {
        for (state::Agreement const& one : glimpse.state.law.agreements)
          if (one.id == name) return to_hex(one.text_hash);
        throw std::runtime_error("no agreement is called " + name);
      });
    } else if (what == "identity") {
      value = playing.stage.centre().read([&](sequencer::Glimpse const& glimpse) {
        state::Law const& law = glimpse.state.law;
        return name == "all" ? glimpse.state.centre.identity : law.party(law.find_party(name)).identity;
      });
    } else if (what == "availability") {
      value = playing.stage.centre().read([&](sequencer::Glimpse const& glimpse) {
        return model::text_of({}, glimpse.state.airspace.availability.at(name).version);
      });
    } else if (what == "ovn") {
      value = playing.stage.ovn_of(name);
    } else if (what == "copy") {
      value = playing.stage.copy_told(name);
    } else if (what == "next") {
      value = playing.stage.next_told(name);
    } else if (what == "token") {
      value = playing.stage.last_token = playing.stage.token_of(name);
    } else if (what == "last token") {
      value = playing.stage.last_token;
    } else {
      throw std::runtime_error("nothing is meant by «" + what + " of …»");
    }
    text.replace(static_cast<size_t>(found.position()), static_cast<size_t>(found.length()), value);
  }
  return text;
}

std::string play(Playing& playing, Step const& step) {
  std::string const head = with_values(playing, expanded(step.head));
  std::string const body = with_values(playing, expanded(joined(step.body)));
  for (Rule const& rule : rules()) {
    Found found;
    if (std::regex_match(head, found, rule.form)) return shortened(rule.play(playing, found, body));
  }
  throw std::runtime_error("no step begins like this: " + step.head);
}

void play_end(Playing& playing) {
  nothing_counts_twice(playing);
  for (auto const& [office, token] : playing.never) must_be_absent(playing.stage, office, token);
  playing.stage.close_and_replay();
}

}  // namespace comity::transcripts
