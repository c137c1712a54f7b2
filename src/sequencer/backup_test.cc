// A backup is the centre as it was at one moment, or there is none; a directory that is restored is whole, or is not there.
#include "sequencer/backup.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "base/faulty_files.h"
#include "centre_fixture.h"
#include "codec/codec.h"
#include "journal/faulty_vfs.h"
#include "journal/verify.h"
#include "machine_state.h"
#include "sequencer/backup_file.h"

namespace comity::sequencer {
namespace {

namespace fs = std::filesystem;
using journal::FaultyDisk;
using tests::TestCentre;

unsigned mode_of(std::string const& path) {
  struct stat found{};
  return ::stat(path.c_str(), &found) == 0 ? found.st_mode & 0777 : 0;
}

class Backups : public testing::Test {
 protected:
  Backups() {
    world.party("ru", {"staff"});
    world.party("iq", {"defence"});
    world.in_force("ru.pact", {"ru/staff", "iq/defence"}, {tests::grant_clause("all")});
    for (int number = 1; number < 9; ++number) contribute(number);
  }

  static constexpr char word[] = "Nightjar over the bridge";
  void contribute(int number) {
    world.contribute("iq/defence", "ru.pact",
                     tests::indicator_object(number, std::string(R"(,"description":")") + word + "\""));
  }
  std::string file(std::string const& name) const { return folder_.file(name); }
  Result<Backup> back_up(std::string const& to, std::optional<crypto::RecipientPublicKey> recipient = {}) {
    return sequencer::back_up({world.data(), file(to), recipient}, world.seam(), [](Index) {});
  }
  Result<Backup> restore(std::string const& from, std::string const& to,
                         std::optional<crypto::RecipientKey> key = {}) {
    return sequencer::restore({file(from), file(to), key, ""}, world.seam(), [](Index) {});
  }
  // Whether the directory has all that the centre had, and every byte of it is well.
  void expect_whole(std::string const& data, journal::Head const& head) {
    auto const report = journal::verify(journal_path(data), [](Index, Index) {});
    ASSERT_TRUE(report) << report.error().detail;
    EXPECT_TRUE(report->ok()) << report->damage->what;
    EXPECT_EQ(report->head, head);
    EXPECT_TRUE(load_keys(world.seam(), data + "/keys"));
    EXPECT_TRUE(fs::exists(data + "/put-back"));
  }
  Bytes octets_of(std::string const& name) { return world.seam().files.read(file(name)).value(); }
  void put(std::string const& name, BytesView octets) {
    ASSERT_TRUE(world.seam().files.write(file(name), octets, 0600));
  }

  TestCentre world;
  journal::TestFolder folder_;
  SeededEntropy entropy_{77};
};

TEST_F(Backups, OfACentreThatIsServedAndRestored) {
  auto const made = back_up("b");
  ASSERT_TRUE(made) << made.error().detail;
  EXPECT_EQ(made->head, world.centre().reader().head().value());
  EXPECT_EQ(made->octets, fs::file_size(file("b")));
  EXPECT_EQ(mode_of(file("b")), 0600u);
  EXPECT_FALSE(fs::exists(file("b.new")));
  auto const restored = restore("b", "data");
  ASSERT_TRUE(restored) << restored.error().detail;
  EXPECT_EQ(restored->made, made->made);
  EXPECT_EQ(mode_of(file("data")), 0700u);
  EXPECT_EQ(mode_of(file("data/keys")), 0700u);
  for (auto const& key : fs::directory_iterator(file("data/keys"))) EXPECT_EQ(mode_of(key.path()), 0600u);
  expect_whole(file("data"), made->head);
  auto const reader = journal::Reader::open(journal_path(file("data"))).value();
  EXPECT_EQ(replay(*reader, Redecide::yes, [](Index) {})->state, tests::state_digest(world.centre()));
}

TEST_F(Backups, ItsDateIsNoted) {
  EXPECT_FALSE(last_backup(world.data(), world.seam().files));
  EXPECT_FALSE(world.centre().vitals().backup_age);
  ASSERT_TRUE(back_up("b"));
  EXPECT_EQ(last_backup(world.data(), world.seam().files), world.clock.now());
  world.advance(hours(5));
  EXPECT_EQ(world.centre().vitals().backup_age, hours(5));
}

TEST_F(Backups, TheWriterGoesOnMeanwhile) {
  std::atomic<bool> done{false};
  std::thread writer([&] {
    for (int number = 100; !done; ++number) contribute(number);
  });
  for (int i = 0; i < 5; ++i) {
    auto const made = back_up("b" + std::to_string(i));
    ASSERT_TRUE(made) << made.error().detail;
    EXPECT_TRUE(world.centre().reader().agrees(made->head).value());
    ASSERT_TRUE(restore("b" + std::to_string(i), "data" + std::to_string(i)));
    expect_whole(file("data" + std::to_string(i)), made->head);
  }
  done = true;
  writer.join();
}

TEST_F(Backups, NothingIsWrittenOver) {
  put("b", "mine");
  EXPECT_EQ(back_up("b").error().code, ErrorCode::bad_input);
  EXPECT_EQ(octets_of("b"), "mine");
  ASSERT_TRUE(back_up("c"));
  EXPECT_EQ(sequencer::restore({file("c"), world.data(), {}, ""}, world.seam(), [](Index) {}).error().code,
            ErrorCode::bad_input);
  fs::create_directory(file("data.new"));
  EXPECT_EQ(restore("c", "data").error().code, ErrorCode::bad_input) << "another restore may be at work";
  EXPECT_TRUE(fs::exists(file("data.new")));
}

TEST_F(Backups, WhatIsDestroyedIsInNoLaterBackupAndStaysInOlderOnes) {
  ASSERT_TRUE(back_up("before"));
  for (int number = 1; number < 9; ++number)
    world.send(world.prepare(world.feed("iq/defence"), model::CommandKind::delete_item,
                             commands::DeleteItem{tests::numbered_id("indicator", number), "", ""}));
  ASSERT_TRUE(back_up("after"));
  EXPECT_NE(octets_of("before").find(word), Bytes::npos);
  EXPECT_EQ(octets_of("after").find(word), Bytes::npos);
}

TEST_F(Backups, AHeadFileOfAnotherLogIsRefusedAndLeavesNothing) {
  TestCentre other(2);
  other.party("us", {"staff"});
  ASSERT_TRUE(back_up("b"));
  auto const with = [&](std::string const& head, std::string const& to) {
    return sequencer::restore({file("b"), file(to), {}, head}, world.seam(), [](Index) {});
  };
  auto const refused = with(other.data() + "/in-flight", "data");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::bad_input);
  EXPECT_NE(refused.error().detail.find("another log"), std::string::npos) << refused.error().detail;
  EXPECT_EQ(with(file("no such file"), "data").error().code, ErrorCode::not_found);
  EXPECT_FALSE(fs::exists(file("data")) || fs::exists(file("data.new")));
  EXPECT_TRUE(with(world.data() + "/in-flight", "data"));
}

TEST_F(Backups, KeysOfAnotherCentreAreRefused) {
  TestCentre other(2);
  fs::copy_file(other.data() + "/keys/prf", world.data() + "/keys/prf", fs::copy_options::overwrite_existing);
  ASSERT_TRUE(back_up("b"));
  auto const refused = restore("b", "data");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::corrupt);
  EXPECT_FALSE(fs::exists(file("data")));
}

