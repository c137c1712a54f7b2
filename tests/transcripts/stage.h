// The stage on which a transcript plays: one centre in a folder of its own, with a clock that stands still until it is
// told otherwise, chance from a seed, and the keys of all parties.
//
// Everything anybody is told is kept, office by office, so that a step can ask what an office was never told. The log is
// read after each step: what happened in it beyond the answer is shown too, under the true names of things.
// One thread beside the centre's own.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cli/doors.h"
#include "crypto/ed25519.h"
#include "release/eyes.h"
#include "sequencer/prepare.h"

namespace comity::transcripts {

// A ScriptedClock that the centre's thread may read while it is set.
class StageClock : public Clock {
 public:
  UtcTime now() override { return {us_.load()}; }
  int64_t monotonic_us() override { return us_.load(); }
  void set(UtcTime time) { us_.store(time.us); }

 private:
  std::atomic<int64_t> us_{0};
};

// Who speaks: an office through its duty officer, a person, or a client.
struct Speaker {
  std::string office;
  std::string party;
  std::string signer;  // whose key signs, if nothing else is said: the party's, or an officer's own
  sequencer::Author author;
};

// How a centre ends in the middle of a decision (25-isolation E11).
enum class Death : uint8_t { by_crash, by_kill };

// Which of an office's credentials: its machine's or its person's.
enum class Asks : uint8_t { as_machine, as_person };

class Stage {
 public:
  explicit Stage(std::string folder);  // its own; removed with it
  ~Stage();

  void found(std::vector<std::string> const& parties);
  void found_theatre();
  // A centre of preset `taxii`, with the users and objects of this description; every user has a password in it.
  void found_open(std::string const& description);
  // A centre of preset `dss`, whose one issuer the stage is.
  void found_dss();

  sequencer::Centre& centre() { return *centre_; }
  UtcTime now() { return clock_.now(); }
  // The same, but where the centre does not believe its clock.
  UtcTime log_time() { return centre_->stands_still_at().value_or(now()); }
  // Stops at every deadline on the way, as time does.
  void go_to(UtcTime time);
  // The clock alone; the centre is not asked.
  void set_clock(UtcTime time) { clock_.set(time); }

  Speaker speaker(std::string const& name);
  crypto::SecretKey const& key_of(std::string const& name);
  // A bearer token. Signatures of that kind differ each time, so it is never shown.
  std::string token_of(std::string const& user);
  // Of that issuer, for `uss1` with all scopes, for `uss1:sc,cp` with these.
  std::string f3548_token(std::string const& who);
  bool is_dss() const { return doors_->dss() != nullptr; }
  // The present OVN, or version, of the entity of this id.
  std::string ovn_of(std::string const& id);
  release::ReleaseKeys const& release_keys() const { return *release_keys_; }

  // What happened in the log since it was last asked; `own` is the record of which the author has been told already.
  std::vector<std::string> log_since(std::optional<Index> own = {});

  void was_told(std::string const& office, std::string const& bytes) { told_[office] += bytes + "\n"; }
  http::Router const& router() { return *router_; }
  // The header fields by which it comes in: a client's where machines ask, else a person's.
  std::vector<std::pair<std::string, std::string>> credential_of(std::string const& who, Asks how);

  // `Workshop as told to ru/mfa`: the last object with that word that the office was given.
  std::string copy_told(std::string const& description);
  // The first token for a further page that the office was given.
  std::string next_told(std::string const& office);
  std::string const& told(std::string const& office) { return told_[office]; }

  // Closes the centre, decides every record again, compares the state and opens it again. Throws if anything differs.
  void restart();
  // From here on a clock that leaps ahead is not believed, as `comity serve` has it.
  void restart_as_served();
  // What a centre does by itself after it was told that a leap is right.
  void let_the_log_go_on();
  // The same without opening it.
  void close_and_replay();
  // As `comity backup` and `comity restore` do it; what was recorded in between is lost.
  void back_up();
  void restore();
  // As if the centre had ended like that while it decided this.
  void die_on(model::Command const& command, Death death);

  Digest last_proposal;
  std::string last_document, last_token;

 private:
  void open_copy_of(std::string const& scenario, UtcTime day_0);
  model::TokenKey token_key();
  void found_without_parties(commands::Genesis genesis, UtcTime day_0);
  void open();
  void close();
  std::string data() const { return folder_ + "/data"; }
  Seam seam();

  std::string folder_;
  StageClock clock_;
  SeededEntropy entropy_{20151101};
  std::unique_ptr<sequencer::Centre> centre_;
  std::unique_ptr<cli::Doors> doors_;
  std::unique_ptr<http::Router> router_;
  std::unique_ptr<release::ReleaseKeys> release_keys_;
  std::map<std::string, crypto::SecretKey> keys_;
  std::map<std::string, std::string> told_;
  Index shown_ = 0;
  sequencer::Leaps leaps_ = sequencer::Leaps::allowed;
};

}  // namespace comity::transcripts
