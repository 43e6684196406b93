#include "services/plans/rpc/feed_messages.h"

#include <google/protobuf/util/time_util.h>

#include <charconv>
#include <limits>

#include "services/plans/rpc/messages.h"

namespace gongkai::plans {
namespace {

using google::protobuf::util::TimeUtil;

constexpr std::string_view kChangeToken = "v1.";
constexpr std::string_view kSnapshotToken = "s1.";
constexpr auto kBehindAll = std::numeric_limits<std::int64_t>::max();

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

// The text up to the next dot, which it takes too.
std::string_view TakeWord(std::string_view& text) {
  const auto word = text.substr(0, text.find('.'));
  text.remove_prefix(std::min(text.size(), word.size() + 1));
  return word;
}

const google::protobuf::FieldDescriptor* FieldOf(const std::string& kind) {
  const auto* field = v1::Change::descriptor()->FindFieldByName(kind);
  return field && field->containing_oneof() ? field : nullptr;
}

std::string AllKinds() {
  std::string kinds;
  const auto* resource = v1::Change::descriptor()->FindOneofByName("resource");
  for (int i = 0; i < resource->field_count(); ++i) {
    kinds += (i ? ", " : "") + resource->field(i)->name();
  }
  return kinds;
}

// `370100-370199.unit+plan.`: what a token of a snapshot says of its filter.
std::string Signature(const FeedFilter& filter) {
  std::string text =
      std::to_string(filter.divisions.from) + "-" + std::to_string(filter.divisions.to) + ".";
  for (const auto& kind : filter.kinds) text += (text.back() == '.' ? "" : "+") + kind;
  return text + ".";
}

Error UnknownToken() { return InvalidArgument("resume_token", "is not a token of this feed"); }

Result<FeedPlace> FromSnapshotToken(std::string_view rest, const FeedFilter& filter) {
  FeedPlace place{.position = {.seq = kBehindAll}, .snapshot = SnapshotPlace{}};
  if (!Take(rest, '.', place.position.txid)) return Fail(UnknownToken());
  const auto signature = Signature(filter);
  if (!rest.starts_with(signature)) {
    return Fail(InvalidArgument(
        "resume_token", "is of a snapshot with another division or other kinds than this request"));
  }
  rest.remove_prefix(signature.size());
  place.snapshot->kind = TakeWord(rest);
  place.snapshot->key = rest;
  return place;
}

Result<void> FillResource(const std::string& kind, const Document& resource, v1::Change& change) {
  return ParseDocument(resource, change.GetReflection()->MutableMessage(&change, FieldOf(kind)));
}

Result<void> FillChange(const StoredChange& stored, v1::Change& change) {
  change.set_resume_token(ToToken({stored.position, std::nullopt}, {}));
  change.set_actor(stored.actor);
  change.set_traceparent(stored.traceparent);
  if (!TimeUtil::FromString(stored.change_time, change.mutable_change_time())) {
    return Fail(Internal("a stored change has no readable time"));
  }
  return FillResource(stored.kind, stored.resource, change);
}

}  // namespace

Result<FeedFilter> FilterOf(const v1::WatchRequest& request) {
  FeedFilter filter;
  if (!request.division().empty()) {
    const auto division = ParseDivisionName(request.division());
    if (!division) return Fail(MalformedName("division", "divisions/{division}"));
    filter.divisions = SubtreeOf(*division);
  }
  RequestChecks checks;
  for (int i = 0; i < request.kinds_size(); ++i) {
    checks.Require(FieldOf(request.kinds(i)) != nullptr, "kinds[" + std::to_string(i) + "]",
                   "must be one of " + AllKinds());
    filter.kinds.push_back(request.kinds(i));
  }
  if (!checks.ok()) return Fail(checks.error());
  // The order does not matter, and a token must not depend on it.
  std::sort(filter.kinds.begin(), filter.kinds.end());
  return filter;
}

std::string ToToken(const FeedPlace& place, const FeedFilter& filter) {
  if (place.snapshot) {
    return std::string(kSnapshotToken) + std::to_string(place.position.txid) + "." +
           Signature(filter) + place.snapshot->kind + "." + place.snapshot->key;
  }
  return std::string(kChangeToken) + std::to_string(place.position.txid) + "." +
         std::to_string(place.position.seq);
}

Result<FeedPlace> FromToken(const std::string& token, const FeedFilter& filter) {
  FeedPlace place;
  if (token.empty()) return place;
  std::string_view rest = token;
  if (rest.starts_with(kSnapshotToken)) {
    return FromSnapshotToken(rest.substr(kSnapshotToken.size()), filter);
  }
  if (!rest.starts_with(kChangeToken)) return Fail(UnknownToken());
  rest.remove_prefix(kChangeToken.size());
  if (!Take(rest, '.', place.position.txid) || !Take(rest, '\0', place.position.seq)) {
    return Fail(UnknownToken());
  }
  return place;
}

Result<v1::WatchResponse> ToWatchResponse(const FeedPage& page, const FeedFilter& filter) {
  v1::WatchResponse response;
  for (const auto& stored : page.changes) {
    if (!filter.Passes(stored.division, stored.kind)) continue;
    if (auto filled = FillChange(stored, *response.add_changes()); !filled) {
      return Fail(filled.error());
    }
  }
  response.set_resume_token(ToToken({page.next, std::nullopt}, filter));
  if (page.at_end && !page.more_pending) {
    TimeUtil::FromString(page.read_time, response.mutable_current_as_of());
  }
  return response;
}

Result<v1::WatchResponse> ToWatchResponse(const SnapshotPage& page, const FeedPosition& begin,
                                          const FeedFilter& filter) {
  v1::WatchResponse response;
  response.set_snapshot(true);
  for (const auto& found : page.resources) {
    auto& change = *response.add_changes();
    change.set_resume_token(ToToken({begin, found.place}, filter));
    if (auto filled = FillResource(found.place.kind, found.resource, change); !filled) {
      return Fail(filled.error());
    }
  }
  response.set_resume_token(ToToken({begin, page.next}, filter));
  return response;
}

}  // namespace gongkai::plans
