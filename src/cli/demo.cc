// `./run`: the scenario loaded, a centre in the background, and what to look at, read from the running centre.
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <map>

#include "cli/child.h"
#include "cli/crash.h"
#include "cli/demo_flights.h"
#include "cli/demo_folder.h"
#include "cli/demo_keys.h"
#include "cli/demo_leave.h"
#include "cli/demo_links.h"
#include "cli/demo_sweep.h"
#include "cli/exit_code.h"
#include "cli/local.h"
#include "cli/report.h"
#include "cli/scenario.h"
#include "cli/table.h"
#include "cli/taxii_client.h"
#include "journal/reader.h"
#include "sequencer/replay.h"

namespace comity::cli {
namespace {

std::string url_of(DemoOptions const& options) { return fmt::format("http://127.0.0.1:{}", options.port); }

bool is_fire(DemoOptions const& options) { return options.step == "fire"; }

BytesView scenario_of(DemoOptions const& options) {
  return is_fire(options) ? rodopi_fire() : theatre_2015();
}

UtcTime this_hour() {
  UtcTime const now = system_seam().clock.now();
  return UtcTime{now.us - now.us % hours(1).us};
}

std::string pid_file(DemoOptions const& options) { return options.data + "/pid"; }

// The process that serves the directory, if it is alive.
pid_t running(DemoOptions const& options) {
  auto const text = system_seam().files.read(pid_file(options));
  if (!text) return 0;
  pid_t const pid = static_cast<pid_t>(std::strtol(text->c_str(), nullptr, 10));
  if (pid <= 0) return 0;
  // After a restart of the machine the number may be anybody's.
  auto const words = system_seam().files.read("/proc/" + std::to_string(pid) + "/cmdline");
  bool const ours = words && words->contains(std::string("\0serve\0", 7)) && words->contains(options.data);
  return ours ? pid : 0;
}

// A demo that an older program made goes aside, not away: somebody may have tried things in it.
Result<void> set_aside_if_old(DemoOptions const& options) {
  if (running(options) != 0) return {};
  auto const found = journal::Reader::open(sequencer::journal_path(options.data));
  if (found || found.error().code != ErrorCode::older_format) return {};
  std::string aside = options.data + ".old";
  for (int n = 2; std::filesystem::exists(aside); ++n) aside = options.data + ".old-" + std::to_string(n);
  std::error_code failed;
  std::filesystem::rename(options.data, aside, failed);
  if (failed) return fail(ErrorCode::io, "cannot move " + options.data + " aside: " + failed.message());
  fmt::print("What an earlier version had here cannot be read by this one; it is in {} now.\n", aside);
  return {};
}

Result<void> load(DemoOptions const& options) {
  Seam const seam = system_seam();
  TRY_VOID(set_aside_if_old(options));
  if (seam.files.exists(options.data + "/demo-keys/access.json")) return {};
  TRY_VOID(clear_demo_folder(options.data));
  bool const fire = is_fire(options);
  fmt::print("Loading the scenario {} (about ten seconds, most of it password hashing)\n",
             fire ? "rodopi-fire" : "theatre-2015");
  UtcTime const now = seam.clock.now();
  UtcTime const midnight = fire ? this_hour() - hours(12) : UtcTime{now.us - now.us % days(1).us};
  auto const loaded = TRY(load_scenario(scenario_of(options), options.data, midnight, seam,
                                        [](std::string const& what) { fmt::print("  {}\n", what); }));
  fmt::print("  {} parties, {} agreements, {} items, {} filings; ", loaded.parties, loaded.agreements,
             loaded.items, loaded.filings);
  if (fire)
    fmt::print("its twelfth hour is {}Z, the flights lie ahead\n",
               to_text(midnight + hours(12)).substr(11, 5));
  else
    fmt::print("day 0 is today ({}), the historic day is 2015-11-01\n", to_text(midnight).substr(0, 10));
  return {};
}

Result<pid_t> start(DemoOptions const& options) {
  if (pid_t const pid = running(options)) return pid;
  pid_t const pid =
      TRY(start_centre(options.data, options.port, options.data + "/log", Lifetime::of_its_own));
  TRY_VOID(wait_until_ready(url_of(options), pid, seconds(60)));
  TRY_VOID(system_seam().files.write(pid_file(options), std::to_string(pid) + "\n", 0600));
  return pid;
}

// One row for each office: what the running centre lets it have at this moment.
Result<Table> what_each_sees(DemoOptions const& options, std::vector<DemoAccess> const& access) {
  Table table{{"office", "agreement", "received", "contributed"}, {}};
  for (DemoAccess const& one : access) {
    TaxiiClient client(url_of(options), one.client, one.client_password);
    auto const roots = TRY(client.roots());
    std::string office = one.office;
    for (std::string const& root : roots) {
      if (root == "/taxii2/all/") continue;
      auto const received = TRY(client.count(root, "received"));
      auto const contributed = TRY(client.count(root, "contributed"));
      table.rows.push_back({std::exchange(office, ""), root.substr(8, root.size() - 9),
                            std::to_string(received), std::to_string(contributed)});
    }
    if (!office.empty()) table.rows.push_back({office, "(none)", "", ""});
  }
  return table;
}

// The program, as it is typed from here.
std::string program() {
  std::string const path = std::filesystem::read_symlink("/proc/self/exe").string();
  std::error_code none;
  std::string const relative = std::filesystem::relative(path, none).string();
  return relative.empty() ? path : relative;
}

void print_what_to_try(DemoOptions const& options) {
  fmt::print(
      "\nTry as each of them (every command has --help and --json):\n"
      "  export COMITY_CREDENTIALS={0}/demo-keys/credentials.toml COMITY_URL={1}\n"
      "  {2} --as ir/general-staff items list\n"
      "  {2} --as ir/general-staff agreements list          one, and nothing of the bilateral\n"
      "  {2} --as ru/general-staff agreements list          four\n"
      "  {2} --as iq/defence matrix                         who gives what to whom, by which clause\n"
      "  {2} --as ru/general-staff refusals                 what was refused, and what would fix it\n"
      "  COMITY_CREDENTIALS={0}/demo-keys/clients.toml {2} --as iq/defence connect taxii\n"
      "\nThe two flights, and the hospital that one of them passes over:\n"
      "  {2} --as us/defense intents                        its own plan; the other's is nowhere\n"
      "  {2} --as us/defense conflicts                      where they meet, in squares; whether the other "
      "answered\n"
      "  {2} --as us/defense ack 1 --words \"we hold 6,100 m\"\n"
      "  {2} --as ru/general-staff notices                  what is to be answered, by when; overdue after "
      "that\n"
      "  {2} --as ru/general-staff sites list               no list of hospitals, for nobody but who filed "
      "them\n"
      "  {2} --as ru/general-staff watch show               the lines to call, and who is on watch\n"
      "  {1}/api/v1/kml                                for Google Earth or ATAK, with user and password of "
      "clients.toml\n"
      "\nAnd the promises:\n"
      "  ./run sweep    il gives a secret to ru; ru tries to pass it on; ir is searched for it before and "
      "after\n"
      "  ./run leave    ru suspends its part in a centre and withdraws from it; its open stream is cut\n"
      "  ./run crash    64 writers, kill -9 inside commits, restart: acknowledged = found\n"
      "  ./run stop     ends this centre; the data stays in {0}\n",
      options.data, url_of(options), program());
}

void print_what_to_try_at_the_fire(DemoOptions const& options) {
  auto const at = [](Duration ahead) { return to_text(this_hour() + ahead).substr(0, 16) + "Z"; };
  fmt::print(
      "\nFiled already: a drone along the power line (gridco), the ambulance's flight, a transport above; "
      "the fire\n"
      "traffic area, the hospital and the evacuation centre. Try it:\n"
      "  export COMITY_CREDENTIALS={0}/demo-keys/credentials.toml COMITY_URL={1}\n"
      "  {2} --as it-fire/bombers file --polygon '41.32 26.06, 41.32 26.12, 41.585 26.12, 41.585 26.06' \\\n"
      "      --low GND --high '3000 ft AMSL' --from {3} --until {4}\n"
      "  {2} --as gridco/drones notices          whose, when, whom to call; not where it flies\n"
      "  {2} --as it-fire/bombers conflicts      the drone's own volume\n"
      "  {2} --as gr-airforce/transport notices  none disclosed: it passes above\n"
      "  {2} --as airamb/flight sites list       no list of hospitals, for nobody but who filed them\n"
      "  {2} --as gridco/drones watch show       the working channel, and who is on it\n"
      "  {2} demo stop --data {0}\n",
      options.data, url_of(options), program(), at(minutes(105)), at(minutes(210)));
}

// Uncut, however narrow the terminal is: they are to be copied.
Result<void> show_links(DemoOptions const& options) {
  auto const links = TRY(sign_in_links(url_of(options), options.port));
  fmt::print(
      "\nIn a browser, as each of them side by side (a link works once; {}/console/demo has new ones):\n",
      url_of(options));
  for (auto const& row : links.rows) fmt::print("  {:<18} {}\n", row[0], row[1]);
  fmt::print(
      "\n  http://localhost:{0}/tour   three minutes for whoever looks for the trick: type a secret, look "
      "for it as another\n"
      "  http://localhost:{0}/       the public page\n",
      options.port);
  return {};
}

Result<void> show(DemoOptions const& options, pid_t pid) {
  auto const access = TRY(DemoKeys::read_access(system_seam(), options.data + "/demo-keys"));
  TRY_VOID(file_what_is_ahead(scenario_of(options), url_of(options), access, this_hour()));
  auto const table = TRY(what_each_sees(options, access));
  auto const notices = TRY(what_each_was_told(url_of(options), access));
  fmt::print(
      "\nThe centre runs: {} (process {}). It is a demo: the host holds everyone's keys, in {}/demo-keys.\n",
      url_of(options), pid, options.data);
  fmt::print("\nWhat each office can see now, asked of the running centre:\n{}",
             drawn(table, output_columns()));
  if (!notices.rows.empty())
    fmt::print(
        "\nFlights are filed for the hours ahead. What is in the way of each, told to its office and to no "
        "other:\n{}",
        drawn(notices, output_columns()));
  if (is_fire(options))
    print_what_to_try_at_the_fire(options);
  else
    print_what_to_try(options);
  return show_links(options);
}

Result<void> begin(DemoOptions const& options) {
  TRY_VOID(load(options));
  pid_t const pid = TRY(start(options));
  return show(options, pid);
}

int stop(DemoOptions const& options) {
  pid_t const pid = running(options);
  if (pid == 0) {
    std::puts("No centre is running here.");
    return code(Exit::done);
  }
  ::kill(pid, SIGTERM);
  for (int i = 0; i < 500 && ::kill(pid, 0) == 0; ++i) ::usleep(20'000);
  fmt::print("The centre (process {}) has ended.\n", pid);
  return code(Exit::done);
}

int show_crash(DemoOptions const& options) {
  CrashOptions const crash_options{options.data + "-crash", options.kills, 64};
  fmt::print("A centre of its own under {}, 64 writers over TAXII, {} times kill -9 inside a commit.\n",
             crash_options.data, crash_options.kills);
  auto const done = crash(crash_options);
  if (!done) return report(done.error());
  fmt::print("killed {} times, {} of them inside an open commit\nacknowledged {}, found {}, lost {}\n",
             done->kills, done->in_commit, done->acknowledged, done->found, done->lost);
  fmt::print("{} passed, {} failed\n", done->ok() ? 1 : 0, done->ok() ? 0 : 1);
  return code(done->ok() ? Exit::done : Exit::integrity);
}

}  // namespace

int demo(DemoOptions const& options) {
  if (options.step == "stop") return stop(options);
  if (options.step == "crash") return show_crash(options);
  if (options.step == "load") {
    auto const loaded = load(options);
    return loaded ? code(Exit::done) : report(loaded.error());
  }
  if (auto const begun = begin(options); !begun) return report(begun.error());
  if (options.step == "leave") return demo_leave(url_of(options), options.data + "/demo-keys");
  return options.step == "sweep" ? demo_sweep(url_of(options), options.data + "/demo-keys")
                                 : code(Exit::done);
}

}  // namespace comity::cli
