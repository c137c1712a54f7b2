#include "property/read_world.h"

#include <algorithm>
#include <boost/json/value_to.hpp>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>

#include "forms/agreement.h"
#include "json/json.h"
#include "state/view.h"

namespace comity::tests {
namespace {

using json::Value;
using namespace model;
using namespace state;

constexpr size_t greatest_world = 16u << 20;  // octets

std::string text_of(Value const& value) { return value_to<std::string>(value); }
uint64_t number_of(Value const& value) { return static_cast<uint64_t>(value.as_int64()); }
UtcTime time_of(Value const& value) { return value.is_null() ? never : UtcTime{value.as_int64()}; }
std::vector<std::string> texts_of(Value const& value) { return value_to<std::vector<std::string>>(value); }

std::optional<UtcTime> optional_time(Value const& value) {
  return value.is_null() ? std::nullopt : std::optional(UtcTime{value.as_int64()});
}

// The value whose name is `text`.
template <class E>
E named(Value const& value, uint8_t last) {
  std::string const text = text_of(value);
  for (uint8_t n = 0; n <= last; ++n)
    if (text == name_of(static_cast<E>(n))) return static_cast<E>(n);
  throw std::runtime_error("no such word: " + text);
}

ReferenceKind reference_kind(std::string const& text) {
  static std::map<std::string, ReferenceKind> const kinds = {
      {"required", ReferenceKind::required}, {"optional", ReferenceKind::optional},
      {"in_list", ReferenceKind::in_list},   {"in_must_list", ReferenceKind::in_must_list},
      {"creator", ReferenceKind::creator},   {"marking", ReferenceKind::marking},
      {"in_text", ReferenceKind::in_text},   {"nested", ReferenceKind::nested}};
  return kinds.at(text);
}

MarkingKind marking_kind(std::string const& text) {
  static std::map<std::string, MarkingKind> const kinds = {{"not_a_marking", MarkingKind::not_a_marking},
                                                           {"statement", MarkingKind::statement},
                                                           {"other", MarkingKind::other}};
  return kinds.at(text);
}

class Reader {
 public:
  explicit Reader(Value const& source) : source_(source) {}

  World read() && {
    world_.now = time_of(source_.at("now"));
    read_people();
    for (Value const& agreement : source_.at("agreements").as_array()) read_agreement(agreement);
    for (Value const& item : source_.at("items").as_array()) read_item(item);
    if (auto const* frameworks = source_.as_object().if_contains("frameworks")) read_frameworks(*frameworks);
    for (auto const& [index, event] : events_) event();
    return std::move(world_);
  }

 private:
  void read_people() {
    for (Value const& slug : source_.at("parties").as_array()) {
      Party party;
      party.slug = party.name = text_of(slug);
      world_.law.parties.push_back(party);
    }
    if (auto const* minted = source_.as_object().if_contains("minted"))
      for (auto const& [id, slug] : minted->as_object())
        world_.law.identities[id] = world_.law.find_party(text_of(slug));
    for (Value const& name : source_.at("offices").as_array()) {
      std::string const text = text_of(name);
      PartyKey const party = world_.law.find_party(text.substr(0, text.find('/')));
      world_.law.offices.push_back({.party = party, .name = text, .listing = Listing::listed});
    }
  }

  // As they are in the end.
  void read_frameworks(Value const& source) {
    Frameworks& frameworks = world_.holdings.frameworks;
    for (Value const& ended : source.as_array()) {
      Framework one;
      one.name = std::to_string(frameworks.all.size());
      one.objects = ended.is_null() ? 1 : 0;
      one.ended = ended.is_null() ? 0 : number_of(ended);
      frameworks.all.push_back(std::move(one));
    }
    for (Value const& object : source_.at("published").as_array()) {
      FrameworkObject one;
      one.framework = static_cast<uint32_t>(number_of(object.at("framework")));
      one.id = text_of(object.at("id"));
      one.type = one.id.substr(0, one.id.find("--"));
      one.version = text_of(object.at("version"));
      one.compare = compare_of(object);
      one.marking_kind = marking_kind(text_of(object.at("marking_kind")));
      one.index = number_of(object.at("index"));
      frameworks.load(std::move(one));
    }
  }

