#include "release/told_own.h"

#include "base/ensure.h"
#include "release/ids.h"
#include "release/telling.h"
#include "release/told_filing.h"

namespace comity::release {

Result<Told> tell_ruling(Eyes const& eyes, OfficeKey author, model::Ruling const& ruling) {
  if (author.is_none() || author != eyes.office()) return hidden_or_absent();
  json::Value told = forms::ruling_json(ruling, NamesThrough(eyes.view));
  put_filing(told.as_object(), eyes, ruling);
  return Teller::tell(eyes, std::move(told));
}

Told tell_problem(FixedText title, int status, Error const& error) {
  json::Object out{{"title", title.text()}, {"status", status}};
  if (!error.detail.empty()) out["detail"] = error.detail;
  if (!error.pointer.empty()) out["pointer"] = error.pointer;
  return Teller::tell_timeless(std::move(out));
}

Told tell_problems(std::vector<forms::Problem> const& problems) {
  json::Array all;
  for (forms::Problem const& problem : problems)
    all.push_back(json::Object{{"pointer", problem.pointer}, {"reason", problem.reason}});
  return Teller::tell_timeless(std::move(all));
}

Told tell_text_hash(forms::Compiled const& compiled) {
  return Teller::tell_timeless(json::Value(to_hex(compiled.text_hash)));
}

Told tell_collection_id(Eyes const& eyes, AgreementKey agreement, FixedText name) {
  return Teller::tell(
      eyes, json::Value(collection_id(eyes.keys, eyes.state.law, eyes.office(), agreement, name.text())));
}

Told tell_status_id(Eyes const& eyes, std::string_view idempotency_key) {
  return Teller::tell(eyes,
                      json::Value(status_id(eyes.keys, eyes.state.law, eyes.office(), idempotency_key)));
}

Told tell_echo(Eyes const& eyes, OfficeKey author, std::string_view text) {
  ensure(author == eyes.office());
  return Teller::tell(eyes, json::Value(text));
}

}  // namespace comity::release