// --- sealed ------------------------------------------------------------------------------------------------------------

TEST_F(Backups, SealedItOpensForItsRecipientOnly) {
  auto const key = crypto::RecipientKey::generate(entropy_), other = crypto::RecipientKey::generate(entropy_);
  auto const made = back_up("b", key.public_key());
  ASSERT_TRUE(made) << made.error().detail;
  EXPECT_EQ(made->sealed_to, key.public_key().id());
  Bytes const octets = octets_of("b");
  for (std::string const& secret : {std::string(word), std::string("ru.pact"), std::string("test.example"),
                                    world.seam().files.read(world.data() + "/keys/prf").value()})
    EXPECT_EQ(octets.find(secret), Bytes::npos);
  EXPECT_EQ(restore("b", "data").error().code, ErrorCode::bad_input);
  EXPECT_EQ(restore("b", "data", other).error().code, ErrorCode::bad_input);
  EXPECT_FALSE(fs::exists(file("data")));
  ASSERT_TRUE(restore("b", "data", key));
  expect_whole(file("data"), made->head);
}

// --- hostile files -----------------------------------------------------------------------------------------------------

TEST_F(Backups, WhatWasChangedOrCutOffIsNotRestored) {
  auto const key = crypto::RecipientKey::generate(entropy_);
  ASSERT_TRUE(back_up("plain"));
  ASSERT_TRUE(back_up("sealed", key.public_key()));
  for (std::string const name : {"plain", "sealed"}) {
    Bytes const whole = octets_of(name);
    auto const refused = [&](Bytes const& octets, std::string const& what) {
      put("x", octets);
      auto const made = restore("x", "data", key);
      EXPECT_FALSE(made) << name << ", " << what;
      EXPECT_FALSE(fs::exists(file("data")));
      EXPECT_FALSE(fs::exists(file("data.new"))) << name << ", " << what;
      fs::remove_all(file("data"));
    };
    for (size_t at = 0; at < whole.size(); at += 1 + whole.size() / 300) {
      Bytes changed = whole;
      changed[at] = static_cast<char>(changed[at] ^ 0x10);
      refused(changed, "octet " + std::to_string(at));
      refused(whole.substr(0, at), "cut off at " + std::to_string(at));
    }
    refused(whole + "x", "an octet more");
    refused(whole + whole, "twice");
  }
}

