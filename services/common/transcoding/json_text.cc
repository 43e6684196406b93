#include "services/common/transcoding/json_text.h"

#include "services/common/transcoding/text.h"

namespace gongkai {

bool JsonText::PutString(std::string_view text) {
  if (PlainLength(text) == text.size()) {
    PutQuoted(text);
    return true;
  }
  std::string escaped;
  if (!AppendJsonString(escaped, text)) return false;
  Put(escaped);
  return true;
}

void JsonText::Grow(std::size_t more) {
  const std::size_t used = size();
  storage_.resize(storage_.size() * 2 + more);
  position_ = storage_.data() + used;
  end_ = storage_.data() + storage_.size();
}

}  // namespace gongkai
