#include "release/told_console.h"

#include <algorithm>

#include "base/ensure.h"
#include "json/json.h"
#include "release/compose.h"
#include "release/cursor.h"
#include "release/telling.h"
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
PageLook look_for_page(Eyes const& eyes, LastPages const& pages, Looks& looks) {
  PageLook page;
  auto const look = [&](Grounds::Of list) { return page.lists.emplace_back(looks.at(eyes, list))->print; };
  auto const at = [&](Topic topic) -> uint64_t& { return page.marks[static_cast<size_t>(topic)]; };
  using Of = Grounds::Of;
  uint64_t const notices = look(Of::notices), agreements = look(Of::agreements);
  page.of_pages = print_of_pages(eyes.office(), pages);
  at(Topic::agreements) = agreements;
  at(Topic::conflicts) = look(Of::conflicts);
  at(Topic::duties) = print_of({look(Of::duties), notices, agreements});
  at(Topic::intents) = print_of({look(Of::intents), look(Of::constraints)});
  at(Topic::sites) = look(Of::sites);
  at(Topic::watch) = print_of({look(Of::watch), page.of_pages});
  at(Topic::notices) = print_of({notices, agreements});
  at(Topic::items) = print_of({look(Of::items), agreements, at(Topic::duties)});
  return page;
}

bool PageLook::holds(state::State const& state) const {
  return std::ranges::all_of(lists, [&](LookPtr const& one) { return one->grounds.hold(state); });
}

uint64_t PageLook::print() const {
  static_assert(topics == 8);
  auto const& [a, b, c, d, e, f, g, h] = marks;
  return print_of({a, b, c, d, e, f, g, h});
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
