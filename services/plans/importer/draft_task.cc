#include "services/plans/importer/draft_task.h"

namespace gongkai::plans::importer {

Text LeadOf(TextView requirement) {
  constexpr size_t kShortest = 8;
  constexpr size_t kLongest = 40;
  constexpr size_t kLongestSentence = 30;
  const size_t sentence = requirement.find(U'。');
  if (sentence <= kLongestSentence) return Text(requirement.substr(0, sentence));
  size_t end = requirement.find_first_of(U"，。；：！");
  if (end == TextView::npos) end = requirement.size();
  // A clause as short as `聚焦民生，` names nothing yet.
  if (end < kShortest && end < requirement.size() && requirement[end] == U'，') {
    const size_t next = requirement.find_first_of(U"，。；：！", end + 1);
    if (next != TextView::npos && next <= kLongest) end = next;
  }
  if (end <= kLongest) return Text(requirement.substr(0, end));
  return Text(requirement.substr(0, kLongest - 1)) + U'…';
}

}  // namespace gongkai::plans::importer
