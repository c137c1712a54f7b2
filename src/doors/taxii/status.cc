#include "doors/taxii/tell_status.h"
#include "release/told_doors.h"
#include "release/told_own.h"

namespace comity::taxii {
namespace {

using release::Composer;
using release::Eyes;
using Rulings = std::map<size_t, model::Ruling>;

// One status at a time is told: what its parts share.
class Telling {
 public:
  Telling(Eyes const& eyes, Status const& status, Rulings const& rulings)
      : eyes_(eyes), status_(status), rulings_(rulings) {}

  void counts_and_lists(Composer& body) const {
    int64_t const all = static_cast<int64_t>(status_.fates.size());
    int64_t const good = std::ranges::count(status_.fates, Fate::How::accepted, &Fate::how);
    body.name("total_count").number(all).name("success_count").number(good);
    if (good > 0)
      list(body.name("successes"), [](Fate const& fate) { return fate.how == Fate::How::accepted; });
    body.name("failure_count").number(all - good);
    if (good < all)
      list(body.name("failures"), [](Fate const& fate) { return fate.how != Fate::How::accepted; });
    body.name("pending_count").number(0);
    if (!status_.warnings.codes().empty()) warnings(body);
  }

 private:
  release::Told echo(std::string_view text) const { return release::tell_echo(eyes_, eyes_.office(), text); }

  template <class Pick>
  void list(Composer& body, Pick pick) const {
    body.open_list();
    for (size_t i = 0; i < status_.fates.size(); ++i)
      if (pick(status_.fates[i])) one(body, i);
    body.close_list();
  }

  void one(Composer& body, size_t place) const {
    Fate const& fate = status_.fates[place];
    body.open().name("id").told(echo(fate.id));
    body.name("version").told(echo(fate.version.empty() ? to_text(status_.time) : fate.version));
    if (fate.how == Fate::How::unsound) findings(body, fate.findings);
    if (fate.how == Fate::How::over_quota)
      body.name("message").text("quota: too many refusals of this office this hour; nothing was recorded.");
    auto const ruling = rulings_.find(place);
    if (ruling != rulings_.end()) {
      if (auto const message = release::tell_message(eyes_, eyes_.office(), ruling->second))
        body.name("message").told(*message);
      if (auto const told = release::tell_ruling(eyes_, eyes_.office(), ruling->second))
        body.name("x_comity_ruling").told(*told);
    }
    body.close();
  }

  // What was accepted and is not quite the standard: each code once (25-isolation C1: of what this office sent).
  void warnings(Composer& body) const {
    body.name("x_comity_warnings").open_list();
    for (auto const& [code, tallied] : status_.warnings.codes()) {
      body.open()
          .name("code")
          .told(echo(code))
          .name("asked")
          .told(echo(tallied.asked == stix::Asked::must ? "must" : "should"));
      body.name("objects").number(static_cast<int64_t>(tallied.count));
      body.name("first").told(echo(tallied.id)).name("pointer").told(echo(tallied.pointer));
      body.name("detail").told(echo(tallied.detail)).close();
    }
    body.close_list();
  }

  // They quote nothing but what this office sent (stix/finding.h).
  void findings(Composer& body, stix::Findings const& all) const {
    std::string const first = std::string(all.front().code) + ": " + all.front().detail;
    body.name("message").told(echo(first)).name("x_comity_findings").open_list();
    for (stix::Finding const& finding : all) {
      body.open().name("code").told(echo(finding.code)).name("pointer").told(echo(finding.pointer));
      body.name("detail").told(echo(finding.detail)).close();
    }
    body.close_list();
  }

  Eyes const& eyes_;
  Status const& status_;
  Rulings const& rulings_;
};

}  // namespace

Or<release::Released<Bytes>> tell_status(Ask const& ask, Status const& status) {
  Rulings rulings;
  for (size_t i = 0; i < status.fates.size(); ++i) {
    if (status.fates[i].how != Fate::How::refused) continue;
    auto record = ask.room.centre.reader().read(status.fates[i].record);
    if (!record) return refuse(No::failed);
    rulings.emplace(i, std::move(record->ruling));
  }
  return ask.look([&](Eyes const& eyes) -> Or<release::Released<Bytes>> {
    Composer body(eyes);
    body.open().name("id").told(release::tell_status_id(eyes, status.name)).name("status").text("complete");
    body.name("request_timestamp").told(release::tell_echo(eyes, eyes.office(), to_text(status.time)));
    Telling(eyes, status, rulings).counts_and_lists(body);
    return body.close().finish();
  });
}

Or<release::Released<Bytes>> tell_preview(Ask const& ask, Status const& status, Rulings const& rulings) {
  return ask.look([&](Eyes const& eyes) -> Or<release::Released<Bytes>> {
    Composer body(eyes);
    body.open().name("x_comity_preview").truth(release::Truth::yes);
    Telling(eyes, status, rulings).counts_and_lists(body);
    return body.close().finish();
  });
}

Or<Made> status(Ask const& ask) {
  if (auto there = resolve(ask); !there) return std::unexpected(there.error());  // also that its root is (C2)
  auto const kept =
      ask.room.statuses.find(ask.viewer(), ask.param("status"), ask.room.centre.seam().clock.now());
  if (!kept) return refuse(No::not_there);
  auto body = tell_status(ask, *kept);
  if (!body) return std::unexpected(body.error());
  return made(std::move(*body));
}

}  // namespace comity::taxii
