#include "cli/opening.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "base/in_parallel.h"
#include "cli/filing.h"
#include "cli/given_file.h"
#include "cli/new_password.h"
#include "cli/sending.h"
#include "commands/seed_item.h"
#include "commands/set_credential.h"
#include "crypto/password.h"
#include "json/split.h"
#include "sequencer/prepare.h"

namespace comity::cli {
namespace {

constexpr size_t seeds_in_batch = 1'000;  // of one commit

Result<std::string> verifier_of(MoveIn const& where, forms::FirstSecret const& secret) {
  if (!secret.verifier.empty()) return secret.verifier;
  std::string password = secret.password;
  if (password.empty()) {
    password = new_password(where.centre.seam().entropy);
    TRY_VOID(where.centre.seam().files.write(where.passwords + "/" + secret.user, password + "\n", 0600));
  }
  return TRY(crypto::hash_password(password, where.centre.seam().entropy)).text;
}

Result<void> give_passwords(MoveIn const& where, std::vector<forms::FirstSecret> const& secrets) {
  Filing filing(where.centre);
  Filer const officer = filing.as_officer(where.officer, nullptr);
  Progress const progress(secrets.size(), "users");
  for (size_t i = 0; i < secrets.size(); ++i) {
    auto const verifier = TRY(verifier_of(where, secrets[i]));
    TRY(filing.file(officer, Filing::prepared(model::CommandKind::set_credential,
                                              commands::SetCredential{secrets[i].user}, verifier)));
    progress.show(i + 1);
  }
  return {};
}

// The objects of one collection on their way in, by date.
class Seeding {
 public:
  Seeding(MoveIn const& where, std::string collection, MovedIn& count)
      : where_(where), audience_{std::move(collection), {}}, count_(count) {
    author_ = where.centre.read([](sequencer::Glimpse const& glimpse) {
      return sequencer::Author{glimpse.state.law.arrangement->office, {}};
    });
  }

  Result<void> all(std::vector<BytesView> const& texts) {
    UtcTime const now = where_.centre.seam().clock.now();
    std::vector<forms::Seed> seeds;
    for (size_t i = 0; i < texts.size(); ++i) {
      auto const seed = forms::read_seed(texts[i]);
      std::string const which = "number " + std::to_string(i + 1);
      if (!seed)
        refuse("not_dated_or_no_object", which);
      else if (seed->date_added > now)
        refuse("date_to_come", which);
      else
        seeds.push_back(*seed);
    }
    std::ranges::sort(seeds, [](forms::Seed const& a, forms::Seed const& b) {
      return std::pair(a.date_added, a.object.data()) < std::pair(b.date_added, b.object.data());
    });
    std::vector<UtcTime> dates;
    for (forms::Seed const& seed : seeds) dates.push_back(seed.date_added);
    spread(dates);
    for (size_t i = 0; i < seeds.size(); ++i) seeds[i].date_added = dates[i];
    Progress const progress(seeds.size());
    for (size_t at = 0; at < seeds.size(); at += seeds_in_batch) {
      size_t const end = std::min(seeds.size(), at + seeds_in_batch);
      TRY_VOID(batch({seeds.data() + at, end - at}));
      progress.show(end);
    }
    return {};
  }

 private:
  using Judged = stix::Judged<forms::Contribution>;

  Result<void> batch(std::span<forms::Seed const> seeds) {
    std::vector<std::optional<Judged>> judged(seeds.size());
    in_parallel(seeds.size(), forms::contributions_worth_a_thread, [&](size_t i) {
      judged[i] =
          forms::contribution(seeds[i].object, audience_, where_.centre.keys().comparison, where_.judging);
    });
    std::vector<sequencer::Submission> submissions;
    std::vector<std::string> ids;
    for (size_t i = 0; i < seeds.size(); ++i) {
      if (!*judged[i]) {
        refuse(judged[i]->error().front().code, "dated " + to_text(seeds[i].date_added));
        continue;
      }
      ids.push_back((*judged[i])->id);
      submissions.push_back(seed_of(std::move((*judged[i])->prepared), seeds[i].date_added));
    }
    if (submissions.empty()) return {};
    auto const answers = where_.centre.submit_and_wait(std::move(submissions));
    for (size_t i = 0; i < answers.size(); ++i) {
      if (answers[i].kind == sequencer::Answer::Kind::busy)
        return fail(ErrorCode::busy, "the journal took nothing; is the disk full?");
      if (answers[i].kind == sequencer::Answer::Kind::over_quota)
        refuse("too_many_refused", ids[i]);
      else if (answers[i].ruling.accepted())
        ++count_.accepted;
      else
        refuse(model::name_of(answers[i].ruling.reasons.front().code), ids[i]);
    }
    return {};
  }

