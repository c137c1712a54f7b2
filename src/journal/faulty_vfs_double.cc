#include "journal/faulty_vfs.h"

#include <sqlite3.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/ensure.h"

namespace comity::journal {

// What SQLite calls. Each does its work through the real VFS unless the disk says otherwise.
struct FaultyCalls {
  struct File {
    sqlite3_file base;
    FaultyDisk* disk;
    FaultyDisk::Image* image;  // none for files that SQLite needs for itself only
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  };
  static File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
  static FaultyDisk& disk_of(sqlite3_vfs* vfs) { return *static_cast<FaultyDisk*>(vfs->pAppData); }

  // Counts an operation; does it unless told not to; answers what SQLite is to believe.
  template <class Work>
  static int act(FaultyDisk& disk, int error, Work work) {
    if (disk.dead_) return error;
    disk.before_();
    ++disk.operations_;
    bool const fails =
        disk.operations_ == disk.fail_at_ ||
        (disk.failed_ && disk.failure_ == FaultyDisk::Failure::full && error == SQLITE_IOERR_WRITE);
    if (!fails) return work();
    disk.failed_ = true;
    if (disk.failure_ == FaultyDisk::Failure::done) work();
    return disk.failure_ == FaultyDisk::Failure::full && error == SQLITE_IOERR_WRITE ? SQLITE_FULL : error;
  }

  static int close(sqlite3_file* file) { return of(file).real()->pMethods->xClose(of(file).real()); }
  static int read(sqlite3_file* file, void* out, int size, sqlite3_int64 start) {
    return of(file).real()->pMethods->xRead(of(file).real(), out, size, start);
  }
  static int write(sqlite3_file* file, void const* in, int size, sqlite3_int64 start) {
    File& self = of(file);
    return act(*self.disk, SQLITE_IOERR_WRITE, [&] {
      if (self.image != nullptr) self.image->dirty.push_back({start, size});
      return self.real()->pMethods->xWrite(self.real(), in, size, start);
    });
  }
  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    File& self = of(file);
    return act(*self.disk, SQLITE_IOERR_TRUNCATE,
               [&] { return self.real()->pMethods->xTruncate(self.real(), size); });
  }
  // No real fsync: the test's machine does not lose power, and the image knows what is durable.
  static int sync(sqlite3_file* file, int) {
    File& self = of(file);
    int const answer = act(*self.disk, SQLITE_IOERR_FSYNC, [&] { return make_durable(self), SQLITE_OK; });
    if (answer != SQLITE_OK && self.image != nullptr && !self.disk->dead_) self.image->dirty.clear();
    return answer;
  }
  static void make_durable(File& self) {
    if (self.image == nullptr) return;
    sqlite3_int64 size = 0;
    ensure(self.real()->pMethods->xFileSize(self.real(), &size) == SQLITE_OK);
    self.image->durable.resize(static_cast<size_t>(size));
    for (auto const& range : self.image->dirty) {
      int64_t const length = std::min<int64_t>(range.size, size - range.start);
      if (length > 0)
        read(&self.base, self.image->durable.data() + range.start, static_cast<int>(length), range.start);
    }
    self.image->dirty.clear();
  }
  static int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return of(file).real()->pMethods->xFileSize(of(file).real(), size);
  }
  static int lock(sqlite3_file* file, int level) {
    return of(file).real()->pMethods->xLock(of(file).real(), level);
  }
  static int unlock(sqlite3_file* file, int level) {
    return of(file).real()->pMethods->xUnlock(of(file).real(), level);
  }
  static int check_lock(sqlite3_file* file, int* out) {
    return of(file).real()->pMethods->xCheckReservedLock(of(file).real(), out);
  }
  static int control(sqlite3_file* file, int what, void* argument) {
    return of(file).real()->pMethods->xFileControl(of(file).real(), what, argument);
  }
  static int sector_size(sqlite3_file* file) {
    return of(file).real()->pMethods->xSectorSize(of(file).real());
  }
  static int characteristics(sqlite3_file* file) {
    return of(file).real()->pMethods->xDeviceCharacteristics(of(file).real());
  }
  static int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
    return of(file).real()->pMethods->xShmMap(of(file).real(), page, size, extend, out);
  }
  static int shm_lock(sqlite3_file* file, int offset, int n, int flags) {
    return of(file).real()->pMethods->xShmLock(of(file).real(), offset, n, flags);
  }
  static void shm_barrier(sqlite3_file* file) { of(file).real()->pMethods->xShmBarrier(of(file).real()); }
  static int shm_unmap(sqlite3_file* file, int remove) {
    return of(file).real()->pMethods->xShmUnmap(of(file).real(), remove);
  }

  static int open(sqlite3_vfs* vfs, char const* name, sqlite3_file* file, int flags, int* out_flags) {
    static sqlite3_io_methods const methods = {
        2,         close,      read,    write,       truncate,        sync,    file_size, lock,
        unlock,    check_lock, control, sector_size, characteristics, shm_map, shm_lock,  shm_barrier,
        shm_unmap, nullptr,    nullptr};
    FaultyDisk& disk = disk_of(vfs);
    File& self = of(file);
    self = {{nullptr}, &disk, nullptr};
    return act(disk, SQLITE_CANTOPEN, [&] {
      int const code = disk.real_->xOpen(disk.real_, name, self.real(), flags, out_flags);
      if (code != SQLITE_OK) return code;
      self.base.pMethods = &methods;
      if (name != nullptr) self.image = &image_of(disk, name);
      return code;
    });
  }
  // A file that was there before, or was renamed to this name, is durable as it is.
  static FaultyDisk::Image& image_of(FaultyDisk& disk, char const* name) {
    auto const [entry, fresh] = disk.images_.try_emplace(name);
    if (fresh) {
      std::ifstream file(name, std::ios::binary);
      entry->second.durable.assign(std::istreambuf_iterator<char>(file), {});
    }
    return entry->second;
  }
  static int remove(sqlite3_vfs* vfs, char const* name, int sync_folder) {
    FaultyDisk& disk = disk_of(vfs);
    return act(disk, SQLITE_IOERR_DELETE, [&] {
      disk.images_.erase(name);
      return disk.real_->xDelete(disk.real_, name, sync_folder);
    });
  }
};

