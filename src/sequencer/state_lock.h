// The lock around the machine's state: many readers, one writer, and a waiting writer goes before new readers, so that a
// crowd of readers cannot keep the journal waiting. (std::shared_mutex leaves that order to the system, which prefers
// readers here.) Not recursive: a reader must not ask twice. Works with std::shared_lock and std::unique_lock.
#pragma once

#include <pthread.h>

#include "base/ensure.h"

namespace comity::sequencer {

class StateLock {
 public:
  StateLock() {
    pthread_rwlockattr_t attributes;
    ensure(pthread_rwlockattr_init(&attributes) == 0);
    ensure(pthread_rwlockattr_setkind_np(&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP) == 0);
    ensure(pthread_rwlock_init(&lock_, &attributes) == 0);
    pthread_rwlockattr_destroy(&attributes);
  }
  ~StateLock() { pthread_rwlock_destroy(&lock_); }
  StateLock(StateLock const&) = delete;
  StateLock& operator=(StateLock const&) = delete;

  void lock() { ensure(pthread_rwlock_wrlock(&lock_) == 0); }
  void unlock() { ensure(pthread_rwlock_unlock(&lock_) == 0); }
  void lock_shared() { ensure(pthread_rwlock_rdlock(&lock_) == 0); }
  void unlock_shared() { ensure(pthread_rwlock_unlock(&lock_) == 0); }

 private:
  pthread_rwlock_t lock_;
};

}  // namespace comity::sequencer
