// Previews: what commands would bring about (10-agreements; 25-isolation G5, B13).
#include "doors/api/endpoint.h"
#include "forms/command.h"
#include "json/pointer.h"
#include "json/split.h"
#include "release/told_filing.h"
#include "release/told_items.h"
#include "release/told_law.h"
#include "release/told_office.h"
#include "sequencer/preview.h"

namespace comity::api {
namespace {

using release::Eyes;
using sequencer::Preview;

struct Questions {
  bool refused = false, grant_diff = false, who_sees = false, who_is_told = false;
};

struct Asked {
  std::vector<forms::Prepared> commands;
  Questions questions;
};

// One preview at a time for each office.
class Turn {
 public:
  Turn(Room& room, OfficeKey office) : room_(room), office_(office) {
    std::lock_guard const guard(room_.previewing_mutex);
    mine_ = room_.previewing.insert(office_).second;
  }
  ~Turn() {
    if (!mine_) return;
    std::lock_guard const guard(room_.previewing_mutex);
    room_.previewing.erase(office_);
  }
  Turn(Turn const&) = delete;
  bool is_mine() const { return mine_; }

 private:
  Room& room_;
  OfficeKey const office_;
  bool mine_ = false;
};

Questions read_questions(forms::Place const& place) {
  enum class Word : uint8_t { refused, grant_diff, who_sees, who_is_told };
  static constexpr forms::Word<Word> words[] = {{"refused?", Word::refused},
                                                {"grant_diff", Word::grant_diff},
                                                {"who_sees", Word::who_sees},
                                                {"who_is_told", Word::who_is_told}};
  Questions questions;
  for (forms::Place const& element : place.elements(std::size(words))) {
    auto const word = element.word(words);
    questions.refused |= word == Word::refused;
    questions.grant_diff |= word == Word::grant_diff;
    questions.who_sees |= word == Word::who_sees;
    questions.who_is_told |= word == Word::who_is_told;
  }
  return questions;
}

std::expected<Asked, forms::Unreadable> read_asked(Call const& call) {
  Asked asked;
  forms::Problems problems;
  auto const value = json::parse(call.request.body, limits::request_body_bytes, json::Numbers::any);
  if (!value)
    return std::unexpected(
        forms::Unreadable{value.error().code, {{value.error().pointer, value.error().detail}}});
  {
    forms::Members members(forms::Place(*value, "", problems));
    if (auto const commands = members.required("commands")) commands->elements(limits::command_list);
    if (auto const questions = members.required("questions")) asked.questions = read_questions(*questions);
  }
  if (!problems.none()) return std::unexpected(forms::Unreadable{ErrorCode::bad_input, problems.take()});
  auto const parts = json::split(call.request.body, {"commands", limits::command_list});
  sequencer::Tools const tools(call.centre(), call.who.author());
  for (size_t i = 0; parts && i < parts->elements.size(); ++i) {
    auto command = forms::read_command(parts->elements[i], "", tools);
    if (!command) {
      for (forms::Problem& problem : command.error().problems)
        problem.pointer = json::pointer_to("/commands", i) + problem.pointer;
      return std::unexpected(std::move(command).error());
    }
    // In preset `dss` a filing is judged by what others have filed.
    bool const by_others =
        forms::is_filing(command->command.kind) &&
        call.centre().glance([](auto const& glimpse) { return glimpse.state.airspace.one_namespace; });
    if (by_others || !forms::can_be_previewed(command->command.kind))
      return std::unexpected(forms::Unreadable{ErrorCode::bad_input,
                                               {{json::pointer_to("/commands", i) + "/kind",
                                                 "looks at what others have filed, so it is no preview: file "
                                                 "it, and it is recorded and charged"}}});
    asked.commands.push_back(std::move(*command));
  }
  return asked;
}

// What a preview is worked out in, and by whose eyes it is told (25-isolation G5).
struct Foresight {
  Preview const& preview;
  Eyes copy, known;
};

void tell_refused(release::Composer& body, Foresight const& foresight) {
  body.name("refused?").open_list();
  for (sequencer::Foreseen const& step : foresight.preview.steps)
    if (auto told = release::tell_ruled(
            foresight.known,
            {foresight.known.office(), release::told_digest(step.kind, step.digest), step.ruling}))
      body.told(*told);
  body.close_list();
}

Result<void> tell_diffs(release::Composer& body, Call const& call, Foresight const& foresight) {
  Preview const& preview = foresight.preview;
  release::LawChange const change{preview.before, preview.then, preview.assumed};
  body.name("grant_diff").open_list();
  for (AgreementKey const key : release::changed_agreements(foresight.known, change)) {
    PayloadKey const source = preview.then.agreement(key).source;
    auto const own = preview.payloads.find(source);
    Bytes const bytes = own != preview.payloads.end() ? own->second : TRY(call.centre().payload(source));
    body.told(TRY(release::tell_grant_diff(foresight.known, change, key, {source, bytes})));
  }
  body.close_list();
  return {};
}

void tell_audiences(release::Composer& body, Foresight const& foresight) {
  body.name("who_sees").open_list();
  for (size_t i = 0; i < foresight.preview.steps.size(); ++i) {
    sequencer::Foreseen const& step = foresight.preview.steps[i];
    if (step.item.is_none()) continue;
    auto const told = release::tell_who_would_see(foresight.copy, foresight.known, step.item, step.agreement);
    if (!told) continue;
    body.open().name("command").number(static_cast<int64_t>(i)).name("audience").told(*told).close();
  }
  body.close_list();
}

void tell_who_is_told(release::Composer& body, Foresight const& foresight) {
  body.name("who_is_told").open_list();
  for (size_t i = 0; i < foresight.preview.steps.size(); ++i) {
    sequencer::Foreseen const& step = foresight.preview.steps[i];
    if (!forms::is_filing(step.kind) || !step.ruling.accepted()) continue;
    auto const told = release::tell_would_be_told(foresight.known, step.told);
    body.open().name("command").number(static_cast<int64_t>(i)).name("told").told(told).close();
  }
  body.close_list();
}

}  // namespace

Result<Page> previews(Call const& call, Making) {
  Turn const turn(call.room, call.who.office);
  if (!turn.is_mine()) return fail(ErrorCode::over_quota, "");
  auto asked = read_asked(call);
  if (!asked && asked.error().code == ErrorCode::bad_input) return unreadable(asked.error().problems);
  if (!asked) return fail(asked.error().code, asked.error().problems.front().reason);
  Preview const preview = TRY(sequencer::preview(call.centre(), call.who.author(), std::move(asked->commands),
                                                 limits::preview_within));
  return call.look([&](Eyes const& eyes) -> Result<Page> {
    state::Viewer const viewer = eyes.view.viewer();
    Foresight const foresight{
        preview, {*preview.copy, viewer, call.room.keys}, {*preview.known, viewer, call.room.keys}};
    release::Composer body(eyes);
    body.open();
    if (asked->questions.refused) tell_refused(body, foresight);
    if (asked->questions.grant_diff) TRY_VOID(tell_diffs(body, call, foresight));
    if (asked->questions.who_sees) tell_audiences(body, foresight);
    if (asked->questions.who_is_told) tell_who_is_told(body, foresight);
    return page_of(body.close().finish());
  });
}

}  // namespace comity::api
