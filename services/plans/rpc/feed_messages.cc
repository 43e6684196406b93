#include "services/plans/rpc/feed_messages.h"

#include <google/protobuf/util/time_util.h>

#include <charconv>

#include "services/plans/rpc/messages.h"

namespace gongkai::plans {
namespace {

using google::protobuf::util::TimeUtil;

// The number up to `end`, which must be the next character after it.
template <typename Number>
bool Take(std::string_view& text, char end, Number& number) {
  const auto [next, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return false;
  text.remove_prefix(next - text.data());
  if (end == '\0') return text.empty();
  if (text.empty() || text[0] != end) return false;
  text.remove_prefix(1);
  return true;
}

Result<void> FillChange(const StoredChange& stored, v1::Change& change) {
  change.set_resume_token(ToToken(stored.position));
  change.set_actor(stored.actor);
  if (!TimeUtil::FromString(stored.change_time, change.mutable_change_time())) {
    return Fail(Internal("a stored change has no readable time"));
  }
  const auto* field = v1::Change::descriptor()->FindFieldByName(stored.kind);
  return ParseDocument(stored.resource, change.GetReflection()->MutableMessage(&change, field));
}

}  // namespace

DivisionRange SubtreeOf(DivisionCode division) {
  const int code = division.value;
  if (code % 10000 == 0) return {code, code + 9999};
  if (code % 100 == 0) return {code, code + 99};
  return {code, code};
}

std::string ToToken(const FeedPosition& position) {
  return "v1." + std::to_string(position.txid) + "." + std::to_string(position.seq);
}

Result<FeedPosition> FromToken(const std::string& token) {
  if (token.empty()) return FeedPosition{};
  FeedPosition position;
  std::string_view rest = token;
  if (rest.starts_with("v1.")) {
    rest.remove_prefix(3);
    if (Take(rest, '.', position.txid) && Take(rest, '\0', position.seq)) return position;
  }
  return Fail(InvalidArgument("resume_token", "is not a token of this feed"));
}

Result<v1::WatchResponse> ToWatchResponse(const FeedPage& page) {
  v1::WatchResponse response;
  for (const auto& stored : page.changes) {
    if (auto filled = FillChange(stored, *response.add_changes()); !filled) {
      return Fail(filled.error());
    }
  }
  response.set_resume_token(ToToken(page.next));
  if (page.at_end && !page.more_pending) {
    TimeUtil::FromString(page.read_time, response.mutable_current_as_of());
  }
  return response;
}

}  // namespace gongkai::plans
