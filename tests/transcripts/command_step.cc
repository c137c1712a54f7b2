#include <algorithm>
#include <regex>
#include <set>
#include <stdexcept>

#include "base/contains.h"
#include "crypto/base64.h"
#include "forms/act.h"
#include "forms/command.h"
#include "json/canonical.h"
#include "release/told_own.h"
#include "transcripts/short_forms.h"
#include "transcripts/steps.h"

namespace comity::transcripts {
namespace {

using model::CommandKind;

bool has(Words const& words, std::string_view option) { return contains(words.options, option); }

// What follows the words in an option: `signed by il`.
std::string after(Words const& words, std::string_view begin) {
  for (std::string const& option : words.options)
    if (option.starts_with(begin)) return option.substr(begin.size());
  return {};
}

// An agreement as the speaker knows it: version and hash; nothing of one that it does not know.
json::Object on_text(Playing& playing, Speaker const& speaker, std::string const& name) {
  return playing.stage.centre().read([&](sequencer::Glimpse const& glimpse) {
    AgreementKey const key = glimpse.state.view({speaker.author.office}).agreement(name);
    json::Object members{{"agreement", name}, {"version", 1}, {"text_hash", to_hex(Digest{})}};
    if (key) {
      members["version"] = glimpse.state.law.agreement(key).version;
      members["text_hash"] = to_hex(glimpse.state.law.agreement(key).text_hash);
    }
    return members;
  });
}

// G8: participants are named by their founding keys too; `"founding_key": null` leaves one out.
json::Object with_founding_keys(Playing& playing, json::Object text) {
  auto* participants = text.if_contains("participants");
  if (!participants || !participants->is_array()) return text;
  playing.stage.centre().read([&](sequencer::Glimpse const& glimpse) {
    for (json::Value& one : participants->get_array()) {
      json::Object& participant = one.get_object();
      PartyKey const party = glimpse.state.law.find_party(std::string(participant.at("party").as_string()));
      if (auto const* key = participant.if_contains("founding_key"); key && key->is_null())
        participant.erase("founding_key");
      else if (!key && party)
        participant["founding_key"] = glimpse.state.law.party(party).founding_key;
    }
  });
  return text;
}

json::Object values_of(Playing& playing, Speaker const& speaker, Words const& words,
                       std::string const& body) {
  std::string const& verb = words.verb;
  static std::set<std::string> const about_texts = {
      "sponsor",         "unsponsor",       "table_agreement", "sign",
      "suspend",         "resume",          "withdraw",        "take_back_withdrawal",
      "end_prohibition", "confirm_recovery"};
  if (about_texts.contains(verb)) {
    json::Object members = on_text(playing, speaker, words.rest);
    if (!body.empty())
      for (auto const& member : parsed(body).get_object()) members[member.key()] = member.value();
    return members;
  }
  if (verb == "draft_agreement") return {{"text", with_founding_keys(playing, agreement_of(body))}};
  if (verb == "edit_draft")
    return {{"agreement", words.rest}, {"text", with_founding_keys(playing, agreement_of(body))}};
  if (verb == "countersign_host_act" && body.empty())
    return {{"digest", to_hex(playing.stage.last_proposal)}};
  return body.empty() ? json::Object() : parsed(body).get_object();
}

// The command as one writes it: `object` is set in as text, since its bytes count.
std::string contribute_document(Words const& words, std::string const& body) {
  static std::regex const form("(\\S+)( to (.+))?");
  std::smatch found;
  if (!std::regex_match(words.rest, found, form))
    throw std::runtime_error("contribute AGREEMENT [to OFFICE, OFFICE]");
  std::string offices;
  std::string const list = found[3];
  static std::regex const office("[^\\s,]+");
  for (std::sregex_iterator one(list.begin(), list.end(), office), end; one != end; ++one)
    offices += (offices.empty() ? "" : ",") + json::write(json::Value(one->str()));
  return "{\"agreement\":" + json::write(json::Value(found[1].str())) + ",\"to_offices\":[" + offices +
         "],\"object\":" + object_of(body) + "}";
}

json::Object act_of(Playing& playing, Speaker const& speaker, std::string const& kind, json::Object values,
                    crypto::SecretKey const& key) {
  auto [party, origin] = playing.stage.centre().read([&](sequencer::Glimpse const& glimpse) {
    state::Law const& law = glimpse.state.law;
    return std::pair(law.party(law.party_of(speaker.author.office)), glimpse.state.centre.origin_now());
  });
  json::Object act{{"kind", kind},
                   {"centre", origin},
                   {"party", party.slug},
                   {"founding_key", party.founding_key},
                   {"office", speaker.office},
                   {"key", crypto::key_id(key.public_key())},
                   {"seq", static_cast<int64_t>(party.highest_seq() + 1)},
                   {"not_after", to_text(playing.stage.log_time() + hours(1))}};
  for (auto const& member : values) act[member.key()] = member.value();
  return act;
}

// The names in `also by safe-1, safe-2`.
std::vector<std::string> names_in(std::string const& list) {
  static std::regex const name("[^\\s,]+");
  std::vector<std::string> all;
  for (std::sregex_iterator one(list.begin(), list.end(), name), end; one != end; ++one)
    all.push_back(one->str());
  return all;
}

// Signed by the named key, whatever key the act itself names, and whether or not it is an act that can be read; and by others.
std::string signed_document(Stage& stage, json::Object const& act, crypto::SecretKey const& key,
                            std::vector<std::string> const& others) {
  auto const text = json::canonical(act);
  if (!text) throw std::runtime_error("the act has no canonical form: " + text.error().detail);
  std::string const signature = crypto::to_base64(key.sign(forms::signed_bytes(*text)).view());
  json::Array signatures{json::Object{{"key", act.at("key")}, {"value", signature}}};
  for (std::string const& other : others) {
    crypto::SecretKey const& own = stage.key_of(other);
    signatures.push_back(
        json::Object{{"key", crypto::key_id(own.public_key())},
                     {"value", crypto::to_base64(own.sign(forms::signed_bytes(*text)).view())}});
  }
  return json::write(json::Object{{"act", act}, {"signatures", signatures}});
}

std::string document_of(Playing& playing, Speaker const& speaker, Words const& words,
                        std::string const& body) {
  std::string const& verb = words.verb;
  auto const kind = model::command_kind(verb);
  std::string text = "{\"kind\":" + json::write(json::Value(verb));
  if (std::string const key = after(words, "key "); !key.empty())
    text += ",\"idempotency_key\":" + json::write(json::Value(key));
  if (kind && forms::is_signed(*kind) && !has(words, "unsigned")) {
    json::Object values = values_of(playing, speaker, words, body);
    if (verb == "propose_host_act") values = {{"proposed", values}};
    std::string const other = after(words, "signed by ");
    crypto::SecretKey const& key = playing.stage.key_of(other.empty() ? speaker.signer : other);
    json::Value document = parsed(signed_document(playing.stage, act_of(playing, speaker, verb, values, key),
                                                  key, names_in(after(words, "also by "))));
    if (has(words, "altered after signing"))
      document.at("act").get_object()["not_after"] = to_text(playing.stage.now() + hours(2));
    return text + "," + json::write(document).substr(1);
  }
  if (verb == "contribute") return text + ",\"body\":" + contribute_document(words, body) + "}";
  return text + ",\"body\":" + json::write(values_of(playing, speaker, words, body)) + "}";
}

std::string effect_line(json::Object const& effect) {
  auto const text = [&](char const* name) {
    auto const* value = effect.if_contains(name);
    return value ? std::string(value->get_string()) : std::string();
  };
  std::string const kind = text("kind"), of_party = effect.contains("party") ? " of " + text("party") : "";
  if (kind == "suspension_declared") return text("agreement") + ": all its parties suspend it";
  if (kind == "suspension_ended") return text("agreement") + ": the suspension" + of_party + " has ended";
  if (kind == "prohibition_ended")
    return text("agreement") + ": " + text("clause") + " has ended between " + text("party") + " and " +
           text("with");
  if (effect.contains("clause"))
    return text("agreement") + ": " + text("clause") + (kind == "clause_ends" ? " ends" : " applies");
  return text("agreement") + (effect.contains("party") ? ": " + text("party") : "") + " is " + text("value");
}

std::string reason_line(json::Object const& reason) {
  std::string line(reason.at("code").as_string());
  for (char const* name : {"agreement", "clause", "subject"})
    if (auto const* value = reason.if_contains(name))
      line += " | " + std::string(name) + " " + std::string(value->get_string());
  return line;
}

// The ruling as its author is told it, and what the log has besides.
std::string answer_text(Playing& playing, Speaker const& speaker, sequencer::Answer const& answer) {
  std::vector<std::string> lines;
  if (answer.kind == sequencer::Answer::Kind::busy) return "busy";
  if (answer.kind == sequencer::Answer::Kind::over_quota) return "over quota, no record";
  json::Value const told = playing.stage.centre().read([&](sequencer::Glimpse const& glimpse) {
    release::Eyes const eyes(glimpse.state, {speaker.author.office}, playing.stage.release_keys());
    auto ruling = release::tell_ruling(eyes, speaker.author.office, answer.ruling);
    if (!ruling) throw std::runtime_error("the author is not told its own ruling");
    return ruling->value();
  });
  playing.stage.was_told(speaker.office, json::write(told));
  lines.emplace_back(told.at("outcome").as_string());
  for (json::Value const& reason : told.at("reasons").as_array())
    lines.push_back(reason_line(reason.as_object()));
  for (json::Value const& effect : told.at("effects").as_array())
    lines.push_back(effect_line(effect.as_object()));
  playing.stage.let_the_log_go_on();
  for (std::string const& line : playing.stage.log_since(answer.index)) lines.push_back(line);
  return joined(lines);
}

}  // namespace

std::string send_command(Playing& playing, Words const& words, std::string const& body) {
  Stage& stage = playing.stage;
  Speaker const speaker = stage.speaker(words.who);
  bool const as_it_stands = words.verb == "sends";
  std::string const document = as_it_stands            ? body
                               : words.verb == "again" ? stage.last_document
                                                       : document_of(playing, speaker, words, body);
  stage.last_document = document;
  sequencer::Tools const tools(stage.centre(), speaker.author);
  auto read = forms::read_command(document, "", tools);
  if (!read) {
    std::vector<std::string> lines{std::string("not read: ") + name_of(read.error().code)};
    for (forms::Problem const& problem : read.error().problems)
      lines.push_back(problem.pointer + ": " + problem.reason);
    stage.was_told(speaker.office, joined(lines));
    return joined(lines);
  }
  sequencer::Submission submission = sequencer::prepare(stage.centre(), speaker.author, std::move(*read));
  if (submission.command.kind == CommandKind::propose_host_act)
    stage.last_proposal = submission.command.digest;
  bool const crashes = has(words, "the centre crashes on it");
  if (crashes || has(words, "the centre is killed on it")) {
    stage.die_on(submission.command, crashes ? Death::by_crash : Death::by_kill);
    std::vector<std::string> lines{"no answer"};
    for (std::string const& line : stage.log_since()) lines.push_back(line);
    return joined(lines);
  }
  bool const is_act = submission.command.act.has_value(),
             is_keyed = !submission.command.idempotency_key.empty();
  sequencer::Answer const answer = stage.centre().submit_and_wait(std::move(submission));
  if (answer.kind == sequencer::Answer::Kind::ruled && answer.ruling.accepted()) {
    if (is_act) playing.acts.push_back({words.who, document});
    if (is_keyed) playing.keyed.push_back({words.who, document});
  }
  return answer_text(playing, speaker, answer);
}

void nothing_counts_twice(Playing& playing) {
  Stage& stage = playing.stage;
  auto const submit = [&](Accepted const& one) {
    Speaker const speaker = stage.speaker(one.who);
    sequencer::Tools const tools(stage.centre(), speaker.author);
    auto read = forms::read_command(one.document, "", tools);
    if (!read) throw std::runtime_error("what was accepted cannot be read: " + one.document);
    return stage.centre().submit_and_wait(
        sequencer::prepare(stage.centre(), speaker.author, std::move(*read)));
  };
  auto const records = [&] {
    return stage.centre().read([](sequencer::Glimpse const& glimpse) { return glimpse.state.next_index; });
  };
  for (Accepted const& one : playing.keyed) {
    Index const before = records();
    submit(one);
    if (records() != before) throw std::runtime_error("counts twice under its key: " + one.document);
  }
  for (Accepted const& one : playing.acts) {
    bool const is_keyed = std::ranges::any_of(
        playing.keyed, [&](Accepted const& other) { return other.document == one.document; });
    sequencer::Answer const answer = submit(one);
    if (!is_keyed && answer.kind == sequencer::Answer::Kind::ruled && answer.ruling.accepted())
      throw std::runtime_error("is accepted a second time: " + one.document);
  }
}

// Drafted by the first office, then sponsored, tabled and signed by all, each by its party's first office named.
std::string bring_into_force(Playing& playing, std::string const& agreement,
                             std::vector<std::string> const& offices, std::string const& body) {
  json::Value text = parsed(body);
  text.get_object()["id"] = agreement;
  json::Array participants;
  for (std::string const& office : offices) participants.push_back(json::Value(office));
  text.get_object()["participants"] = participants;
  std::string wrong;
  auto const must = [&](std::string const& who, std::string const& verb, std::string const& what) {
    std::string const answer = send_command(playing, {who, {}, verb, agreement}, what);
    if (!answer.starts_with("accepted")) wrong += who + " " + verb + ": " + answer;
    return answer;
  };
  std::vector<std::string> parties, first;
  for (std::string const& office : offices) {
    std::string const party = office.substr(0, office.find('/'));
    if (contains(parties, party)) continue;
    parties.push_back(party);
    first.push_back(office);
  }
  must(first[0], "draft_agreement", json::write(text));
  must(first[0], "sponsor", "");
  must(first[0], "table_agreement", "");
  for (size_t i = 1; i < first.size(); ++i) must(first[i], "sponsor", "");
  std::string last;
  for (std::string const& office : first) last = must(office, "sign", "");
  if (!wrong.empty()) throw std::runtime_error(wrong);
  return last;
}

}  // namespace comity::transcripts
