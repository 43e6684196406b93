#include "services/gateway/calls/stream_format.h"

#include "services/gateway/http/exchange.h"

namespace gongkai::gateway {
namespace {

std::string Event(std::string_view name, std::string_view json) {
  std::string event = "event: ";
  event += name;
  event += "\ndata: ";
  event += json;
  return event + "\n\n";
}

}  // namespace

StreamFormat StreamFormatOf(std::string_view accept) {
  double events = 0;
  double lines = 0;
  for (const auto& [name, weight] : Preferences(accept)) {
    if (name == "text/event-stream") events = weight;
    if (name == "application/x-ndjson" || name == "application/json") lines = weight;
  }
  return events > 0 && events >= lines ? StreamFormat::kEvents : StreamFormat::kLines;
}

std::string_view ContentTypeOf(StreamFormat format) {
  return format == StreamFormat::kEvents ? "text/event-stream" : "application/x-ndjson";
}

std::string MessageFrame(StreamFormat format, std::string json) {
  if (format == StreamFormat::kEvents) return "data: " + json + "\n\n";
  if (format == StreamFormat::kLines) json += '\n';
  return json;
}

std::string_view HeartbeatFrame(StreamFormat format) {
  return format == StreamFormat::kEvents ? ":\n\n" : "\n";
}

std::string EndFrame(StreamFormat format, std::int64_t count) {
  const std::string json = "{\"count\":" + std::to_string(count) + '}';
  return format == StreamFormat::kEvents ? Event("end", json) : "{\"end\":" + json + "}\n";
}

std::string ErrorFrame(StreamFormat format, std::string_view status, std::int64_t count) {
  const std::string json =
      "{\"error\":" + std::string(status) + ",\"count\":" + std::to_string(count) + '}';
  return format == StreamFormat::kEvents ? Event("error", json) : json + '\n';
}

}  // namespace gongkai::gateway
