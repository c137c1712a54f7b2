// The duties of an office (25-isolation G9): what it has to do with what it was released. They stand outside all agreements
// and outlive every right; a suspended, withdrawn or expelled party still has them.
//
// A duty says what kind it is, of what the office had, by the id and version or the number by which it had it, and nothing of why or by
// whom beyond a word from a list. `deletion`: whoever gave the item has deleted it; the office should too. `notice`: a notice waits to be
// answered; it is a duty while it waits, and says neither what it is about nor where (told_conflicts.h does, as far as the clause still
// runs). A new key that was filed for the office's party is one as long as it may be objected to (B5). As an object of STIX it is an `x-comity-duty`, made by the centre, with one version:
//
//   {"type":"x-comity-duty","spec_version":"2.1","id":…,"created_by_ref":<the centre>,"created":t,"modified":t,
//    "duty":"deletion","object_ref":<id as had>,"object_version":<version as had>,"reason":"deleted_by_its_originator"}
//   {…, "duty":"notice","notice":<the office's own number>,"answer_by":t,"reason":"to_be_answered"}
//   {…, "duty":"recovery","new_key":<its id>,"answer_by":<when it takes effect>,"reason":"a_new_key_was_filed"}
//
// It is a feed like any other (feed.h, Source::duties): paged, with tokens, filters and streams. Call it under the lock that
// guards the state; it changes nothing.
#pragma once

#include "release/feed.h"
#include "release/told.h"

namespace comity::release {

Page duties_page(Eyes const& eyes, FeedQuery const& query);

// The same natively: with the agreement, if the reader may still know of it. `shown` is of duties_page.
Told tell_duty(Eyes const& eyes, Shown const& shown);

}  // namespace comity::release
