#include "sequencer/in_flight.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <iterator>

namespace comity::sequencer {
namespace {

// Commands that one death made suspect. The oldest makes room: what really ends the process comes back soon, and a few
// innocents between do not make it be forgotten.
constexpr size_t suspects_kept = 16;

// So that a file that has just been made is found again after the power went.
bool sync_folder_of(std::string const& path) {
  size_t const slash = path.rfind('/');
  std::string const folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  int const file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  bool const synced = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  return synced;
}

// Never shorter than it was: a newer program may keep more in it, also where this one refuses its journal.
bool is_long_enough(int file, size_t size) {
  struct stat found{};
  if (::fstat(file, &found) != 0) return false;
  return found.st_size >= static_cast<off_t>(size) || ::ftruncate(file, static_cast<off_t>(size)) == 0;
}

}  // namespace

struct InFlight::Mark {
  std::atomic<uint32_t> committing;
  std::atomic<uint32_t> busy;
  uint32_t office;
  uint16_t kind;
  Digest digest;
  // Two places, so that one is always whole; `newest` names it: 1, 2, or 0 for none.
  std::atomic<uint32_t> newest;
  journal::Head heads[2];
  // From here on not in files of older programs, which are lengthened with zeros.
  std::atomic<uint32_t> crashed;
  uint32_t next_suspect;
  Digest suspects[suspects_kept];  // none: a place that is free
  Place place;                     // which file this is; of an older program: none
  uint32_t epoch;
  uint32_t restoring;  // the cause, or 0
  std::atomic<uint32_t> owed;
};

InFlight::Place InFlight::place_of(int file) {
  struct statx found{};
  if (::statx(file, "", AT_EMPTY_PATH, STATX_INO | STATX_BTIME, &found) != 0) return {};
  Place place{found.stx_ino, 0};
  if ((found.stx_mask & STATX_BTIME) != 0)
    place.born_ns = found.stx_btime.tv_sec * 1'000'000'000 + found.stx_btime.tv_nsec;
  return place;
}

Result<std::unique_ptr<InFlight>> InFlight::open(std::string const& path) {
  int const file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return fail(ErrorCode::io, "cannot open " + path + ": " + std::strerror(errno));
  bool const sized = is_long_enough(file, sizeof(Mark)) && sync_folder_of(path);
  void* const place =
      sized ? ::mmap(nullptr, sizeof(Mark), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) : MAP_FAILED;
  Place const which = place_of(file);
  ::close(file);
  if (place == MAP_FAILED) return fail(ErrorCode::io, "cannot map " + path + ": " + std::strerror(errno));
  return std::unique_ptr<InFlight>(new InFlight(static_cast<Mark*>(place), which));
}

InFlight::~InFlight() { ::munmap(mark_, sizeof(Mark)); }

std::optional<commands::Fault> InFlight::left_over() const {
  // No command that is marked has no digest: a file that says so was left half written.
  if (mark_->busy.load() == 0 || mark_->digest.is_none()) return std::nullopt;
  return commands::Fault{mark_->digest, OfficeKey(mark_->office),
                         static_cast<model::CommandKind>(mark_->kind)};
}

bool InFlight::is_suspect(Digest const& digest) const {
  return std::ranges::find(mark_->suspects, digest) != std::end(mark_->suspects);
}

std::optional<commands::Fault> InFlight::culprit() const {
  auto const left = left_over();
  return left && (mark_->crashed.load() != 0 || is_suspect(left->digest)) ? left : std::nullopt;
}

// If we die in this: a suspicion is lost, which costs one more death; never an innocent command.
void InFlight::settle() {
  auto const left = left_over();
  bool const suspect = left && !culprit();
  clear();
  mark_->crashed.store(0);
  if (!suspect) return;
  mark_->suspects[mark_->next_suspect % suspects_kept] = left->digest;
  mark_->next_suspect = (mark_->next_suspect + 1) % suspects_kept;
}

std::atomic<uint32_t>& InFlight::crashed() { return mark_->crashed; }

void InFlight::set(model::Command const& command) {
  mark_->office = command.office.value;
  mark_->kind = static_cast<uint16_t>(command.kind);
  mark_->digest = command.digest;
  mark_->busy.store(1, std::memory_order_release);
}

void InFlight::clear() { mark_->busy.store(0, std::memory_order_release); }

void InFlight::remember(journal::Head const& head) {
  uint32_t const place = mark_->newest.load() == 1 ? 2 : 1;
  mark_->heads[place - 1] = head;
  mark_->newest.store(place, std::memory_order_release);
}

std::optional<journal::Head> InFlight::head_of(Mark const& mark) {
  uint32_t const place = mark.newest.load(std::memory_order_acquire);
  if (place != 1 && place != 2) return std::nullopt;
  return mark.heads[place - 1];
}

std::optional<journal::Head> InFlight::remembered() const { return head_of(*mark_); }

Result<InFlight::Left> InFlight::look_at(std::string const& path) {
  int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return fail(ErrorCode::not_found, "cannot open " + path + ": " + std::strerror(errno));
  Mark mark{};
  ssize_t const got = ::pread(file, &mark, sizeof mark, 0);
  Place const place = place_of(file);
  ::close(file);
  if (got < static_cast<ssize_t>(offsetof(Mark, crashed)))
    return fail(ErrorCode::bad_input, path + " is no head file: it is called `in-flight`");
  Left left{head_of(mark),
            mark.epoch,
            {},
            mark.busy.load() != 0,
            mark.crashed.load() != 0,
            mark.place != Place{} && mark.place != place};
  if (mark.restoring != 0) left.restoring = static_cast<state::Restoring::Cause>(mark.restoring);
  return left;
}

bool InFlight::was_copied() const { return mark_->place != Place{} && mark_->place != place_; }

// Power that goes later may leave an older head on the disk, which is as good; a centre just made must not be left without.
void InFlight::settle_place() {
  mark_->place = place_;
  ::msync(mark_, sizeof(Mark), MS_SYNC);
}

void InFlight::remember_law(state::State const& state) {
  auto const& found = state.restoring;
  mark_->epoch = found ? std::max(state.centre.epoch, found->epoch) : state.centre.epoch;
  mark_->restoring = found ? static_cast<uint32_t>(found->cause) : 0;
}

void InFlight::remember_owed(uint32_t snapshots) {
  mark_->owed.store(snapshots);
  ::msync(mark_, sizeof(Mark), MS_SYNC);
}

uint32_t InFlight::owed() const { return mark_->owed.load(); }

uint32_t InFlight::epoch() const { return mark_->epoch; }

void InFlight::enter_commit() { mark_->committing.store(1, std::memory_order_release); }

void InFlight::leave_commit() { mark_->committing.store(0, std::memory_order_release); }

bool InFlight::commit_is_open(std::string const& path) {
  uint32_t committing = 0;
  int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  bool const whole = ::pread(file, &committing, sizeof committing, 0) == sizeof committing;
  ::close(file);
  return whole && committing != 0;
}

}  // namespace comity::sequencer
