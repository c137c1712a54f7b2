#include "cli/keeping.h"

#include <fmt/format.h>
#include <unistd.h>

#include "base/seam.h"
#include "cli/credentials.h"
#include "cli/given_file.h"
#include "cli/show.h"
#include "crypto/base64.h"
#include "json/json.h"
#include "sequencer/backup.h"

namespace comity::cli {
namespace {

void show_progress(Index done) {
  if (::isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\r\033[K{} records", done);
}

// The last line that is no comment.
std::string key_line(std::string_view text) {
  std::string line;
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    if (end != 0 && !text.starts_with('#')) line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return line;
}

// Each half says what it is: 32 octets alone could be the other one, or a party's key, and a backup sealed to that is lost.
constexpr size_t key_octets = 32;
constexpr std::string_view public_tag = "comity-backup-public:", private_tag = "comity-backup-private:";

std::optional<Bytes> octets_after(std::string_view tag, std::string_view text) {
  std::string const line = key_line(text);
  if (!line.starts_with(tag)) return std::nullopt;
  auto octets = crypto::from_base64(line.substr(tag.size()));
  return octets && octets->size() == key_octets ? std::optional(std::move(*octets)) : std::nullopt;
}

Result<crypto::RecipientPublicKey> recipient_in(std::string const& path) {
  auto const octets = octets_after(public_tag, TRY(given_file(path)));
  if (!octets)
    return fail(ErrorCode::bad_input,
                path + " is no public key of backups; `comity backup-key FILE` prints one");
  return crypto::RecipientPublicKey::from(*octets);
}

Result<crypto::RecipientKey> key_in(std::string const& path) {
  auto const secret = crypto::SecretText(TRY(read_private_file(path)));
  auto const octets = octets_after(private_tag, secret.text());
  if (!octets)
    return fail(ErrorCode::bad_input,
                path + " is no private key of backups; `comity backup-key FILE` makes one");
  return crypto::RecipientKey::from(*octets);
}

// A name beside which another is made.
std::string without_slash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

json::Object told(sequencer::Backup const& backup) {
  return {{"made", to_text(backup.made)},
          {"records", backup.head.size},
          {"payloads", backup.payloads},
          {"digest", to_hex(backup.head.running)}};
}

Result<sequencer::Backup> back_up(BackupCall const& call) {
  sequencer::BackupOptions options{call.data, without_slash(call.to)};
  if (!call.recipient.empty()) options.recipient = TRY(recipient_in(call.recipient));
  return sequencer::back_up(options, system_seam(), show_progress);
}

Result<sequencer::Backup> restore(RestoreCall const& call) {
  sequencer::RestoreOptions options{call.from, without_slash(call.data), {}, call.head};
  if (!call.key.empty()) options.key = TRY(key_in(call.key));
  return sequencer::restore(options, system_seam(), show_progress);
}

}  // namespace

Exit run_backup(BackupCall const& call) {
  auto const made = back_up(call);
  show_progress(made ? made->head.size : 0);
  if (!made) return complain(made.error());
  json::Object report = told(*made);
  report["octets"] = made->octets;
  if (!made->sealed_to.empty()) report["sealed_to"] = made->sealed_to;
  if (call.format == Format::json) {
    say_json(json::write(report));
  } else {
    say(fmt::format("{}: {} records, {} payloads, {:.1f} MB, read back and well{}\n", call.to,
                    made->head.size, made->payloads, static_cast<double>(made->octets) / 1e6,
                    made->sealed_to.empty() ? ". It is not sealed: whoever reads it reads everything in it"
                                            : "; sealed to " + made->sealed_to));
  }
  return Exit::done;
}

Exit run_restore(RestoreCall const& call) {
  auto const made = restore(call);
  show_progress(made ? made->head.size : 0);
  if (!made) return complain(made.error());
  json::Object report = told(*made);
  report["data"] = call.data;
  if (call.format == Format::json) {
    say_json(json::write(report));
    return Exit::done;
  }
  say(fmt::format(
      "{0} is restored: {1} records and {2} payloads as they were on {3}, every one what was stored.\n"
      "What was recorded since is lost. Next: comity serve --data {0}. It serves nobody until parties have "
      "presented\n"
      "what they took back since (`comity present`) and two officers have recorded it:\n"
      "  comity host show; comity host restored {1} SIZE --key …; comity host countersign DIGEST --key …\n",
      call.data, made->head.size, made->payloads, to_text(made->made)));
  if (::geteuid() == 0)
    say(fmt::format("It belongs to root now: give it to the user who serves it first, chown -R comity: {}\n",
                    call.data));
  return Exit::done;
}

Exit make_backup_key(std::string const& path) {
  Seam const seam = system_seam();
  if (seam.files.exists(path))
    return complain({ErrorCode::bad_input, path + " is there already, and a key is never overwritten"});
  auto const key = crypto::RecipientKey::generate(seam.entropy);
  std::string const text = "# The private key of sealed backups, " + key.public_key().id() +
                           ". Keep it away from the centre: only it opens them.\n" +
                           std::string(private_tag) + crypto::to_base64(key.view()) + "\n";
  if (auto const written = seam.files.write(path, text, 0600); !written) return complain(written.error());
  say(std::string(public_tag) + crypto::to_base64(key.public_key().view()) + "\n");
  say_aside(key.public_key().id() + "\n");
  return Exit::done;
}

}  // namespace comity::cli
