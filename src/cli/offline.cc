// init, replay, verify, snapshot: what is done to a data directory without serving from it.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <optional>

#include "cli/exit_code.h"
#include "cli/filing.h"
#include "cli/local.h"
#include "cli/new_password.h"
#include "cli/opening.h"
#include "cli/report.h"
#include "commands/set_credential.h"
#include "crypto/base64.h"
#include "crypto/ed25519.h"
#include "crypto/password.h"
#include "journal/verify.h"
#include "json/json.h"
#include "sequencer/centre.h"
#include "sequencer/replay.h"

namespace comity::cli {
namespace {

// A public key as `comity key show` prints it: base64 of 32 octets.
Result<crypto::PublicKey> read_public_key(Seam seam, std::string const& path) {
  std::string text = TRY(seam.files.read(path));
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  auto const octets = crypto::from_base64(text);
  if (!octets)
    return fail(ErrorCode::bad_input, path + " is not a public key; `comity key show FILE` prints one");
  return crypto::PublicKey::from(*octets);
}

Result<commands::Genesis> genesis_of(InitOptions const& options, Seam seam) {
  commands::Genesis genesis;
  genesis.centre_name = options.name;
  genesis.origin = options.origin;
  genesis.host_slug = options.host_slug;
  genesis.host_name = options.host_name;
  genesis.host_office = options.host_office;
  if (options.preset == InitOptions::Preset::dss) genesis.preset = commands::Genesis::Preset::dss;
  auto const host = TRY(read_public_key(seam, options.host_key_file));
  genesis.host_key_id = crypto::key_id(host);
  genesis.host_key = host.octets;
  for (OfficerOption const& officer : options.officers) {
    auto const key = TRY(read_public_key(seam, officer.key_file));
    genesis.officers.push_back({officer.slug, crypto::key_id(key), key.octets});
  }
  return genesis;
}

std::string first_passwords(InitOptions const& options) { return options.data + "/first-passwords"; }

void print(Format format, json::Object const& report, std::string const& sentence) {
  std::puts(format == Format::json ? json::write(report).c_str() : sentence.c_str());
}

// Record 0 holds no secret, so each officer gets a first password by a command of her own, while no door is open. The
// password stands in a file that only the owner of the directory reads; the officer changes it and deletes the file.
Result<void> give_first_passwords(sequencer::Centre& centre, InitOptions const& options) {
  Seam const seam = centre.seam();
  Filing filing(centre);
  for (OfficerOption const& officer : options.officers) {
    std::string const name = officer.slug + "@" + options.host_slug;
    std::string const password = new_password(seam.entropy);
    auto const verifier = TRY(crypto::hash_password(password, seam.entropy));
    auto command =
        Filing::prepared(model::CommandKind::set_credential, commands::SetCredential{name}, verifier.text);
    TRY(filing.file(filing.as_officer(name, nullptr), std::move(command)));
    TRY_VOID(seam.files.write(first_passwords(options) + "/" + name, password + "\n", 0600));
  }
  return {};
}

// What the description brings; an object that is refused is an error where none may be left out.
Result<std::string> move_in(sequencer::Centre& centre, InitOptions const& options, Given const& given) {
  std::string const& file = options.description;
  MovedIn const moved = TRY(move_in({centre,
                                     options.officers.front().slug + "@" + options.host_slug,
                                     first_passwords(options),
                                     file.substr(0, file.find_last_of('/') + 1),
                                     {options.strictness, {}}},
                                    given));
  std::string told = fmt::format("{} users, {} collections, {} objects accepted, {} refused\n",
                                 given.description.secrets.size(), given.description.seeds.size(),
                                 moved.accepted, moved.refused);
  for (auto const& [code, reason] : moved.reasons)
    told += fmt::format("  {} refused: {}, the first {}\n", reason.objects, code, reason.first);
  if (moved.refused == 0 || options.refused == InitOptions::Refused::left_out) return told;
  return fail(ErrorCode::bad_input,
              told +
                  "Nothing was made. Mend them, or say --permissive (what breaks a MUST without danger is "
                  "accepted), or --leave-out.");
}

Result<std::string> make_centre(InitOptions const& options, commands::Genesis const& genesis, Seam seam,
                                Given const* given) {
  TRY_VOID(sequencer::Centre::init(options.data, genesis, seam));
  auto const centre = TRY(sequencer::Centre::open({.data = options.data}, seam));
  TRY_VOID(seam.files.make_folder(first_passwords(options), 0700));
  TRY_VOID(give_first_passwords(*centre, options));
  return given ? move_in(*centre, options, *given) : Result<std::string>(std::string());
}

namespace fs = std::filesystem;

// A centre with what another server held takes a while to make: it is made in a folder beside, and bears its name when it
// is whole. So what was cut off never serves, and what failed leaves nothing.
Result<std::string> make_aside(InitOptions options, commands::Genesis const& genesis, Seam seam,
                               Given const& given) {
  std::string const data = options.data;
  std::error_code error;
  bool const is_there = fs::exists(fs::symlink_status(data, error));
  if (is_there && !(fs::is_directory(data, error) && fs::is_empty(data, error)))
    return fail(ErrorCode::bad_input, data + " is there and not an empty folder; choose another one");
  options.data = data + ".new";
  if (!fs::create_directory(options.data, error) || error)
    return fail(
        ErrorCode::bad_input,
        options.data +
            " cannot be made. If it is there, another init is at work or was cut off: delete it then");
  auto made = make_centre(options, genesis, seam, &given);  // closed again
  if (made) {
    fs::rename(options.data, data, error);
    if (!error) return made;
    return fail(ErrorCode::bad_input, "it is made, but cannot be moved from " + options.data + " to " + data +
                                          " (" + error.message() + "); move it yourself");
  }
  fs::remove_all(options.data, error);
  return made;
}

}  // namespace

int init(InitOptions const& options) {
  Seam const seam = system_seam();
  std::optional<Given> given;
  if (!options.description.empty()) {
    auto read = read_opening(options.description, seam);
    if (!read) return report(read.error());
    given.emplace(std::move(*read));
  }
  auto genesis = genesis_of(options, seam);
  if (!genesis) return report(genesis.error());
  if (given) genesis->opening = given->description.opening;
  auto const made =
      given ? make_aside(options, *genesis, seam, *given) : make_centre(options, *genesis, seam, nullptr);
  if (!made) return report(made.error());
  if (options.telling == InitOptions::Telling::nothing) return code(Exit::done);
  fmt::print(
      "{0} is made: {1} with {2} officers. Their first passwords are in {0}/first-passwords{4}; each officer "
      "sets "
      "her own (`comity people password`) and deletes the file.\n{3}Next: comity serve --data {0}\n",
      options.data, options.origin, genesis->officers.size(), *made,
      given ? ", with those of users who had none" : "");
  return code(Exit::done);
}

int replay(ReplayOptions const& options) {
  auto const reader = journal::Reader::open(sequencer::journal_path(options.data));
  if (!reader) return report(reader.error());
  auto const redecide = options.decide == Redecide::yes ? sequencer::Redecide::yes : sequencer::Redecide::no;
  auto const progress = [](Index done) { fmt::print(stderr, "\r{} records", done); };
  auto const replayed = sequencer::replay(**reader, redecide, progress);
  if (!replayed) return report(replayed.error());
  json::Object told{{"records", replayed->records},
                    {"not_decidable", replayed->not_decidable},
                    {"state", to_hex(replayed->state)}};
  if (replayed->mismatch) {
    told["mismatch"] = *replayed->mismatch;
    print(options.format, told,
          fmt::format(
              "Record {} was ruled otherwise than the machine rules now. Either its bytes were changed, or a "
              "rule was changed without a new ruleset. Look at it with `comity verify --data {}`.",
              *replayed->mismatch, options.data));
    return code(Exit::integrity);
  }
  auto const by_snapshot = sequencer::state_by_snapshot(options.data, **reader, replayed->records);
  if (!by_snapshot) return report(by_snapshot.error());
  if (by_snapshot->value_or(replayed->state) != replayed->state) {
    told["state_by_snapshot"] = to_hex(**by_snapshot);
    print(
        options.format, told,
        fmt::format("The newest snapshot is not what the records add up to: a start from it gives the state "
                    "{}, the records {}. Somebody has changed {}: stop the centre, delete it and start, "
                    "which reads all records",
                    to_hex(**by_snapshot), to_hex(replayed->state), sequencer::snapshots_path(options.data)));
    return code(Exit::integrity);
  }
  print(options.format, told,
        fmt::format("{} records replayed{}, state {}", replayed->records,
                    options.decide == Redecide::yes
                        ? fmt::format(" and decided again ({} not decidable)", replayed->not_decidable)
                        : "",
                    to_hex(replayed->state)));
  return code(Exit::done);
}

// What is damaged is for whoever looks at all of it.
static Result<void> is_not_newer(std::string const& journal) {
  auto const reader = journal::Reader::open(journal);
  auto const known = reader ? sequencer::known_ruleset(**reader) : Result<void>{};
  return known || known.error().code != ErrorCode::unsupported ? Result<void>{} : known;
}

int verify(VerifyOptions const& options) {
  if (auto const known = is_not_newer(sequencer::journal_path(options.data)); !known)
    return report(known.error());
  auto const progress = [](Index done, Index total) {
    fmt::print(stderr, "\r{} of {} records", done, total);
  };
  auto const verified = journal::verify(sequencer::journal_path(options.data), progress);
  if (!verified) return report(verified.error());
  json::Object told{{"records", verified->head.size},
                    {"payloads", verified->payloads},
                    {"destroyed", verified->destroyed},
                    {"digest", to_hex(verified->head.running)}};
  if (verified->ok()) {
    print(options.format, told,
          fmt::format("{} records and {} payloads are what was stored; running digest {}",
                      verified->head.size, verified->payloads, to_hex(verified->head.running)));
    return code(Exit::done);
  }
  told["damage"] = verified->damage->what;
  if (verified->damage->record) told["record"] = *verified->damage->record;
  std::string const where =
      verified->damage->record ? fmt::format("Record {}: ", *verified->damage->record) : "";
  print(options.format, told, where + verified->damage->what);
  return code(Exit::integrity);
}

int snapshot(std::string const& data) {
  auto const made = sequencer::take_snapshot(data);
  if (!made) return report(made.error());
  fmt::print("{} {}\n", made->index, to_hex(made->digest));
  return code(Exit::done);
}

}  // namespace comity::cli
