#include "sequencer/contribution.h"

#include "base/in_parallel.h"
#include "json/json.h"
#include "stix/order.h"

namespace comity::sequencer {
namespace {

// What a refused object says of itself, for the sender to find it again.
void name_refused(PostedObject& posted, BytesView bytes) {
  auto const value = json::parse(bytes, limits::stix_object_bytes, json::Numbers::any);
  auto const* object = value ? value->if_object() : nullptr;
  auto const text = [&](std::string_view name) {
    auto const* member = object ? object->if_contains(name) : nullptr;
    auto const* said = member ? member->if_string() : nullptr;
    return said && said->size() <= limits::name_bytes * 2 ? std::string(std::string_view(*said))
                                                          : std::string();
  };
  posted.id = text("id");
  posted.version = text("modified");
}

}  // namespace

Contributions contributions(Centre const& centre, Author author, stix::Envelope const& envelope,
                            std::string_view agreement, std::string_view key) {
  forms::Audience const audience{std::string(agreement), envelope.to_offices};
  Contributions all{envelope.purpose, {}, {}};
  stix::Judging judging = centre.judging();
  if (envelope.strictness == stix::Strictness::permissive) judging.strictness = stix::Strictness::permissive;
  std::vector<forms::Contribution> made;
  std::vector<size_t> number;  // of each made one, in the envelope
  using Judged = decltype(forms::contribution({}, audience, centre.keys().comparison, judging));
  std::vector<std::optional<Judged>> judged(envelope.objects.size());
  in_parallel(judged.size(), forms::contributions_worth_a_thread, [&](size_t i) {
    judged[i] = forms::contribution(envelope.objects[i], audience, centre.keys().comparison, judging);
  });
  for (size_t i = 0; i < judged.size(); ++i) {
    BytesView const bytes = envelope.objects[i];
    Judged& one = *judged[i];
    PostedObject posted;
    if (one) {
      posted.id = one->id;
      posted.version = one->version;
      all.warnings.add(one->id, one->warnings);
      if (!key.empty())
        one->prepared.command.idempotency_key = std::string(key) + "." + std::to_string(all.objects.size());
      number.push_back(all.objects.size());
      made.push_back(std::move(*one));
    } else {
      name_refused(posted, bytes);
      posted.findings = std::move(one.error());
    }
    all.objects.push_back(std::move(posted));
  }
  std::vector<stix::Posted> order;
  for (forms::Contribution const& one : made) order.push_back({one.id, one.references});
  for (size_t const next : stix::contribution_order(order)) {
    all.objects[number[next]].submission = all.submissions.size();
    all.submissions.push_back(prepare(centre, author, std::move(made[next].prepared)));
  }
  return all;
}

}  // namespace comity::sequencer
