#include <algorithm>
#include <map>
#include <set>

#include "forms/agreement_parts.h"
#include "model/names.h"
#include "model/text_walk.h"

namespace comity::forms {
namespace {

using model::Participant;
using model::Text;

std::string at(std::string const& list, size_t index) { return list + "/" + std::to_string(index); }

class WholeCheck {
 public:
  WholeCheck(Text const& text, Problems& problems) : text_(text), problems_(problems) {
    for (Participant const& participant : text.participants) parties_[participant.party.name] = &participant;
    for (auto const& clause : text.clauses) clauses_.insert(clause.id);
  }

  void run() {
    check_offices_belong();
    check_head_parties();
    check_references("/reservations/clauses", text_.reservable);
    check_references("/suspension/non_suspendable", text_.suspension.non_suspendable);
    check_references("/survival", text_.survival);
    for (size_t i = 0; i < text_.clauses.size(); ++i) {
      auto const [from, to] = model::selector_pointers(text_.clauses[i].type);
      check_selector(at("/clauses", i) + from, text_.clauses[i].from);
      check_selector(at("/clauses", i) + to, text_.clauses[i].to);
      check_of_volumes(at("/clauses", i), text_.clauses[i]);
    }
    check_number_of_names();
  }

 private:
  void check_offices_belong() {
    for (size_t i = 0; i < text_.participants.size(); ++i) {
      Participant const& participant = text_.participants[i];
      for (size_t j = 0; j < participant.offices.size(); ++j) {
        auto const parts = model::split_office(participant.offices[j].name);
        if (parts && !participant.party.name.empty() && parts->first != participant.party.name)
          problems_.add(at(at("/participants", i) + "/offices", j),
                        "is not an office of the party it is listed under");
      }
    }
  }

  void check_head_parties() {
    if (!text_.depositary.empty() && text_.depositary != "centre" && !takes_part(text_.depositary))
      problems_.add("/depositary", "must be \"centre\" or a party listed in participants");
    for (size_t i = 0; i < text_.sponsors.size(); ++i)
      if (!takes_part(text_.sponsors[i].name))
        problems_.add(at("/sponsors", i), "a sponsor must be listed in participants");
    auto const id = model::split_agreement(text_.id);
    bool const sponsored = std::ranges::any_of(text_.sponsors, [&](auto const& sponsor) {
      return id && (sponsor.name == id->first || sponsor.name.empty());
    });
    if (id && !text_.sponsors.empty() && !sponsored)
      problems_.add("/id", "must begin with the party of a sponsor");
  }

  void check_references(std::string const& pointer, std::vector<std::string> const& ids) {
    for (size_t i = 0; i < ids.size(); ++i)
      if (!ids[i].empty() && !clauses_.contains(ids[i]))
        problems_.add(at(pointer, i), "no clause of this agreement has this id");
  }

  void check_selector(std::string const& pointer, model::Selector const& selector) {
    for (size_t i = 0; i < selector.names.size(); ++i)
      if (!takes_part(selector.names[i].name))
        problems_.add(at(pointer, i), "a selector may only name parties and offices listed in participants");
  }

  // Whom a clause says to call is a line of this text; and a notice about contingent intents is worked out on some grid, its own
  // or that of a clause that deconflicts.
  void check_of_volumes(std::string const& pointer, model::Clause const& clause) {
    auto const is_line = [&](model::Clause const& one) {
      return one.type == model::ClauseType::contact && clause.volumes && one.id == clause.volumes->contact;
    };
    if (clause.volumes && !clause.volumes->contact.empty() && std::ranges::none_of(text_.clauses, is_line))
      problems_.add(pointer + "/contact", "no contact clause of this agreement has this id");
    bool const of_contingent = clause.notice && clause.notice->about == model::NoticeAbout::contingent;
    if (of_contingent && !clause.volumes && std::ranges::none_of(text_.clauses, [](auto const& one) {
          return one.type == model::ClauseType::deconflict && one.volumes && one.volumes->grid;
        }))
      problems_.add(pointer,
                    "needs volumes to compare: give it separation and grid, or the text a deconflict clause "
                    "with a grid");
  }

  void check_number_of_names() {
    size_t names = 0;
    model::for_each_name(text_, [&](model::Who const&, std::string const&) { ++names; });
    if (names > limits::agreement_names)
      problems_.add("", "names parties and offices " + std::to_string(names) + " times; at most " +
                            std::to_string(limits::agreement_names) + " are taken");
  }

  // A party that is listed, or an office that its party's entry covers. What could not be read takes part, so that one
  // mistake is told once.
  bool takes_part(std::string const& name) const {
    if (name.empty() || parties_.empty() || parties_.contains("")) return true;
    auto const office = model::split_office(name);
    auto const found = parties_.find(office ? std::string(office->first) : name);
    if (found == parties_.end()) return false;
    auto const& offices = found->second->offices;
    return !office || offices.empty() || std::ranges::any_of(offices, [&](auto const& listed) {
      return listed.name == name || listed.name.empty();
    });
  }

  Text const& text_;
  Problems& problems_;
  std::map<std::string, Participant const*> parties_;
  std::set<std::string> clauses_;
};

}  // namespace

void check_whole(Text const& text, Problems& problems) { WholeCheck(text, problems).run(); }

}  // namespace comity::forms
