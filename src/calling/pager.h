// Sends pages: a line that somebody should look, to people who are not looking at a screen (40-deconfliction). By mail, through the one
// relay that the host has configured; or by the host's gateway for short messages, pagers and telephones: a URL that takes
// {"to","text"} by POST, or a command that is run with the address as its only argument and the text on its standard input.
//
// Who is paged is an office's own word; where this program connects to is the host's alone, from its configuration, so nobody can have
// it look around by naming an address (25-isolation G12). An address is checked before it is given on (model/watch.h): nothing in it
// ends a line, quotes, or is an option of a command.
// Mail: with smtps:// over TLS that is verified; with smtp:// TLS is used where the relay offers it and is not verified, as mail
// between servers is: a page says nothing. A gateway at http:// is for loopback and is refused elsewhere.
// A text is a Released: what it says was decided when it was made.
//
// Each page is tried once, for limits::page_within at most, one after another on one thread; `done` is called there and must
// not block. Who pages keeps at most limits::pages_waiting here; more are answered `busy` at once. Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "model/watch.h"
#include "release/released.h"

namespace comity::calling {

// The host's ways; empty where it has none.
struct PageWays {
  std::string relay, from;  // smtp://host:25, and the address that mail comes from
  std::string gateway_url, gateway_command;
};
// What is wrong with them, if anything, and what to do.
Result<void> check(PageWays const& ways);

enum class PageEnd : uint8_t { sent, no_way, failed, busy };

class Pager {
 public:
  explicit Pager(PageWays ways);
  ~Pager();  // what still waits is not sent

  using Done = std::function<void(PageEnd)>;
  void send(model::Contact contact, release::Released<Bytes> text, Done done);

 private:
  class House;
  std::unique_ptr<House> house_;
};

}  // namespace comity::calling
