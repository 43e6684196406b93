// What the gateway offers by one set of descriptors.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "services/common/status/error.h"
#include "services/common/transcoding/json_writer.h"
#include "services/common/transcoding/message_table.h"
#include "services/gateway/calls/error_reply.h"
#include "services/gateway/calls/method_table.h"
#include "services/gateway/descriptors/descriptor_set.h"
#include "services/gateway/upstream/upstream_names.h"

namespace gongkai::gateway {

// Immutable and thread-safe.
class Contract {
 public:
  // `set` is not needed afterwards. Errors as of MethodTable::Build.
  static Result<std::shared_ptr<const Contract>> Make(const DescriptorSet& set,
                                                      const UpstreamsByName& upstreams);

  const MethodTable& methods() const { return methods_; }
  const JsonWriter& writer() const { return writer_; }
  const ErrorReplies& errors() const { return errors_; }
  // Whether it was made for any services.
  bool has_services() const { return has_services_; }
  // The OpenAPI document and its entity tag.
  const std::string& openapi() const { return openapi_; }
  const std::string& openapi_tag() const { return openapi_tag_; }

  // Made by Make only.
  explicit Contract(const DescriptorSet& set)
      : tables_(set.files()), writer_(tables_), errors_(tables_) {}
  Contract(const Contract&) = delete;
  Contract& operator=(const Contract&) = delete;

 private:
  const TableSet tables_;
  const JsonWriter writer_;
  const ErrorReplies errors_;
  MethodTable methods_;
  bool has_services_ = false;
  std::string openapi_;
  std::string openapi_tag_;
};

// The contract in force, which may be replaced as a whole while requests go on: each keeps the one
// that it began with. Thread-safe.
class CurrentContract {
 public:
  explicit CurrentContract(std::shared_ptr<const Contract> contract)
      : contract_(std::move(contract)) {}

  std::shared_ptr<const Contract> Get() const { return contract_.load(); }
  void Replace(std::shared_ptr<const Contract> contract) { contract_.store(std::move(contract)); }

  // What happens when an upstream says that it has no such method. To be set before requests come.
  void OnDoubt(std::function<void()> doubted) { doubted_ = std::move(doubted); }
  void Doubt() const {
    if (doubted_) doubted_();
  }

 private:
  std::function<void()> doubted_;
  std::atomic<std::shared_ptr<const Contract>> contract_;
};

}  // namespace gongkai::gateway
