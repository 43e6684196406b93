// The change feed as a consumer sees it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/plans/support/plans_world.h"

namespace gongkai::plans::testing {

std::string NameOf(const v1::Change& change);

// The message of whatever kind the change is of, as text.
std::string ResourceOf(const v1::Change& change);

// What a request for the feed may say.
struct Wish {
  std::string token;
  bool until_current = false;
  std::string division;
  std::vector<std::string> kinds;
  bool snapshot = false;
};

// One stream; every wait has a limit.
class FeedWatch {
 public:
  FeedWatch(PlansWorld& world, const Wish& wish);
  ~FeedWatch();

  // The next batch; nothing at the end of the stream.
  std::optional<v1::WatchResponse> Next();
  // The names of changes up to the first batch that says it is current.
  std::vector<std::string> UntilCurrent();
  // Of the last batch that UntilCurrent read.
  const std::string& token() const { return token_; }
  grpc::Status Finish() { return reader_->Finish(); }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::WatchResponse>> reader_;
  std::string token_;
};

// The token of the present end of the feed.
std::string CurrentToken(PlansWorld& world);

// Resources by name, as text.
using Resources = std::map<std::string, std::string>;

// What a consumer has who stores whatever is sent last, and goes on from `token` until the feed is
// current.
Resources Folded(PlansWorld& world, Resources resources, Wish wish);

// What Get and List answer for everything that the feed tells of.
Resources Listed(PlansWorld& world);

}  // namespace gongkai::plans::testing
