// What the authors of a proto say beside its elements.
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <string_view>

namespace gongkai::gateway {

// A comment as plain text: without the space after `//`, without what stands in `(-- --)` and is
// not for users, without lines for linters (`buf:lint:…`). Paragraphs stay apart.
std::string CleanComment(std::string_view text);

// The comment before an element, else the one behind it; empty where the descriptors come without
// comments (protoc --include_source_info).
template <typename Element>
std::string CommentOf(const Element& element) {
  google::protobuf::SourceLocation location;
  if (!element.GetSourceLocation(&location)) return "";
  const std::string before = CleanComment(location.leading_comments);
  return before.empty() ? CleanComment(location.trailing_comments) : before;
}

// Up to the first full stop, of either script: `Oldest first. By day.` → `Oldest first.`
std::string FirstSentence(std::string_view text);

}  // namespace gongkai::gateway