  // Equal numbers are equal bytes, in every form of them.
  static Comparisons compare_of(Value const& source) {
    Comparisons compare;
    compare.bytes.octets[0] = compare.canonical.octets[0] =
        static_cast<uint8_t>(number_of(source.at("bytes")));
    return compare;
  }

  void read_agreement(Value const& source) {
    auto compiled = forms::compile(json::write(source.at("text")));
    if (!compiled)
      throw std::runtime_error(compiled.error().at(0).pointer + ": " + compiled.error().at(0).reason);
    Text text = std::move(compiled->text);
    OfficeKey const drafter(size_t{0});  // all parties are listed, so that any office knows every name
    if (auto const unknown = resolve_names(View(world_.law, {.office = drafter}), text); !unknown.empty())
      throw std::runtime_error(unknown[0].pointer + ": unknown name " + unknown[0].name);

    Agreement agreement;
    agreement.id = text.id;
    agreement.drafter = drafter;
    agreement.text = std::make_shared<Text const>(std::move(text));
    for (Value const& span : source.at("history").as_array())
      agreement.history.push_back({named<AgreementState>(span.at(0), uint8_t(AgreementState::superseded)),
                                   time_of(span.at(1)), number_of(span.at(2))});
    for (auto const& [party, spans] : source.at("standing").as_object())
      for (Value const& span : spans.as_array())
        agreement.standing[world_.law.find_party(party)].push_back(
            {named<Standing>(span.at(0), uint8_t(Standing::suspended_withdrawing)), time_of(span.at(1)),
             number_of(span.at(2))});
    for (Value const& run : source.at("clauses").as_array())
      agreement.clauses.push_back({time_of(run.at(0)), time_of(run.at(1))});
    read_leaving(source.as_object(), agreement);
    world_.law.agreements.push_back(std::move(agreement));
  }

  void read_leaving(json::Object const& source, Agreement& agreement) {
    if (auto const* ended = source.if_contains("ended_by_leaving"))
      agreement.ended_by_leaving = ended->as_bool();
    if (auto const* all = source.if_contains("filled"))
      for (Value const& one : all->as_array())
        agreement.filled.push_back({party(one.at(0)),
                                    one.at(1).is_null() ? PartyKey{} : party(one.at(1)),
                                    {time_of(one.at(2)), number_of(one.at(3))},
                                    time_of(one.at(4)),
                                    number_of(one.at(5))});
    if (auto const* all = source.if_contains("ended_prohibitions"))
      for (Value const& one : all->as_array()) {
        auto const clause = std::ranges::find(agreement.text->clauses, text_of(one.at(0)), &Clause::id);
        PartyKey const first = party(one.at(1)), second = party(one.at(2));
        agreement.ended_prohibitions.insert({static_cast<uint32_t>(clause - agreement.text->clauses.begin()),
                                             std::min(first, second), std::max(first, second)});
      }
  }

  static std::vector<Leaf> read_leaves(Value const& source) {
    std::vector<Leaf> leaves;
    for (Value const& leaf : source.as_array())
      leaves.push_back({text_of(leaf.at("id")), texts_of(leaf.at("selectors")), leaf.at("half").as_bool(),
                        texts_of(leaf.at("partners"))});
    return leaves;
  }

