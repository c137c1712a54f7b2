#include "stix/order.h"

#include <unordered_map>

namespace comity::stix {
namespace {

// The objects of one id, and where the walk stands among what they refer to.
struct Group {
  std::vector<size_t> objects;  // as posted
  bool entered = false;
  size_t object = 0, reference = 0;  // the next one to look at
};

class Walk {
 public:
  explicit Walk(std::span<Posted const> objects) : objects_(objects) {
    for (size_t i = 0; i < objects.size(); ++i) {
      auto const [entry, is_new] = by_id_.try_emplace(objects[i].id, groups_.size());
      if (is_new) groups_.emplace_back();
      groups_[entry->second].objects.push_back(i);
    }
  }

  // Depth first, with a stack of its own: a chain may be as long as the envelope.
  std::vector<size_t> order() {
    std::vector<size_t> out;
    out.reserve(objects_.size());
    for (size_t group = 0; group < groups_.size(); ++group) {
      enter(group);
      while (!open_.empty()) step(out);
    }
    return out;
  }

 private:
  void enter(size_t group) {
    if (groups_[group].entered) return;
    groups_[group].entered = true;
    open_.push_back(group);
  }

  // Enters the next group that the innermost open one refers to, or closes it.
  void step(std::vector<size_t>& out) {
    auto& group = groups_[open_.back()];
    for (; group.object < group.objects.size(); ++group.object, group.reference = 0) {
      auto const& references = objects_[group.objects[group.object]].references;
      if (group.reference == references.size()) continue;
      auto const target = by_id_.find(references[group.reference++].id);
      if (target != by_id_.end()) enter(target->second);
      return;
    }
    out.insert(out.end(), group.objects.begin(), group.objects.end());
    open_.pop_back();
  }

  std::span<Posted const> objects_;
  std::unordered_map<std::string_view, size_t> by_id_;
  std::vector<Group> groups_;
  std::vector<size_t> open_;
};

}  // namespace

std::vector<size_t> contribution_order(std::span<Posted const> objects) { return Walk(objects).order(); }

}  // namespace comity::stix