FaultyDisk::FaultyDisk() : real_(sqlite3_vfs_find(nullptr)) {
  vfs_ = std::make_unique<sqlite3_vfs>(*real_);
  vfs_->zName = "faulty";
  vfs_->pAppData = this;
  vfs_->szOsFile = static_cast<int>(sizeof(FaultyCalls::File)) + real_->szOsFile;
  vfs_->xOpen = FaultyCalls::open;
  vfs_->xDelete = FaultyCalls::remove;
  sqlite3_vfs_register(vfs_.get(), 1);
}

FaultyDisk::~FaultyDisk() {
  sqlite3_vfs_unregister(vfs_.get());
  sqlite3_vfs_register(real_, 1);
}

void FaultyDisk::fail_at(uint64_t n, Failure failure) {
  fail_at_ = n == 0 ? 0 : operations_ + n;
  failure_ = failure;
  failed_ = false;
}

void FaultyDisk::restart() {
  dead_ = failed_ = false;
  fail_at_ = 0;
}

void FaultyDisk::copy(BytesView from, Range range, Bytes& to) {
  auto const start = static_cast<size_t>(range.start);
  if (start >= from.size()) return;
  BytesView const piece = from.substr(start, static_cast<size_t>(range.size));
  if (to.size() < start + piece.size()) to.resize(start + piece.size());
  to.replace(start, piece.size(), piece);
}

void FaultyDisk::cut_power(Cache cache) {
  for (auto& [path, image] : images_) {
    if (!std::filesystem::exists(path)) continue;
    if (cache == Cache::half_written) {
      std::ifstream file(path, std::ios::binary);
      Bytes const written(std::istreambuf_iterator<char>(file), {});
      for (size_t i = 0; i < image.dirty.size(); i += 2) copy(written, image.dirty[i], image.durable);
    }
    image.dirty.clear();
    std::ofstream(path, std::ios::binary | std::ios::trunc) << image.durable;
    std::filesystem::remove(path + "-shm");
  }
  restart();
}

}  // namespace comity::journal
