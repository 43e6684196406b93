#include <malloc.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "services/common/config/config.h"
#include "services/common/log/log.h"
#include "services/common/rpc/server.h"
#include "services/gateway/process/gateway.h"

namespace {

using gongkai::gateway::Options;

void AddFlags(CLI::App& app, Options& options) {
  app.set_version_flag("--version", GONGKAI_VERSION);
  app.add_option("--listen", options.listen, "HOST:PORT to answer HTTP on; port 0 picks a free one")
      ->envname("GONGKAI_GATEWAY_LISTEN")
      ->capture_default_str();
  app.add_option("--upstream", options.upstreams,
                 "package.Service=HOST:PORT, or package=HOST:PORT for all services in it; the "
                 "longest name wins; repeated or with commas")
      ->envname("GONGKAI_UPSTREAMS")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--descriptor-set", options.descriptor_set,
                 "FileDescriptorSet of the services (protoc --include_imports); default: the "
                 "platform's own contract")
      ->envname("GONGKAI_GATEWAY_DESCRIPTOR_SET");
  app.add_flag("--reflect", options.reflect,
               "ask the upstreams for their descriptors (grpc.reflection.v1, v1alpha) instead")
      ->envname("GONGKAI_GATEWAY_REFLECT");
  app.add_option("--reflect-seconds", options.reflect_seconds, "between two such questions")
      ->envname("GONGKAI_GATEWAY_REFLECT_SECONDS")
      ->capture_default_str();
  app.add_option("--console-dir", options.console_dir,
                 "directory of the web console's files; default: those in the binary")
      ->envname("GONGKAI_GATEWAY_CONSOLE_DIR");
  app.add_option("--threads", options.threads, "threads for HTTP; default: one per core")
      ->envname("GONGKAI_GATEWAY_THREADS");
  app.add_option("--auth", options.auth, "who may call; only value: none")
      ->envname("GONGKAI_GATEWAY_AUTH")
      ->capture_default_str();
  app.add_option("--cors-origin", options.cors_origins,
                 "origin whose pages may call (https://console.example), or * for all; repeated or "
                 "with commas")
      ->envname("GONGKAI_GATEWAY_CORS_ORIGINS")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--forward-header", options.forward_headers,
                 "request header that upstreams get too; repeated or with commas")
      ->envname("GONGKAI_GATEWAY_FORWARD_HEADERS")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--trusted-proxy", options.trusted_proxies,
                 "network of proxies whose X-Forwarded-For is believed (10.0.0.0/8); repeated or "
                 "with commas")
      ->envname("GONGKAI_GATEWAY_TRUSTED_PROXIES")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--max-body-bytes", options.max_body_bytes, "of a request, once unpacked")
      ->envname("GONGKAI_GATEWAY_MAX_BODY_BYTES")
      ->capture_default_str();
  app.add_option("--header-seconds", options.header_seconds,
                 "how long the header of a request may take, from its first byte")
      ->envname("GONGKAI_GATEWAY_HEADER_SECONDS")
      ->capture_default_str();
  app.add_option("--body-seconds", options.body_seconds, "how long the body of a request may take")
      ->envname("GONGKAI_GATEWAY_BODY_SECONDS")
      ->capture_default_str();
  app.add_option("--idle-seconds", options.idle_seconds,
                 "how long a connection is kept without a request")
      ->envname("GONGKAI_GATEWAY_IDLE_SECONDS")
      ->capture_default_str();
  app.add_option("--retry-attempts", options.retry_attempts,
                 "how often a call that only reads is tried while its server is unavailable")
      ->envname("GONGKAI_GATEWAY_RETRY_ATTEMPTS")
      ->capture_default_str();
  app.add_option("--max-calls", options.max_calls,
                 "to one upstream that may be under way; further ones are refused at once")
      ->envname("GONGKAI_GATEWAY_MAX_CALLS")
      ->capture_default_str();
  app.add_flag("--access-log", options.access_log, "log a line for each request")
      ->envname("GONGKAI_GATEWAY_ACCESS_LOG");
  app.add_option("--heartbeat-seconds", options.heartbeat_seconds,
                 "how long a stream may be silent before it shows a sign of life")
      ->envname("GONGKAI_GATEWAY_HEARTBEAT_SECONDS")
      ->capture_default_str();
  app.add_option("--drain-seconds", options.drain_seconds,
                 "how long answers under way may take after SIGTERM")
      ->envname("GONGKAI_GATEWAY_DRAIN_SECONDS")
      ->capture_default_str();
  app.add_option("--otlp-endpoint", options.otlp_endpoint,
                 "HOST:PORT of a collector that takes traces by OTLP over gRPC; without it there "
                 "are no traces")
      ->envname("GONGKAI_OTLP_ENDPOINT");
  app.add_option("--trace-ratio", options.trace_ratio,
                 "share of the traces that begin here to be sampled, 0 to 1; failures always are")
      ->envname("GONGKAI_TRACE_RATIO")
      ->capture_default_str();
}

// Answers of some hundred kilobytes come and go all the time: their memory shall stay with the
// process instead of being asked for page by page.
void KeepMemory() {
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 8 << 20);
}

}  // namespace

int main(int argc, char** argv) {
  KeepMemory();
  CLI::App app("HTTP/JSON gateway to gRPC services, by their descriptors", "gongkai-gateway");
  Options options;
  AddFlags(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }

  gongkai::rpc::BlockSignals();
  auto gateway = gongkai::gateway::Gateway::Start(options);
  if (!gateway) {
    std::cerr << gongkai::config::ReportFaults("gongkai-gateway", gateway.error());
    return 2;
  }
  gongkai::log::Info("listening", {{"address", (*gateway)->address()}});
  gongkai::rpc::WaitForSignal();
  gongkai::log::Info("draining");
  (*gateway)->Drain();
  gongkai::log::Info("stopped");
  return 0;
}
