// Slugs and the names built from them (15-forms, conventions).
//
//   party      ru                     [a-z][a-z0-9-]{1,31}
//   office     ru/general-staff       party / slug
//   agreement  ru.baghdad-centre      party . slug; the party is the sponsoring office's
//   client     ru/general-staff/feed  office / slug: the user name of a machine
//   person     anna@ru                slug @ party: the user name of a human
//
// The words of `is_reserved` belong to the centre (25-isolation G2). A name is only ever resolved in somebody's view
// (state/view.h); these functions look at its shape and nothing else.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace comity::model {

bool is_slug(std::string_view text);
bool is_reserved(std::string_view slug);

// Splits at the only separator; both halves must be slugs.
using NamePair = std::pair<std::string_view, std::string_view>;
std::optional<NamePair> split_office(std::string_view name);     // party, slug
std::optional<NamePair> split_agreement(std::string_view name);  // party, slug
std::optional<NamePair> split_person(std::string_view name);     // slug, party
std::optional<NamePair> split_client(std::string_view name);     // office name, slug

}  // namespace comity::model
