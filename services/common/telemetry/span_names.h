// Names of spans' attributes, as OpenTelemetry's semantic conventions have them (1.37): every one
// once. None of them ever carries personal data, a value of SQL or a request's text.
#pragma once

namespace gongkai::telemetry {

inline constexpr char kErrorType[] = "error.type";

// A call, at the server and at the client.
inline constexpr char kRpcSystem[] = "rpc.system.name";
inline constexpr char kRpcMethod[] = "rpc.method";
inline constexpr char kRpcStatus[] = "rpc.response.status_code";

// A request at the gateway.
inline constexpr char kHttpMethod[] = "http.request.method";
inline constexpr char kHttpRoute[] = "http.route";
inline constexpr char kHttpStatus[] = "http.response.status_code";
inline constexpr char kUrlScheme[] = "url.scheme";

// A statement: the name that it has in the program, never its text.
inline constexpr char kDbSystem[] = "db.system.name";
inline constexpr char kDbSummary[] = "db.query.summary";

// A batch of the change feed as it is applied.
inline constexpr char kBatchCount[] = "messaging.batch.message_count";
inline constexpr char kMessagingSystem[] = "messaging.system";
inline constexpr char kMessagingOperation[] = "messaging.operation.name";

}  // namespace gongkai::telemetry
