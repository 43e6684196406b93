// How the messages of a stream stand in its body.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gongkai::gateway {

enum class StreamFormat {
  kLines,   // application/x-ndjson
  kEvents,  // text/event-stream
  kRaw,     // the bytes of google.api.HttpBody
};

// Server-sent events for a client that asks for text/event-stream, else lines.
StreamFormat StreamFormatOf(std::string_view accept);

// Of kLines and kEvents.
std::string_view ContentTypeOf(StreamFormat format);

// One message: `{…}\n`, `data: {…}\n\n`, or as it is. JSON holds no line breaks.
std::string MessageFrame(StreamFormat format, std::string json);
// Nothing but a sign of life, which clients pass over: an empty line, or a comment.
std::string_view HeartbeatFrame(StreamFormat format);
// The last frame: `{"end":{"count":2}}`, or `event: end` with `{"count":2}`.
std::string EndFrame(StreamFormat format, std::int64_t count);
// The last frame of a stream that failed: `{"error":{…},"count":2}`, or `event: error` with the
// same. `status` is the JSON of google.rpc.Status.
std::string ErrorFrame(StreamFormat format, std::string_view status, std::int64_t count);

}  // namespace gongkai::gateway
