// Every answer of every door, as one office gets it.
//
// TAXII: discovery, each API root, each collection with its manifest and objects (all pages), each object and
// its versions. Native: every GET of the API, each agreement, party and item that its lists name, the stream
// for a moment. Writes that leave no record: compiling and previews that name what may be hidden. Errors:
// names and ids that nobody has, and without a credential. Names that nobody has are made from a fixed seed,
// so that two walks ask the same questions.
//
// Each guess (the name of an agreement, party, office or the id of an item) is asked for in every place where
// such a name may stand, and right after it a name of the same length that nobody has: answers must be equal
// but for the name. A guess that this office has from its own lists is no guess and is left out.
//
// A question that gets no answer ends the walk with its error. Nothing here changes the centre, but that what
// was fetched counts as fetched. One thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "doors/http/message.h"

namespace comity::cli {

enum class As : uint8_t { office, nobody };

struct Question {
  http::Method method = http::Method::get;
  std::string path;
  std::string accept;
  Bytes body = {};
  As as = As::office;

  std::string text() const;  // what it is called in reports: one question, one text
};

struct Answer {
  std::string question;
  int status = 0;
  http::Headers headers = {};
  Bytes body = {};
};

struct Walk {
  std::vector<Answer> answers;
  size_t guessed = 0;  // answers about guesses
  std::vector<std::string>
      told_apart;  // questions whose answer differs from that about a name that nobody has
};

using Ask = std::function<Result<http::Response>(Question const&)>;

Result<Walk> walk(Ask const& ask, std::vector<std::string> const& guesses);

// Headers and body as they are compared: without `Date`, and with the centre's clock in /me blanked.
std::string compared(Answer const& answer);

}  // namespace comity::cli
