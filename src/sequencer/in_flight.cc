#include "sequencer/in_flight.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>

namespace comity::sequencer {

struct InFlight::Mark {
  std::atomic<uint32_t> committing;
  std::atomic<uint32_t> busy;
  uint32_t office;
  uint16_t kind;
  Digest digest;
  // Two places, so that one is always whole; `newest` names it: 1, 2, or 0 for none.
  std::atomic<uint32_t> newest;
  journal::Head heads[2];
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
  if (mark_->busy.load() == 0) return std::nullopt;
  return commands::Fault{mark_->digest, OfficeKey(mark_->office),
                         static_cast<model::CommandKind>(mark_->kind)};
}

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
