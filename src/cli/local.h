// The commands that work on a data directory on this machine, without a running centre or as one.
//
// Each returns the process's exit code: 0 done · 1 refused · 2 usage · 3 not there · 4 cannot be done now (another
// process has the directory, the disk failed) · 5 integrity failure. What a person should read goes to stdout, what went
// wrong and what to do next to stderr.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "calling/pager.h"
#include "doors/http/tls.h"
#include "stix/judging.h"

namespace comity::cli {

enum class Format : uint8_t { text, json };

// An officer of the host as the command line names it: `anna=<file with her public key, base64>`.
struct OfficerOption {
  std::string slug, key_file;
};

struct InitOptions {
  std::string data;
  std::string name, origin;
  std::string host_slug = "operator", host_name = "Operator", host_office = "operations";
  std::string host_key_file;
  std::vector<OfficerOption> officers;
  std::string description = {};  // of preset `taxii`; empty: a centre of agreements
  enum class Telling : uint8_t {
    usual,
    nothing
  } telling = Telling::usual;  // what was made, on standard output
  enum class Preset : uint8_t { agreements, dss } preset = Preset::agreements;
  stix::Strictness strictness = stix::Strictness::strict;
  enum class Refused : uint8_t { stop, left_out } refused = Refused::stop;  // objects of the description
};
int init(InitOptions const& options);

// Of preset `dss` (doors/f3548/door.h): whose tokens it believes, as whom these must name it, and whether clients may be called at
// http:// as those of tests are.
struct DssOptions {
  bool wanted = false;                   // makes the data directory where there is none
  std::vector<std::string> issuer_keys;  // files: PEM, or a JSON Web Key Set
  std::vector<std::string> audiences;
  bool http_base_urls = false;
  bool strict_scopes = false;
};

struct ServeOptions {
  std::string data;
  std::string address = "127.0.0.1";
  uint16_t port = 8642;
  uint16_t metrics_port = 0;   // on loopback; 0: any free one, printed
  size_t connections = 4'096;  // open at once, of all
  size_t connections_per_address = 1'024;
  std::string log = "-";                 // the access log: a file, or - for stderr
  http::TlsFiles tls = {};               // without certificates: plain HTTP
  std::string call_authorities = {};     // PEM; for destinations. Empty: the system's
  calling::PageWays pages = {};          // how people on watch are paged
  std::string public_url = {};           // where other systems reach it; empty: by the host of its origin
  std::vector<std::string> openid = {};  // files, each of a provider by which people sign in
  stix::Judging judging = {};            // of objects that parties post
  enum class When : uint8_t { in_demo, never, always };
  When public_visits = When::in_demo, public_replies = When::in_demo;  // of the public page
  DssOptions dss = {};
  Format format = Format::text;
};
// Runs until SIGINT or SIGTERM, then lets requests in flight finish.
int serve(ServeOptions const& options);

enum class Redecide : uint8_t { no, yes };
struct ReplayOptions {
  std::string data;
  Redecide decide = Redecide::no;
  Format format = Format::text;
};
// Applies every record; with Redecide::yes decides each again and compares. Prints the digest of the state.
int replay(ReplayOptions const& options);

struct VerifyOptions {
  std::string data;
  Format format = Format::text;
};
int verify(VerifyOptions const& options);

// What a child of the centre does (50-ledger); the centre notes the digest that it prints, and a start uses no other.
int snapshot(std::string const& data);

// The scenario: `./run` and its further steps. `step` is empty or "fire" (load if need be, start in the background, file the flights
// of the hours ahead, print what to look at), "load" (that alone), "leave", "sweep", "crash" or "stop".
struct DemoOptions {
  std::string step;
  std::string data = "build/demo";
  uint16_t port = 8642;
  unsigned kills = 3;  // of the step crash
};
int demo(DemoOptions const& options);

}  // namespace comity::cli
