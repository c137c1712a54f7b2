// Who is on watch in an office, how they are reached, and which calls were made over a line (40-deconfliction, "Notices and
// acknowledgement").
//
// A contact is where a page goes: an address of mail, or whatever a gateway of the host takes (a number of a phone or pager). It is
// the office's own word and is told to nobody else. A call is what somebody on watch says that they did over a contact clause.
//
// Plain structs. Thread rule: as any value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/time.h"
#include "model/conflict.h"

namespace comity::model {

struct Contact {
  enum class By : uint8_t { mail = 1, gateway };
  By by = By::mail;
  std::string address;  // printable ASCII without spaces, at most limits::contact_bytes
  bool operator==(Contact const&) const = default;
  auto fields(this auto& self) { return std::tie(self.by, self.address); }
};
// Whether it can be given to a mail system or a gateway as it is: nothing in it ends a line, quotes or is an option.
bool is_contact(Contact const& contact);

// What who goes leaves in words to who comes: of 1 to limits::handover_note_characters code points, with line feeds and tabs and no other
// control character. Told to its office alone.
bool is_handover_note(std::string_view text);

enum class CallPurpose : uint8_t { test = 1, talk };
struct LineCall {
  CallPurpose purpose = CallPurpose::talk;
  bool reached = false;
  std::string language;  // one of the clause
  uint32_t minutes = 0;
  uint64_t notice = 0;  // the caller's own that it was about; 0: none
  std::optional<Digest> read_back;
  std::string words;  // the caller's own, told to its office alone
  auto fields(this auto& self) {
    return std::tie(self.purpose, self.reached, self.language, self.minutes, self.notice, self.read_back,
                    self.words);
  }
};

}  // namespace comity::model
