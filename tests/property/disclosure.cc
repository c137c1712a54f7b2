// What the release rule answers, for comparison with the oracle (tests/oracle).
//
// Reads worlds from standard input, one JSON object a line. For each it writes a line per viewer office, item and
// agreement, in that order: the answer of `disclosure`, in the form of `told` in tests/oracle/oracle.py. Ends with
// status 2 at the first world that it cannot read.
#include <exception>
#include <iostream>
#include <string>

#include "json/json.h"
#include "property/read_world.h"
#include "state/disclosure.h"

namespace comity::tests {
namespace {

json::Array list_of(std::vector<std::string> const& texts) { return json::Array(texts.begin(), texts.end()); }

json::Object told(state::Disclosure const& answer) {
  json::Object out;
  out["given"] = answer.given;
  if (!answer.given) return out;
  model::EditionForm const& form = answer.form;
  out["clause"] = answer.clause;
  out["all"] = form.all_fields;
  json::Array fields;
  for (model::GrantedField const& field : form.granted)
    fields.push_back(json::Array{json::Value(field.name), field.location_grid_m, field.time_round_s});
  out["fields"] = std::move(fields);
  out["prohibited"] = list_of(form.prohibited);
  out["cut"] = list_of(form.cut);
  out["dropped"] = list_of(form.dropped);
  out["renamed"] = list_of(form.renamed);
  out["attribution"] = form.attribution == model::Attribution::named ? "named" : "centre";
  out["own_id"] = form.own_id;
  return out;
}

void answer_all(World const& world) {
  state::Question const question{world.law, world.holdings, world.now};
  for (size_t viewer = 0; viewer < world.law.offices.size(); ++viewer)
    for (size_t item = 0; item < world.holdings.items.size(); ++item)
      for (size_t agreement = 0; agreement < world.law.agreements.size(); ++agreement) {
        auto const answer = disclosure(question, OfficeKey(viewer), ItemKey(item), AgreementKey(agreement));
        std::cout << json::write(told(answer)) << '\n';
      }
  std::cout << std::flush;
}

}  // namespace
}  // namespace comity::tests

int main() {
  std::ios::sync_with_stdio(false);
  try {
    for (std::string line; std::getline(std::cin, line);)
      comity::tests::answer_all(comity::tests::read_world(line));
  } catch (std::exception const& error) {
    std::cerr << "a world cannot be read: " << error.what() << '\n';
    return 2;
  }
  return 0;
}
