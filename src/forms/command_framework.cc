// Published frameworks for the reference set: allowed by two officers, loaded by one.
#include "base/limits.h"
#include "commands/allow_framework.h"
#include "commands/load_framework_object.h"
#include "forms/command_parts.h"
#include "forms/shapes.h"
#include "model/names.h"
#include "stix/read.h"

namespace comity::forms {
namespace {

Shape const framework_slug{model::is_slug,
                           "must be 2 to 32 lower-case letters, digits or hyphens, a letter first"};

// Published frameworks break rules of STIX that nobody is endangered by.
void take_object(Reading& reading, Members& members, commands::LoadFrameworkObject& made) {
  auto const place = members.required("object");
  if (!place) return;
  BytesView const bytes = text_of_member(reading, "object");
  auto read = stix::read_object(bytes, reading.tools.comparison_key(), {stix::Strictness::permissive, {}});
  if (!read) {
    for (stix::Finding& finding : read.error())
      reading.problems.add(place->pointer() + finding.pointer,
                           std::string(finding.code) + ": " + std::move(finding.detail));
    return;
  }
  made.type = std::move(read->head.type), made.id = std::move(read->head.id);
  made.version = std::move(read->head.version);
  made.size = bytes.size();
  made.marking_kind = read->facts.marking_kind;
  reading.out.command.compare = read->head.compare;
  reading.out.command.sealed =
      codec::encode(commands::Judgement{read->facts.permissive, std::move(read->spec_version)});
  reading.out.payload = Bytes(bytes);
}

}  // namespace

void read_allow_framework(Reading& reading) {
  commands::AllowFramework made;
  Members members(reading.place());
  take_shaped(members, "framework", framework_slug, made.framework);
  made.objects = 1;  // if it cannot be read, the others are looked at as if it did not end
  members.take_number("objects", made.objects, 0, limits::framework_objects);
  if (made.objects != 0) {
    take_digest(members, "root", made.root);
    take_shaped(members, "title", heading, made.title);
  }
  reading.out.command.body = codec::encode(made);
}

void read_load_framework_object(Reading& reading) {
  commands::LoadFrameworkObject made;
  Members members(reading.place());
  take_shaped(members, "framework", framework_slug, made.framework);
  take_digest(members, "root", made.root);
  members.take_number("objects", made.objects, 1, limits::framework_objects);
  members.take_number("place", made.place, 0, limits::framework_objects - 1);
  if (auto const proof = members.required("proof"))
    for (Place const& element : proof->elements(limits::framework_proof)) {
      auto const text = element.text();
      Digest step;
      if (text && (!from_hex(*text, step) || to_hex(step) != *text))
        element.refuse("must be 64 hexadecimal digits in lower case");
      made.proof.push_back(step);
    }
  take_object(reading, members, made);
  reading.out.command.body = codec::encode(made);
}

}  // namespace comity::forms
