// Calls to the services behind the gateway, without their types: bytes out, bytes in.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gongkai::gateway {

struct CallRequest {
  std::string method;   // `/package.Service/Method`
  std::string message;  // wire format; of a client stream, see `stream`
  bool client_streaming = false;
  bool server_streaming = false;
  std::vector<std::string> stream;  // the messages of a client stream, all of them
  std::vector<std::pair<std::string, std::string>> metadata;  // names in lower case
  std::optional<std::chrono::system_clock::time_point> deadline;
};

// How a call ended: the numbers of google/rpc/code.proto.
struct CallStatus {
  int code = 0;
  std::string message;
  std::string details;       // a serialized google.rpc.Status, or empty
  bool unreachable = false;  // no server was found; the message names addresses
  bool overloaded = false;   // not sent: as many calls as may be are under way

  bool ok() const { return code == 0; }
};

// A call under way. Thread-safe.
class Call {
 public:
  virtual ~Call() = default;

  // Asks a stream for its next message. The first one comes unasked; at most one is asked for at a
  // time, so that a slow reader slows the sender down.
  virtual void Next() = 0;
  // Ends the call at once, without waiting for the upstream. Whoever neither calls Next nor Cancel
  // after a message keeps the call for ever.
  virtual void Cancel() = 0;
  // A value of the response's metadata; empty without one. Only from within OnMessage.
  virtual std::string Metadata(const std::string& name) const = 0;
};

// Who is told about a call, from any thread, one event after the other.
class CallObserver {
 public:
  virtual ~CallObserver() = default;

  virtual void OnMessage(const std::shared_ptr<Call>& call, std::string message) = 0;
  // The last event; comes exactly once.
  virtual void OnFinish(CallStatus status) = 0;
};

// Where calls of some services go to. Thread-safe.
class Upstream {
 public:
  virtual ~Upstream() = default;

  // The observer may be told before Start returns. It lives as long as the call.
  virtual std::shared_ptr<Call> Start(CallRequest request,
                                      std::shared_ptr<CallObserver> observer) = 0;
  // Cancels the calls under way and waits until their observers have been told; calls that are
  // started later fail at once. Afterwards what observers refer to may go.
  virtual void Close() = 0;
};

}  // namespace gongkai::gateway
