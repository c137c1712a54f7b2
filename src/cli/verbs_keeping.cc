// What keeps a centre: backups, what becomes of them, and what an operator looks at first.
#include "cli/doctor.h"
#include "cli/keeping.h"
#include "cli/private_directory.h"
#include "cli/process.h"
#include "cli/show.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

Argument data_option(char const* help) { return {"--data", Takes::required, "DIR", help}; }

// As the centre itself, and as its owner: a file that root leaves there is out of the centre's reach.
Exit on_own(Call const& call, std::function<Exit(std::string const& data)> const& look) {
  keep_to_itself();
  std::string const data = call.text("--data");
  if (auto const own = is_own(data); !own) return complain(own.error());
  return look(data);
}

Exit back_up(Call const& call) {
  return on_own(call, [&](std::string const& data) {
    return run_backup({data, call.text("to"), call.text("--seal-to"), call.settings.format});
  });
}

Exit restore(Call const& call) {
  keep_to_itself();
  return run_restore({call.text("from"), call.text("--data"), call.text("--key"), call.text("--head"),
                      call.settings.format});
}

Exit look_at(Call const& call) {
  return on_own(call, [&](std::string const& data) {
    return run_doctor({data, call.text("--tls-cert"), call.settings.format});
  });
}

}  // namespace

Verbs keeping_verbs() {
  return {
      {"backup",
       "Copy a centre, also one that is served, into one file with everything that is needed to restore it",
       "comity backup --data centre /backups/2026-11-28\n"
       "comity backup --data centre /backups/2026-11-28 --seal-to backups.pub",
       {data_option("the centre's data directory"),
        {"to", Takes::word, "FILE", "a new file; it bears this name when it is whole and checked"},
        {"--seal-to", Takes::value, "FILE",
         "a public key of `comity backup-key`: only its owner can read it"}},
       back_up},
      {"backup-key",
       "Make the pair of keys that backups are sealed to; prints the public key",
       "comity backup-key backups.key > backups.pub",
       {{"file", Takes::word, "FILE", "a new file for the private key; keep it away from the centre"}},
       [](Call const& call) { return make_backup_key(call.text("file")); }},
      {"restore",
       "Make a data directory of a backup; it serves nobody until two officers have recorded it",
       "comity restore /backups/2026-11-28 --data centre\n"
       "comity restore /backups/2026-11-28 --data centre --key backups.key --head /lost/centre/in-flight",
       {{"from", Takes::word, "FILE", "the backup"},
        data_option("where nothing is yet"),
        {"--key", Takes::value, "FILE", "the private key of a sealed backup"},
        {"--head", Takes::value, "FILE",
         "the file in-flight of the directory that was lost, if it is there: how far the log went"}},
       restore},
      {"doctor",
       "Look at a data directory and say what is wrong and what to do; exit code 0, 1 (a warning), 5 (bad)",
       "comity doctor --data centre --tls-cert chain.pem",
       {data_option("the centre's data directory"),
        {"--tls-cert", Takes::value, "FILE", "also look when this certificate ends"}},
       look_at},
  };
}

}  // namespace comity::cli
