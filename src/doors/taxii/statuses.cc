#include "doors/taxii/statuses.h"

#include "base/limits.h"

namespace comity::taxii {

void Statuses::drop_oldest(Shelf& shelf) {
  Kept const& oldest = shelf.in_order.front();
  shelf.objects -= oldest.status->fates.size();
  auto const found = shelf.by_id.find(oldest.id);
  if (found != shelf.by_id.end() && found->second == oldest.status) shelf.by_id.erase(found);
  shelf.in_order.pop_front();
}

void Statuses::keep(uint64_t viewer, std::string const& id, std::shared_ptr<Status const> status) {
  std::lock_guard const lock(mutex_);
  Shelf& shelf = shelves_[viewer];
  UtcTime const now = status->time;
  shelf.objects += status->fates.size();
  shelf.by_id[id] = status;
  shelf.in_order.push_back({id, std::move(status)});
  while (shelf.in_order.size() > 1 && (shelf.in_order.size() > limits::statuses_per_office ||
                                       shelf.objects > limits::status_objects_per_office ||
                                       now - shelf.in_order.front().status->time > limits::status_kept))
    drop_oldest(shelf);
}

std::shared_ptr<Status const> Statuses::find(uint64_t viewer, std::string const& id, UtcTime now) const {
  std::lock_guard const lock(mutex_);
  auto const shelf = shelves_.find(viewer);
  if (shelf == shelves_.end()) return nullptr;
  auto const found = shelf->second.by_id.find(id);
  if (found == shelf->second.by_id.end() || now - found->second->time > limits::status_kept) return nullptr;
  return found->second;
}

}  // namespace comity::taxii
