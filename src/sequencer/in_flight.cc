#include "sequencer/in_flight.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <iterator>

namespace comity::sequencer {
namespace {

// Commands that one death made suspect. The oldest makes room: what really ends the process comes back soon, and a few
// innocents between do not make it be forgotten.
constexpr size_t suspects_kept = 16;

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
};

Result<std::unique_ptr<InFlight>> InFlight::open(std::string const& path) {
  int const file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return fail(ErrorCode::io, "cannot open " + path + ": " + std::strerror(errno));
  bool const sized = ::ftruncate(file, sizeof(Mark)) == 0;
  void* const place =
      sized ? ::mmap(nullptr, sizeof(Mark), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) : MAP_FAILED;
  ::close(file);
  if (place == MAP_FAILED) return fail(ErrorCode::io, "cannot map " + path + ": " + std::strerror(errno));
  return std::unique_ptr<InFlight>(new InFlight(static_cast<Mark*>(place)));
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

std::optional<journal::Head> InFlight::remembered() const {
  uint32_t const place = mark_->newest.load(std::memory_order_acquire);
  if (place != 1 && place != 2) return std::nullopt;
  return mark_->heads[place - 1];
}

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
