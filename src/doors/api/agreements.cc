// Agreements as the asker may know them, and texts that are not agreements yet.
#include <algorithm>
#include <charconv>
#include <iterator>

#include "doors/api/endpoint.h"
#include "doors/http/negotiate.h"
#include "forms/agreement.h"
#include "release/told_law.h"
#include "release/told_office.h"
#include "release/told_own.h"
#include "sequencer/preview.h"

namespace comity::api {
namespace {

using http::Method;
using release::Eyes;

Result<void> known(Call const& call, Eyes const& eyes) {
  AgreementKey const key = TRY(agreement_of(eyes, call.param("agreement")));
  std::string_view const version = call.query("version");
  bool const right =
      eyes.view.reads_text(key) && version == std::to_string(eyes.state.law.agreement(key).version);
  if (!version.empty() && !right) return not_there();
  return {};
}

template <class E, size_t n>
std::optional<E> word(std::string_view text, std::pair<std::string_view, E> const (&words)[n]) {
  for (auto const& [known_word, value] : words)
    if (known_word == text) return value;
  return std::nullopt;
}

std::optional<state::AgreementState> state_named(std::string_view text) {
  using state::AgreementState;
  for (auto value = AgreementState::draft; value <= AgreementState::superseded;
       value = static_cast<AgreementState>(static_cast<int>(value) + 1))
    if (text == state::name_of(value)) return value;
  return std::nullopt;
}

std::optional<model::AgreementKind> kind_named(std::string_view text) {
  using model::AgreementKind;
  static constexpr std::pair<std::string_view, AgreementKind> words[] = {
      {"memorandum", AgreementKind::memorandum},
      {"bilateral", AgreementKind::bilateral},
      {"convention", AgreementKind::convention},
      {"resolution", AgreementKind::resolution},
      {"arrangement", AgreementKind::arrangement}};
  return word(text, words);
}

Result<release::AgreementFilter> filter_of(Call const& call, Eyes const& eyes) {
  release::AgreementFilter filter;
  if (auto const text = call.query("state"); !text.empty()) {
    filter.state = state_named(text);
    if (!filter.state) return fail(ErrorCode::bad_input, "no such state of an agreement");
  }
  if (auto const text = call.query("kind"); !text.empty()) {
    filter.kind = kind_named(text);
    if (!filter.kind) return fail(ErrorCode::bad_input, "no such kind of agreement");
  }
  if (auto const text = call.query("party"); !text.empty()) {
    filter.party = eyes.view.party(text);
    if (filter.party.is_none()) return fail(ErrorCode::bad_input, "no such party");
  }
  filter.after = call.query("next");
  return filter;
}

Result<Page> agreements(Call const& call, Making) {
  return call.look([&](Eyes const& eyes) -> Result<Page> {
    return page_of(eyes, release::tell_agreements(eyes, TRY(filter_of(call, eyes))));
  });
}

Result<Page> words(Call const& call) {
  return call.look([&](Eyes const& eyes) -> Result<Page> {
    AgreementKey const key = TRY(agreement_of(eyes, call.param("agreement")));
    auto const told = TRY(release::tell_words(eyes, key));
    return Page{200, release::Composer::plain(told), "text/markdown; charset=utf-8", {}};
  });
}

Result<Page> agreement(Call const& call, Making) {
  static constexpr http::Offer offers[] = {{"application/json"}, {"text/markdown"}};
  if (http::best_of(call.request.headers.joined("Accept"), offers) == 1) return words(call);
  return call.look([&](Eyes const& eyes) -> Result<Page> {
    AgreementKey const key = TRY(agreement_of(eyes, call.param("agreement")));
    PayloadKey const source = eyes.state.law.agreement(key).source;
    Bytes const bytes = TRY(call.centre().payload(source));
    return page_of(eyes, release::tell_agreement(eyes, key, {source, bytes}));
  });
}

// Records are read without the lock, and told under it.
Result<Page> acts(Call const& call, Making) {
  auto const indices = TRY(
      call.look_with_log([&](Eyes const& eyes, views::OfficeLog const& log) -> Result<std::vector<Index>> {
        AgreementKey const key = TRY(agreement_of(eyes, call.param("agreement")));
        // How long it takes says nothing of acts that are not told.
        if (eyes.view.knows_acts(key)) return eyes.state.law.agreement(key).acts;
        auto const& own = log.records_of(eyes.office());
        std::vector<Index> both;
        std::ranges::set_intersection(eyes.state.law.agreement(key).acts, own, std::back_inserter(both));
        return both;
      }));
  std::vector<model::Record> records;
  for (Index const index : indices) records.push_back(TRY(call.centre().reader().read(index)));
  return call.look([&](Eyes const& eyes) -> Result<Page> {
    return page_of(eyes, release::tell_acts(eyes, TRY(agreement_of(eyes, call.param("agreement"))), records));
  });
}

Result<Page> clocks(Call const& call, Making) {
  return call.look([&](Eyes const& eyes) -> Result<Page> {
    return page_of(eyes, release::tell_clocks(eyes, TRY(agreement_of(eyes, call.param("agreement")))));
  });
}

Result<Page> matrix(Call const& call, Making) {
  return call.look([&](Eyes const& eyes) -> Result<Page> {
    return page_of(eyes, release::tell_matrix(eyes, TRY(agreement_of(eyes, call.param("agreement")))));
  });
}

// Nothing is stored and nothing recorded; names mean what they mean to the asker (25-isolation B2).
Result<Page> compile(Call const& call, Making) {
  auto compiled = forms::compile(call.request.body);
  if (!compiled) return unreadable(compiled.error());
  release::Told const hash = release::tell_text_hash(*compiled);
  auto const preview =
      sequencer::preview_text(call.centre(), call.who.author(), std::move(*compiled), call.request.body);
  if (!preview) return unreadable(preview.error());
  return call.look([&](Eyes const& eyes) -> Result<Page> {
    Eyes const hypothetical(*preview->copy, eyes.view.viewer(), call.room.keys);
    AgreementKey const draft(preview->copy->law.agreements.size() - 1);
    auto const& [source, bytes] = *preview->payloads.begin();
    release::Composer body(eyes);
    body.open().name("text_hash").told(hash).name("grants");
    body.told(TRY(release::tell_grants(hypothetical, draft, {source, bytes}))).close();
    return page_of(body.finish());
  });
}

constexpr Endpoint endpoints[] = {
    {Method::get, "/api/v1/agreements", Right::none, nullptr, Kind::read, json_media, {}, agreements},
    {Method::post, "/api/v1/agreements/compile", Right::none, nullptr, Kind::write, json_media, json_media,
     compile},
    {Method::get,
     "/api/v1/agreements/{agreement}",
     Right::none,
     known,
     Kind::read,
     text_media,
     {},
     agreement},
    {Method::get,
     "/api/v1/agreements/{agreement}/acts",
     Right::none,
     known,
     Kind::read,
     json_media,
     {},
     acts},
    {Method::get,
     "/api/v1/agreements/{agreement}/clocks",
     Right::none,
     known,
     Kind::read,
     json_media,
     {},
     clocks},
    {Method::get,
     "/api/v1/agreements/{agreement}/matrix",
     Right::none,
     known,
     Kind::read,
     json_media,
     {},
     matrix},
};

}  // namespace

std::span<Endpoint const> agreement_endpoints() { return endpoints; }

}  // namespace comity::api
