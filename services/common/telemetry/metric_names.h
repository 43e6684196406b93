// The metrics of the services: every name once. Labels stand in braces; their values are few and
// known, and never say who or whose.
#pragma once

namespace gongkai::telemetry {

struct MetricName {
  const char* name;
  const char* help;
};

// {method, code}
inline constexpr MetricName kCalls = {"gongkai_rpc_calls_total",
                                      "Calls answered, by method and status code."};
// {method}
inline constexpr MetricName kCallDuration = {
    "gongkai_rpc_call_duration_seconds", "From a unary call's arrival to its answer, by method."};
// {method}
inline constexpr MetricName kStreamsOpen = {"gongkai_rpc_streams_open",
                                            "Streams under way, by method."};
inline constexpr MetricName kCallsInFlight = {"gongkai_rpc_calls_in_flight",
                                              "Unary calls under way."};

// {pool}
inline constexpr MetricName kPoolBusy = {"gongkai_database_connections_busy",
                                         "Database connections that are in use."};
inline constexpr MetricName kPoolLimit = {"gongkai_database_connections_limit",
                                          "Database connections that may be in use."};
inline constexpr MetricName kPoolExhausted = {
    "gongkai_database_pool_exhausted_total",
    "Times that no database connection became free within the limit."};

inline constexpr MetricName kProjectionLeads = {"gongkai_projection_leads",
                                                "1 while this replica follows the change feed."};
inline constexpr MetricName kProjectionAsOf = {"gongkai_projection_as_of_timestamp_seconds",
                                               "The figures hold every change that was committed "
                                               "before this moment; 0 where this replica does "
                                               "not lead."};
inline constexpr MetricName kProjectionChanges = {"gongkai_projection_changes_total",
                                                  "Changes applied by this replica."};
inline constexpr MetricName kProjectionFailures = {
    "gongkai_projection_failures_total", "Times that the projection of this replica was held up."};

// {version}
inline constexpr MetricName kBuild = {"gongkai_build_info", "1, with the version of the program."};

}  // namespace gongkai::telemetry
