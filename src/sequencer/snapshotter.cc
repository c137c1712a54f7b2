#include "sequencer/snapshotter.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "base/ensure.h"

namespace comity::sequencer {
namespace {

// A file descriptor that is closed at the end.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor const&) = delete;
  ~Descriptor() { close(); }
  int number() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

// Standard output goes to `out`; of everything else that is open here the child gets standard error only. It takes
// signals as a program does that a shell started.
Result<pid_t> spawn(std::vector<std::string> const& command, int out) {
  posix_spawn_file_actions_t files;
  ensure(posix_spawn_file_actions_init(&files) == 0);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&files, out, 1);
  posix_spawn_file_actions_addclosefrom_np(&files, 3);
  posix_spawnattr_t attributes;
  ensure(posix_spawnattr_init(&attributes) == 0);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::vector<char*> arguments;
  for (std::string const& one : command) arguments.push_back(const_cast<char*>(one.c_str()));
  arguments.push_back(nullptr);
  pid_t child = 0;
  int const failed = posix_spawn(&child, arguments[0], &files, &attributes, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  if (failed != 0) return fail(ErrorCode::io, "cannot run " + command[0] + ": " + std::strerror(failed));
  return child;
}

// Until the child closes it, or has said too much.
Bytes read_all(int from) {
  Bytes all;
  std::array<char, limits::snapshot_answer_bytes> part;
  while (all.size() < limits::snapshot_answer_bytes) {
    ssize_t const got = ::read(from, part.data(), part.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    all.append(part.data(), static_cast<size_t>(got));
  }
  return all;
}

Result<Snapshotted> parse(BytesView answer) {
  Snapshotted made;
  size_t const space = answer.find(' ');
  if (answer.ends_with('\n')) answer.remove_suffix(1);
  if (space != BytesView::npos) {
    char const* const end = answer.data() + space;
    auto const number = std::from_chars(answer.data(), end, made.index);
    if (number.ec == std::errc{} && number.ptr == end && from_hex(answer.substr(space + 1), made.digest))
      return made;
  }
  return fail(ErrorCode::bad_input, "what it printed is not `index digest`");
}

}  // namespace

std::vector<std::string> own_snapshot_command(std::string const& data) {
  return {"/proc/self/exe", "snapshot", "--data", data};
}

Snapshotter::Snapshotter(SnapshotOptions options, Index last, Owed owed,
                         std::function<Result<void>(Snapshotted const&)> note)
    : options_(std::move(options)), note_(std::move(note)), last_(last), owed_(std::move(owed)) {
  thread_ = std::thread([this] { run(); });
}

Snapshotter::~Snapshotter() { stop(); }

void Snapshotter::stop() {
  {
    std::lock_guard const guard(lock_);
    stopping_ = true;
    if (child_ != 0) ::kill(child_, SIGKILL);
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Snapshotter::records(Index next_index) {
  std::lock_guard const guard(lock_);
  next_index_ = next_index;
  if (is_due()) changed_.notify_all();
}

void Snapshotter::destroyed() {
  std::lock_guard const guard(lock_);
  owed_.count = snapshots_after_destruction;
  owed_.remember(owed_.count);
  destroyed_meanwhile_ = true;
  changed_.notify_all();
}

bool Snapshotter::is_due() const { return owed_.count > 0 || next_index_ >= last_ + options_.records; }

void Snapshotter::run() {
  std::unique_lock guard(lock_);
  for (;;) {
    changed_.wait(guard, [this] { return stopping_ || is_due(); });
    if (changed_.wait_until(guard, not_before_, [this] { return stopping_; })) return;
    destroyed_meanwhile_ = false;
    guard.unlock();
    auto const made = make();
    guard.lock();
    not_before_ = std::chrono::steady_clock::now() + std::chrono::microseconds(options_.pause.us);
    if (stopping_) return;
    if (made) {
      last_ = made->index;
      if (owed_.count > 0 && !destroyed_meanwhile_) owed_.remember(--owed_.count);
    } else if (options_.report) {
      options_.report("no snapshot was made: " + made.error().detail);
    }
  }
}

// If we die in this, the snapshot is there or not, and noted or not: boot uses it only if it is both.
Result<Snapshotted> Snapshotter::make() {
  Bytes const answer = TRY(answer_of_child());
  Snapshotted const made = TRY(parse(answer));
  TRY_VOID(note_(made));
  return made;
}

Result<Bytes> Snapshotter::answer_of_child() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return fail(ErrorCode::io, std::strerror(errno));
  Descriptor in(ends[0]), out(ends[1]);
  pid_t child = 0;
  {
    std::lock_guard const starting(lock_);
    if (stopping_) return fail(ErrorCode::busy, "the centre stops");
    child = child_ = TRY(spawn(options_.command, out.number()));
  }
  out.close();
  Bytes answer = read_all(in.number());
  in.close();  // a child that says more than is read must not wait for ever
  // Waited for in two steps, so that nobody kills a number that belongs to another process by then.
  siginfo_t ended{};
  while (::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT) != 0 && errno == EINTR)
    continue;
  std::lock_guard const guard(lock_);
  child_ = 0;
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    return fail(ErrorCode::io, "the child that makes it failed, see what it said on standard error");
  return answer;
}

}  // namespace comity::sequencer
