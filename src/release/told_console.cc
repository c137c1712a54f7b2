#include "release/told_console.h"

#include <cstring>

#include "base/ensure.h"
#include "crypto/sha256.h"
#include "json/json.h"
#include "release/compose.h"
#include "release/cursor.h"
#include "release/telling.h"
#include "release/told_airspace.h"
#include "release/told_conflicts.h"
#include "release/told_law.h"
#include "release/told_watch.h"
#include "release/words.h"

namespace comity::release {
namespace {

bool is_reader(Eyes const& eyes, PersonKey person) {
  auto const& roles = eyes.state.law.people[person.value].roles;
  auto const here = roles.find(eyes.office());
  model::Roles const seen = eyes.view.viewer().roles;  // fewer, by an issuer
  return here != roles.end() && seen != 0 && (seen & ~here->second) == 0;
}

// As a label of an application; what would end it is escaped.
std::string escaped(std::string_view text) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (char const c : text) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    auto const octet = static_cast<unsigned char>(c);
    if (plain || c == '-' || c == '.' || c == '_')
      out += c;
    else
      out += {'%', digits[octet >> 4], digits[octet & 15]};
  }
  return out;
}

uint64_t number_of(Digest const& digest) {
  uint64_t number = 0;
  std::memcpy(&number, digest.octets.data(), sizeof number);
  return number;
}

uint64_t print_of(Told const& told) { return number_of(crypto::sha256(json::write(told.value()))); }

uint64_t print_of(std::initializer_list<uint64_t> numbers) {
  Bytes octets;
  for (uint64_t const number : numbers) {
    auto const part = crypto::PrfPart::octets_of(number);
    octets.append(part.data(), part.size());
  }
  return number_of(crypto::sha256(octets));
}

// Of what is told but for what the clock alone moves: or the first record of anybody after such a moment would show in a mark (25-isolation
// G14). Pages work that out by their own clock.
void leave_out_clock(json::Value& value) {
  if (auto* const object = value.if_object()) {
    object->erase("test_overdue");
    for (auto& [name, member] : *object) leave_out_clock(member);
  } else if (auto* const array = value.if_array()) {
    for (json::Value& element : *array) leave_out_clock(element);
  }
}

uint64_t print_of_watch(Told const& told) {
  json::Value value = told.value();
  leave_out_clock(value);
  return number_of(crypto::sha256(json::write(value)));
}

// All of them, by pages.
uint64_t print_of_agreements(Eyes const& eyes) {
  AgreementFilter filter;
  for (Bytes prints;;) {
    Told const page = tell_agreements(eyes, filter);
    prints += json::write(page.value());
    json::Object const& told = page.value().as_object();
    json::Array const& rows = told.at("agreements").as_array();
    if (!told.at("more").as_bool() || rows.empty()) return number_of(crypto::sha256(prints));
    filter.after = rows.back().as_object().at("id").as_string();
  }
}

template <Topic topic>
constexpr FixedText name_of() {
  if constexpr (topic == Topic::agreements) return "agreements";
  if constexpr (topic == Topic::conflicts) return "conflicts";
  if constexpr (topic == Topic::duties) return "duties";
  if constexpr (topic == Topic::intents) return "intents";
  if constexpr (topic == Topic::items) return "items";
  if constexpr (topic == Topic::notices) return "notices";
  if constexpr (topic == Topic::sites) return "sites";
  if constexpr (topic == Topic::watch) return "watch";
}

template <Topic topic>
void put(Composer& body, Eyes const& eyes, Marks const& marks) {
  static constexpr FixedText name = name_of<topic>();
  body.name(name).token(token_of_count(eyes, name, marks[static_cast<size_t>(topic)]));
}

}  // namespace

