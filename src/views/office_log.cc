#include "views/office_log.h"

#include "base/limits.h"
#include "codec/codec.h"
#include "commands/seed_item.h"
#include "commands/sign.h"

namespace comity::views {
namespace {

template <class Map>
auto const& look_up(Map const& map, OfficeKey office) {
  static typename Map::mapped_type const none;
  auto const found = map.find(office);
  return found == map.end() ? none : found->second;
}

std::string subject_of(model::Command const& command) {
  using Kind = model::CommandKind;
  if (auto const id = commands::contributed_id(command)) return *id;
  if (command.kind == Kind::sign || command.kind == Kind::sponsor || command.kind == Kind::table_agreement)
    if (auto const body = codec::decode<commands::OnText>(command.body)) return body->agreement;
  return {};
}

}  // namespace

void OfficeLog::on_record(model::Record const& record) {
  OfficeKey const office = record.command.office;
  if (office.is_none()) return;
  records_[office].push_back(record.index);
  if (record.ruling.accepted()) return;
  auto& inbox = refusals_[office];
  if (inbox.size() >= 2 * limits::inbox_refusals)
    inbox.erase(inbox.begin(), inbox.begin() + static_cast<std::ptrdiff_t>(limits::inbox_refusals));
  inbox.push_back(
      {record.index, record.time, record.command.kind, subject_of(record.command), record.ruling.reasons});
}

std::vector<Index> const& OfficeLog::records_of(OfficeKey office) const { return look_up(records_, office); }
std::vector<Refusal> const& OfficeLog::refusals_of(OfficeKey office) const {
  return look_up(refusals_, office);
}

}  // namespace comity::views
