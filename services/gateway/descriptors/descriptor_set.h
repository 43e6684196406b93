// What the gateway knows of the services behind it: a set of descriptors, from wherever it comes.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor_database.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/status/error.h"

namespace gongkai::gateway {

// Immutable after loading. The files of google.rpc and google.protobuf are always there, so that
// the details of errors can be read whatever the set holds.
class DescriptorSet {
 public:
  // A serialized FileDescriptorSet, in any order of files. INVALID_ARGUMENT names the file at fault
  // or the import that is missing (protoc --include_imports).
  static Result<std::unique_ptr<DescriptorSet>> Parse(std::string_view serialized);
  // The same from a file.
  static Result<std::unique_ptr<DescriptorSet>> Load(const std::string& path);

  const std::vector<const google::protobuf::FileDescriptor*>& files() const { return files_; }
  // By full name; nullptr for a service that the set does not have.
  const google::protobuf::ServiceDescriptor* FindService(const std::string& full_name) const;
  // Full names of all services, in the order of the files.
  std::vector<std::string> ServiceNames() const;

 private:
  DescriptorSet() = default;

  google::protobuf::SimpleDescriptorDatabase database_;
  std::unique_ptr<google::protobuf::DescriptorPool> pool_;
  std::vector<const google::protobuf::FileDescriptor*> files_;
};

}  // namespace gongkai::gateway
