#include "services/gateway/descriptors/descriptor_set.h"

#include <google/protobuf/descriptor.pb.h>

#include <fstream>
#include <iterator>

#include "services/gateway/descriptors/embedded_set.h"

namespace gongkai::gateway {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;
using google::protobuf::FileDescriptorSet;

// Keeps the first fault, which is the cause of those that follow.
class FirstFault : public DescriptorPool::ErrorCollector {
 public:
  void AddError(const std::string& file, const std::string& element,
                const google::protobuf::Message*, ErrorLocation,
                const std::string& message) override {
    if (text_.empty()) text_ = file + ": " + element + ": " + message;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

bool IsCommon(const std::string& file) {
  return file.starts_with("google/rpc/") || file.starts_with("google/protobuf/");
}

}  // namespace

Result<std::unique_ptr<DescriptorSet>> DescriptorSet::Parse(std::string_view serialized) {
  FileDescriptorSet given;
  if (!given.ParseFromArray(serialized.data(), static_cast<int>(serialized.size())) ||
      given.file_size() == 0) {
    return Fail(InvalidArgument("descriptor set", "is no FileDescriptorSet as protoc writes it"));
  }
  std::unique_ptr<DescriptorSet> set(new DescriptorSet());
  for (const auto& file : given.file()) {
    if (!set->database_.Add(file)) {
      return Fail(InvalidArgument("descriptor set", file.name() +
                                                        " is there twice, or defines what "
                                                        "another file defines too"));
    }
  }
  FileDescriptorSet embedded;
  embedded.ParseFromString(std::string(EmbeddedDescriptorSet()));
  std::vector<std::string> names;
  for (const auto& file : given.file()) names.push_back(file.name());
  for (const auto& file : embedded.file()) {
    FileDescriptorProto present;
    if (!IsCommon(file.name()) || set->database_.FindFileByName(file.name(), &present)) continue;
    if (set->database_.Add(file)) names.push_back(file.name());
  }

  FirstFault fault;
  set->pool_ = std::make_unique<DescriptorPool>(&set->database_, &fault);
  for (const auto& name : names) {
    const FileDescriptor* file = set->pool_->FindFileByName(name);
    if (!file) return Fail(InvalidArgument("descriptor set", fault.text()));
    set->files_.push_back(file);
  }
  return set;
}

Result<std::unique_ptr<DescriptorSet>> DescriptorSet::Load(const std::string& path) {
  std::ifstream input(path, std::ios::binary);
  if (!input) return Fail(InvalidArgument(path, "cannot be read"));
  const std::string serialized(std::istreambuf_iterator<char>(input), {});
  return Parse(serialized);
}

const google::protobuf::ServiceDescriptor* DescriptorSet::FindService(
    const std::string& full_name) const {
  return pool_->FindServiceByName(full_name);
}

std::vector<std::string> DescriptorSet::ServiceNames() const {
  std::vector<std::string> names;
  for (const auto* file : files_) {
    for (int i = 0; i < file->service_count(); ++i) names.push_back(file->service(i)->full_name());
  }
  return names;
}

}  // namespace gongkai::gateway
