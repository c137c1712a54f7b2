// What a person should look at before a file of places is filed: findings, each about one place, each with what to do.
//
//   refuse   it cannot be filed as it is: the file is mended, or an option says what it leaves out
//   ask      it may be right; a person who has looked accepts it
//
// Refused are: what could not be read of it, no name, no kind, no time by which it is to be confirmed again or one that has passed, a
// point without its uncertainty, a limit above ground of unknown height, a schedule that the form cannot hold, values that cannot be, the null island (0, 0), a ring that crosses itself, an end in the past, one
// identity twice. Asked about: swapped axes, a point in the sea, two places within the uncertainty of one another (shown, never
// merged), and what the reader has remarked on.
//
// Swapped axes: a place in the sea that would lie on land the other way round; or one that is far from where most of the file (and
// of what is there already) lies and would be among it the other way round. A file that is the wrong way round as a whole and on
// land both ways is not noticed but by what is there already.
//
// `there` are the sites of the office that is to file. Findings come in the order of the file. Computes in floats and decides no
// ruling. Takes time in proportion to the square of the number of places, a tenth of a second for limits::places.
// Pure; any thread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "places/draft.h"

namespace comity::places {

enum class Severity : uint8_t { refuse, ask };

struct Finding {
  Severity severity = Severity::ask;
  std::string code;   // a word for programs: `swapped_axes`
  size_t draft = 0;   // its number in the list
  std::string where;  // as the draft has it
  std::string message;
};

// A site that the office has already.
struct There {
  std::string id;  // a UUID
  std::string name;
  std::vector<LatLng> points;  // of one of its volumes
  double uncertainty_m = 0;
};

// `ids`: under which each draft would be filed (body.h), so that a change of what is there is no duplicate of it.
std::vector<Finding> check(std::span<Draft const> drafts, std::span<std::string const> ids,
                           std::span<There const> there, UtcTime now);

double distance_m(LatLng const& a, LatLng const& b);  // on a sphere of 6,371,010 m

}  // namespace comity::places