Told tell_session(Eyes const& eyes, Session const& session) {
  ensure(is_reader(eyes, session.person));
  state::Law const& law = eyes.state.law;
  model::Person const& who = law.people[session.person.value];
  json::Array offices;
  for (auto const& [office, all] : who.roles) {
    model::Roles const roles = all & ~model::withheld_roles(law.issuers, session.issuer, office);
    if (roles != 0)
      offices.push_back(json::Object{{"office", eyes.view.name_of(office)}, {"roles", role_words(roles)}});
  }
  json::Object out{{"person", who.name},
                   {"office", eyes.view.name_of(eyes.office())},
                   {"offices", std::move(offices)},
                   {"until", to_text(session.until)},
                   {"demo", eyes.state.centre.demo},
                   {"centre_name", eyes.state.centre.name},
                   {"origin", eyes.state.centre.origin_now()}};
  if (session.issuer != model::no_issuer) out["issuer"] = law.issuers[session.issuer].slug;
  return Teller::tell(eyes, std::move(out));
}

Told tell_link(Eyes const& eyes, PersonKey person, std::string_view link, UtcTime expires) {
  ensure(is_reader(eyes, person));
  return Teller::tell(eyes, json::Object{{"link", link}, {"expires", to_text(expires)}});
}

Told tell_enrolment(Eyes const& eyes, PersonKey person, std::string_view secret) {
  ensure(is_reader(eyes, person));
  std::string const issuer = escaped(eyes.state.centre.name);
  std::string const url = "otpauth://totp/" + issuer + ":" +
                          escaped(eyes.state.law.people[person.value].name) +
                          "?secret=" + std::string(secret) + "&issuer=" + issuer;
  return Teller::tell(eyes, json::Object{{"secret", secret}, {"url", url}});
}

Told tell_demo(Eyes const& eyes, std::vector<DemoLink> const& links) {
  ensure(eyes.state.centre.demo);
  json::Array people;
  for (DemoLink const& one : links) {
    model::Person const& who = eyes.state.law.people[one.person.value];
    people.push_back(json::Object{{"person", who.name},
                                  {"office", eyes.state.law.office(one.office).name},
                                  {"host", eyes.state.law.party(who.party).slug + ".localhost"},
                                  {"link", one.link}});
  }
  return Teller::tell(eyes, json::Object{{"people", std::move(people)}});
}

// What was released to the office comes with its feed; what is taken away again, with the state of an agreement or a duty.
Marks marks_of(Eyes const& eyes, LastPages const& pages) {
  auto const& holdings = eyes.state.holdings;
  Marks marks{};
  auto const at = [&](Topic topic) -> uint64_t& { return marks[static_cast<size_t>(topic)]; };
  state::Airspace const& airspace = eyes.state.airspace;
  OfficeKey const office = eyes.office();
  uint64_t const notices = airspace.notices.changes_of(office);
  at(Topic::agreements) = print_of_agreements(eyes);
  at(Topic::conflicts) = print_of(tell_conflicts(eyes));
  at(Topic::duties) = print_of(
      {holdings.duties_of(office).size(), holdings.duties_added(office), notices, at(Topic::agreements)});
  at(Topic::intents) = print_of({airspace.intents.changes_of(office), print_of(tell_constraints(eyes))});
  at(Topic::sites) = airspace.sites.changes_of(office);
  at(Topic::watch) = print_of_watch(tell_watch(eyes, pages));
  at(Topic::notices) = print_of({notices, at(Topic::agreements)});
  state::FeedName const whole{{}, eyes.office()};
  at(Topic::items) = print_of({holdings.feed(whole).entries.size(), holdings.own_feed(whole).entries.size(),
                               at(Topic::agreements), at(Topic::duties)});
  return marks;
}

uint64_t print_of(Marks const& marks) {
  Bytes octets;
  for (uint64_t const mark : marks) {
    auto const part = crypto::PrfPart::octets_of(mark);
    octets.append(part.data(), part.size());
  }
  return number_of(crypto::sha256(octets));
}

Released<Bytes> tell_marks(Eyes const& eyes, Marks const& marks) {
  Composer body(eyes);
  body.open();
  put<Topic::agreements>(body, eyes, marks), put<Topic::conflicts>(body, eyes, marks);
  put<Topic::duties>(body, eyes, marks), put<Topic::intents>(body, eyes, marks);
  put<Topic::items>(body, eyes, marks), put<Topic::notices>(body, eyes, marks);
  put<Topic::sites>(body, eyes, marks), put<Topic::watch>(body, eyes, marks);
  return body.close().finish();
}

}  // namespace comity::release
