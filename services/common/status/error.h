// The one error language of the project: what went wrong, where, and what to do about it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace gongkai {

// The codes of google/rpc/code.proto that the services use, with the same numbers.
enum class ErrorCode {
  kCancelled = 1,
  kUnknown = 2,
  kInvalidArgument = 3,
  kDeadlineExceeded = 4,
  kNotFound = 5,
  kAlreadyExists = 6,
  kPermissionDenied = 7,
  kResourceExhausted = 8,
  kFailedPrecondition = 9,
  kAborted = 10,
  kOutOfRange = 11,
  kUnimplemented = 12,
  kInternal = 13,
  kUnavailable = 14,
  kDataLoss = 15,
  kUnauthenticated = 16,
};

// A field of a request that breaks a rule. `field` is its path: `parsed_plan.tasks[3].requirement`.
struct FieldViolation {
  std::string field;
  std::string description;
};

// An expected failure, as a value. Never carries text from a driver or personal data.
struct Error {
  ErrorCode code = ErrorCode::kUnknown;
  // UPPER_SNAKE_CASE and stable: what programs decide by, e.g. `STATE_NOT_ALLOWED`.
  std::string reason;
  // For developers, in English: the place and the remedy.
  std::string message;
  // For users, in Simplified Chinese; may be empty.
  std::string message_zh;
  // Facts that belong to the reason, e.g. `state` → `VERIFIED`.
  std::map<std::string, std::string> metadata;
  // For kInvalidArgument: every field at fault.
  std::vector<FieldViolation> violations;
};

// A value or the reason why there is none.
template <typename T>
using Result = tl::expected<T, Error>;

// `return Fail(error);` from any function that returns a Result.
inline tl::unexpected<Error> Fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

// INVALID_ARGUMENT for one field.
Error InvalidArgument(std::string field, std::string description, std::string message_zh = "");
// INVALID_ARGUMENT for several fields; `violations` must not be empty.
Error InvalidArguments(std::vector<FieldViolation> violations, std::string message_zh = "");
// NOT_FOUND for a resource by its name.
Error NotFound(std::string_view resource_name);
// INTERNAL; the cause goes to the log under the trace id and not to the caller.
Error Internal(std::string message);
// UNAVAILABLE: the same call may work in a moment.
Error Unavailable(std::string reason, std::string message);

// The name in google/rpc/code.proto, e.g. `NOT_FOUND`.
std::string_view CodeName(ErrorCode code);

}  // namespace gongkai
