// What is posted to a door: a TAXII envelope or a STIX bundle, cut into its objects.
//
// The objects come as they were written, byte for byte, as views into the body, in the order posted. Of the other
// members only those of Comity are read:
//
//   x_comity_to_offices  a list of office names: whom TLP RED reaches (20-release); to_offices is the same
//   x_comity_preview     true: answer what would happen and contribute nothing
//   x_comity_permissive  true: what breaks a MUST without danger is only warned of (stix/codes.h)
//
// Any other x_comity_* member is refused: who mistypes the preview flag must not contribute for real (25-isolation
// C10). Members of the two standards (more, next, type, id, spec_version) and unknown ones without that prefix are not
// looked at (R8). A body without objects gives none.
//
// The whole body is validated as I-JSON first (25-isolation G13, C4). Errors: bad_input with the pointer of the place,
// too_large beyond limits::envelope_objects or limits::to_offices. Thread-safe, no state.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "stix/judging.h"

namespace comity::stix {

enum class Purpose : uint8_t { contribute, preview };

struct Envelope {
  std::vector<BytesView> objects;
  std::vector<std::string> to_offices;  // as named by the sender; sorted, each once
  Purpose purpose = Purpose::contribute;
  Strictness strictness = Strictness::strict;
};

Result<Envelope> read_envelope(BytesView body);

}  // namespace comity::stix
