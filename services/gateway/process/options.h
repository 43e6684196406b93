// What the operator says to the gateway, by flags and environment.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "services/common/config/config.h"

namespace gongkai::gateway {

struct Options {
  std::string listen = "127.0.0.1:8080";
  std::vector<std::string> upstreams;  // `package.Service=HOST:PORT` or `package=HOST:PORT`
  std::string descriptor_set;          // a file; empty for the compiled-in contract
  bool reflect = false;                // ask the upstreams for their descriptors instead
  std::string reflect_seconds = "60";  // between two such questions
  std::string console_dir;             // empty for the compiled-in files
  std::string threads;                 // empty for one per core
  std::string auth = "none";
  std::vector<std::string> cors_origins;     // `https://console.example`, or `*`
  std::vector<std::string> forward_headers;  // beyond those that always go along
  std::vector<std::string> trusted_proxies;  // networks, `10.0.0.0/8`
  std::string max_body_bytes = "16777216";
  std::string header_seconds = "10";  // for the whole header, from its first byte
  std::string body_seconds = "60";    // for the whole body
  std::string idle_seconds = "75";    // between two requests
  std::string heartbeat_seconds = "15";
  std::string retry_attempts = "3";  // of methods that only read; 1 for none
  std::string max_calls = "8192";    // under way to one upstream
  bool access_log = false;           // a line for each request
  std::string drain_seconds = "20";
  std::string otlp_endpoint;  // HOST:PORT of a collector; empty for no traces
  std::string trace_ratio = "0.1";
};

// Addresses by the name of a service or package. A text that is no pair is a fault, and so are
// several addresses of one name that are not all numeric.
struct UpstreamAddresses {
  std::map<std::string, std::vector<std::string>> by_name;
  std::vector<config::Fault> faults;
};
UpstreamAddresses ParseUpstreams(const std::vector<std::string>& upstreams);

// All faults that can be seen without opening anything.
std::vector<config::Fault> CheckOptions(const Options& options);

}  // namespace gongkai::gateway
