#include "services/common/transcoding/json_sequence.h"

#include <cstddef>

#include "services/common/transcoding/json_scanner.h"

namespace gongkai {
namespace {

constexpr int kMaxDepth = 100;

}  // namespace

std::vector<std::string_view> SplitJsonSequence(std::string_view body) {
  std::vector<std::string_view> texts;
  JsonScanner scanner(body);
  const bool array = scanner.Take('[');
  if (array && scanner.Take(']') && scanner.Peek() == JsonKind::kEnd) return texts;
  std::size_t separator = 0;
  while (scanner.Peek() != JsonKind::kEnd) {
    const std::size_t begin = scanner.position();
    if (!scanner.Skip(kMaxDepth)) {
      texts.push_back(body.substr(begin));
      return texts;
    }
    const std::size_t end = scanner.position();
    texts.push_back(body.substr(begin, end - begin));
    if (!array) continue;
    separator = end;
    if (scanner.Take(',')) continue;
    if (!scanner.Take(']') || scanner.Peek() != JsonKind::kEnd) texts.push_back(body.substr(end));
    return texts;
  }
  // The array breaks off.
  if (array) texts.push_back(body.substr(separator));
  return texts;
}

}  // namespace gongkai
