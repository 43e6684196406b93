#include "services/gateway/descriptors/comment.h"

#include <algorithm>

namespace gongkai::gateway {
namespace {

constexpr std::string_view kFullStop = "。";

std::string WithoutInternalParts(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const auto begin = text.find("(--");
    kept += text.substr(0, begin);
    if (begin == std::string_view::npos) break;
    const auto end = text.find("--)", begin);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 3);
  }
  return kept;
}

bool IsForLinters(std::string_view line) {
  return line.starts_with("buf:lint:") || line.starts_with("clang-format ");
}

}  // namespace

std::string CleanComment(std::string_view text) {
  const std::string own = WithoutInternalParts(text);
  std::string cleaned;
  for (std::string_view rest = own; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.starts_with(' ')) line.remove_prefix(1);
    while (line.ends_with(' ') || line.ends_with('\r')) line.remove_suffix(1);
    if (IsForLinters(line)) continue;
    cleaned += line;
    cleaned += '\n';
  }
  while (cleaned.starts_with('\n')) cleaned.erase(0, 1);
  while (cleaned.ends_with('\n')) cleaned.pop_back();
  return cleaned;
}

std::string FirstSentence(std::string_view text) {
  text = text.substr(0, text.find("\n\n"));
  std::size_t end = text.size();
  for (auto stop = text.find('.'); stop != std::string_view::npos;
       stop = text.find('.', stop + 1)) {
    if (stop + 1 < text.size() && text[stop + 1] != ' ' && text[stop + 1] != '\n') continue;
    end = stop + 1;
    break;
  }
  if (const auto stop = text.find(kFullStop); stop != std::string_view::npos) {
    end = std::min(end, stop + kFullStop.size());
  }
  std::string sentence(text.substr(0, end));
  std::replace(sentence.begin(), sentence.end(), '\n', ' ');
  return sentence;
}

}  // namespace gongkai::gateway
