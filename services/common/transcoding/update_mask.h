// Which fields a JSON text sets, as a mask names them.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "services/common/transcoding/message_table.h"

namespace gongkai {

// The paths that a document sets.
struct UpdateMask {
  std::vector<std::string>* paths = nullptr;  // nullptr while none are collected
  std::string prefix;                         // `parent.` within a message that has fields
};

// Puts down a member, unless members of its own were put down by the time that it ends. Within what
// a mask cannot lead into, nothing is put down.
class MaskEntry {
 public:
  MaskEntry(UpdateMask& mask, const FieldTable& field) : mask_(mask), paths_(mask.paths) {
    if (!paths_) return;
    before_ = paths_->size();
    length_ = mask.prefix.size();
    path_ = mask.prefix + field.name;
    const bool opens = field.kind == FieldKind::kMessage && !field.repeated && !field.map &&
                       field.message->well_known() == WellKnown::kNone;
    mask.prefix = path_ + '.';
    if (!opens) mask.paths = nullptr;
  }
  ~MaskEntry() {
    if (!paths_) return;
    if (paths_->size() == before_) paths_->push_back(std::move(path_));
    mask_.prefix.resize(length_);
    mask_.paths = paths_;
  }
  MaskEntry(const MaskEntry&) = delete;
  MaskEntry& operator=(const MaskEntry&) = delete;

 private:
  UpdateMask& mask_;
  std::vector<std::string>* const paths_;
  std::size_t before_ = 0;
  std::size_t length_ = 0;
  std::string path_;
};

}  // namespace gongkai