  Facts read_facts(Value const& source) {
    Facts facts;
    for (Value const& reference : source.at("references").as_array())
      facts.references.push_back({text_of(reference.at("id")), reference_kind(text_of(reference.at("kind"))),
                                  text_of(reference.at("property"))});
    facts.labels = texts_of(source.at("labels"));
    facts.markings = texts_of(source.at("markings"));
    for (Value const& granular : source.at("granular").as_array())
      facts.granular.push_back({text_of(granular.at("marking")), texts_of(granular.at("selectors"))});
    if (Value const& place = source.at("location"); !place.is_null())
      facts.location =
          Point{static_cast<int32_t>(place.at(0).as_int64()), static_cast<int32_t>(place.at(1).as_int64())};
    facts.valid_from = optional_time(source.at("valid_from"));
    facts.valid_until = optional_time(source.at("valid_until"));
    facts.properties = texts_of(source.at("properties"));
    std::ranges::sort(facts.properties);
    facts.marking_kind = marking_kind(text_of(source.at("marking_kind")));
    facts.creator = text_of(source.at("creator"));
    if (auto const* leaves = source.as_object().if_contains("leaves"))
      for (auto const& [property, list] : leaves->as_object())
        facts.frail.push_back({property, read_leaves(list)});
    return facts;
  }

  void read_item(Value const& source) {
    Item item;
    item.originator = party(source.at("originator"));
    item.office = office(source.at("office"));
    item.head.type = text_of(source.at("type"));
    item.head.id = text_of(source.at("id"));
    item.head.version = text_of(source.at("version"));
    item.head.compare = compare_of(source);
    item.facts = read_facts(source);
    ItemKey const key = world_.holdings.add_item(std::move(item));
    for (Value const& contribution : source.at("contributions").as_array())
      read_contribution(key, contribution);
    for (Value const& had : source.at("had").as_array()) read_had(key, had);
  }

  void read_contribution(ItemKey item, Value const& source) {
    Contribution contribution;
    contribution.agreement = agreement(source.at("agreement"));
    contribution.office = office(source.at("office"));
    contribution.time = time_of(source.at("time"));
    contribution.index = number_of(source.at("index"));
    for (Value const& name : source.at("to_offices").as_array())
      contribution.to_offices.push_back(office(name));
    std::ranges::sort(contribution.to_offices);
    contribution.onward = source.at("onward").as_bool();
    if (auto const* further = source.as_object().if_contains("further"))
      contribution.further = further->as_bool();
    contribution.deleted = source.at("deleted").as_bool();
    at(contribution.index,
       [this, item, contribution] { world_.holdings.add_contribution(item, contribution); });
  }

  void read_had(ItemKey item, Value const& source) {
    ReleasedItem released{
        .item = item, .agreement = agreement(source.at("agreement")), .clause = 0, .form = {}, .by = {}};
    released.form.all_fields = source.at("whole").as_bool();
    Release const release{.offices = {office(source.at("office"))}, .items = {released}};
    Index const index = number_of(source.at("index"));
    UtcTime const time = time_of(source.at("time"));
    at(index, [this, release, index, time] { world_.holdings.release(release, index, time); });
  }

  // What happened is applied in the order of the records.
  void at(Index index, std::function<void()> event) { events_.emplace(index, std::move(event)); }

  PartyKey party(Value const& name) const { return found(world_.law.find_party(text_of(name)), name); }
  OfficeKey office(Value const& name) const { return found(world_.law.find_office(text_of(name)), name); }
  AgreementKey agreement(Value const& number) const {
    AgreementKey const key(size_t{number_of(number)});
    if (key.value >= world_.law.agreements.size()) throw std::runtime_error("no such agreement");
    return key;
  }
  template <class Key>
  static Key found(Key key, Value const& name) {
    return key ? key : throw std::runtime_error("unknown name " + text_of(name));
  }

  Value const& source_;
  World world_;
  std::multimap<Index, std::function<void()>> events_;
};

}  // namespace

World read_world(std::string_view text) {
  auto const source = json::parse(text, greatest_world);
  if (!source) throw std::runtime_error(source.error().pointer + ": " + source.error().detail);
  return Reader(*source).read();
}

}  // namespace comity::tests