TEST_F(Backups, ANewerOneSaysWhatToDo) {
  put("newer", "comity-backup/2\nwhatever");
  EXPECT_EQ(restore("newer", "data").error().code, ErrorCode::newer_format);
  put("other", "a picture, or whatever");
  EXPECT_EQ(restore("other", "data").error().code, ErrorCode::bad_input);
  EXPECT_EQ(restore("nothing", "data").error().code, ErrorCode::not_found);
  Bytes const heading = codec::encode(BackupHeading{journal::row_format() + 1, world.clock.now(), {}});
  put("rows", "comity-backup/1\n" + Bytes(3, '\0') + static_cast<char>(heading.size()) + heading);
  auto const refused = restore("rows", "data");
  EXPECT_EQ(refused.error().code, ErrorCode::newer_format);
  EXPECT_NE(refused.error().detail.find("Install the newer Comity"), std::string::npos)
      << refused.error().detail;
  EXPECT_FALSE(fs::exists(file("data")));
}

TEST_F(Backups, AFileOfItLeadsNowhereElse) {
  auto writer = BackupWriter::begin(file("x"), world.clock.now(), {}, world.seam()).value();
  ASSERT_TRUE(writer.put(KeptFile{"../../elsewhere", "x"}));
  ASSERT_TRUE(writer.end({}, 0));
  EXPECT_EQ(restore("x", "data").error().code, ErrorCode::corrupt);
  EXPECT_FALSE(fs::exists(file("elsewhere")));
}

// --- a disk that fails -------------------------------------------------------------------------------------------------

struct How {
  FaultyFiles::Failure failure;
  FaultyFiles::Then then;
};
class FailingDisk : public Backups, public testing::WithParamInterface<How> {
 protected:
  Seam seam() { return {world.clock, world.entropy, files_}; }
  FaultyFiles files_{system_seam().files};
};

// The directory stays as it is; a backup that bears its name is whole; and the next one succeeds.
TEST_P(FailingDisk, ABackupIsWholeOrIsNotThere) {
  uint64_t n = 1;
  for (bool failed = true; failed; ++n) {
    auto const head = world.centre().reader().head().value();
    std::string const name = "b" + std::to_string(n);
    files_.fail_at(n, GetParam().failure, GetParam().then);
    auto const made = sequencer::back_up({world.data(), file(name), {}}, seam(), [](Index) {});
    failed = files_.failed();
    EXPECT_EQ(made.has_value(), !failed) << n;
    if (fs::exists(file(name))) {
      ASSERT_TRUE(restore(name, name + "-data")) << n;
      expect_whole(file(name + "-data"), head);
    } else {
      ASSERT_TRUE(back_up(name)) << n << ": what is left beside is in nobody's way";
    }
    contribute(1000 + static_cast<int>(n));
    EXPECT_EQ(std::string(world.centre().health()), "ok");
    if (failed) ASSERT_TRUE(world.centre().reader().agrees(head).value());
  }
  EXPECT_GT(n, 8u);
}

TEST_P(FailingDisk, ARestoredDirectoryIsWholeOrIsNotThere) {
  auto const made = back_up("b");
  ASSERT_TRUE(made);
  uint64_t n = 1;
  for (bool failed = true; failed; ++n) {
    std::string const name = "data" + std::to_string(n);
    files_.fail_at(n, GetParam().failure, GetParam().then);
    auto const restored = sequencer::restore({file("b"), file(name), {}, ""}, seam(), [](Index) {});
    failed = files_.failed();
    EXPECT_EQ(restored.has_value(), !failed) << n;
    if (!fs::exists(file(name))) {
      fs::remove_all(file(name + ".new"));  // as it says to do, where the process died
      ASSERT_TRUE(restore("b", name)) << n;
    }
    expect_whole(file(name), made->head);
  }
  EXPECT_GT(n, 9u);
}

INSTANTIATE_TEST_SUITE_P(EveryOperation, FailingDisk,
                         testing::Values(How{FaultyFiles::Failure::not_done, FaultyFiles::Then::goes_on},
                                         How{FaultyFiles::Failure::done, FaultyFiles::Then::goes_on},
                                         How{FaultyFiles::Failure::not_done, FaultyFiles::Then::dies},
                                         How{FaultyFiles::Failure::done, FaultyFiles::Then::dies}));

// The same for what SQLite writes: the journal that is being made, and the log of the one that is copied.
TEST_F(Backups, ADiskThatFailsUnderTheJournalLeavesNothingBehind) {
  auto const made = back_up("b");
  ASSERT_TRUE(made);
  for (auto const failure :
       {FaultyDisk::Failure::not_done, FaultyDisk::Failure::done, FaultyDisk::Failure::full}) {
    uint64_t n = 1;
    for (bool failed = true; failed; ++n) {
      std::optional<Result<Backup>> restored;
      {
        FaultyDisk disk;
        disk.fail_at(n, failure);
        restored = restore("b", "data");
        failed = disk.failed();
        disk.restart();
      }
      EXPECT_EQ(restored->has_value(), fs::exists(file("data"))) << n;
      EXPECT_FALSE(fs::exists(file("data.new"))) << n;
      if (restored->has_value()) expect_whole(file("data"), made->head);
      fs::remove_all(file("data"));
    }
    EXPECT_GT(n, 10u);
  }
}

}  // namespace
}  // namespace comity::sequencer