  sequencer::Submission seed_of(forms::Prepared&& made, UtcTime date) {
    auto body = codec::decode<commands::Contribute>(made.command.body);
    made.command.kind = model::CommandKind::seed_item;
    made.command.body = codec::encode(commands::SeedItem{std::move(*body), date});
    return sequencer::prepare(where_.centre, author_, std::move(made));
  }

  void refuse(std::string_view code, std::string const& which) {
    ++count_.refused;
    MovedIn::Reason& reason = count_.reasons[std::string(code)];
    if (reason.objects++ == 0) reason.first = which;
  }

  MoveIn const& where_;
  forms::Audience const audience_;
  MovedIn& count_;
  sequencer::Author author_;
};

// One object in each line; empty ones are nothing.
std::vector<BytesView> lines_of(BytesView text) {
  std::vector<BytesView> lines;
  while (!text.empty()) {
    size_t const end = text.find('\n');
    BytesView const line = text.substr(0, end);
    if (line.find_first_not_of(" \t\r") != line.npos) lines.push_back(line);
    text = end == text.npos ? BytesView() : text.substr(end + 1);
  }
  return lines;
}

}  // namespace

Result<Given> read_opening(std::string const& file, Seam seam) {
  Given given{TRY(given_file(file)), {}};
  auto description = forms::read_description(given.text);
  if (!description) {
    for (forms::Problem const& problem : description.error())
      fmt::print(stderr, "{}{}: {}\n", file, problem.pointer, problem.reason);
    return fail(ErrorCode::bad_input,
                file + " does not describe a centre of preset taxii; see docs/formats.md");
  }
  given.description = std::move(*description);
  std::string const beside = file.substr(0, file.find_last_of('/') + 1);
  for (forms::Seeds const& seeds : given.description.seeds)
    if (!seeds.file.empty() && !seam.files.exists(beside + seeds.file))
      return fail(ErrorCode::bad_input,
                  "there is no " + beside + seeds.file + ", which the description names");
  return given;
}

Result<MovedIn> move_in(MoveIn const& where, Given const& given) {
  MovedIn count;
  TRY_VOID(give_passwords(where, given.description.secrets));
  for (size_t i = 0; i < given.description.seeds.size(); ++i) {
    forms::Seeds const& seeds = given.description.seeds[i];
    std::string const name = where.centre.read(
        [&](sequencer::Glimpse const& glimpse) { return glimpse.state.law.agreement(AgreementKey(i)).id; });
    Seeding seeding(where, name, count);
    if (seeds.file.empty()) {
      TRY_VOID(seeding.all(seeds.inside));
      continue;
    }
    Bytes const text = TRY(where.centre.seam().files.read(where.beside + seeds.file));
    if (seeds.file.ends_with(".jsonl")) {
      TRY_VOID(seeding.all(lines_of(text)));
    } else {
      auto const parts = json::split(text, {"objects", text.size()});
      if (!parts || !parts->found)
        return fail(ErrorCode::bad_input, where.beside + seeds.file + " has no list of objects");
      TRY_VOID(seeding.all(parts->elements));
    }
  }
  return count;
}

void spread(std::vector<UtcTime>& dates) {
  UtcTime last{};
  for (size_t begin = 0; begin < dates.size();) {
    size_t end = begin;
    while (end < dates.size() && dates[end] == dates[begin]) ++end;
    UtcTime const date = dates[begin];
    for (size_t i = begin; i < end; ++i) {
      UtcTime const wanted = date - microseconds(static_cast<int64_t>(end - 1 - i));
      dates[i] = last == UtcTime{} ? wanted : std::max(wanted, last + microseconds(1));
      last = dates[i];
    }
    begin = end;
  }
}

}  // namespace comity::cli
