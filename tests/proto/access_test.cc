// Every RPC of the contract says who may call it, and is reachable over HTTP.
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <string>

#include "gongkai/common/v1/access.pb.h"
#include "google/api/annotations.pb.h"

namespace gongkai {
namespace {

using google::protobuf::FileDescriptorSet;
using google::protobuf::MethodDescriptorProto;

// The whole contract, as the gateway reads it.
class Contract : public ::testing::Test {
 protected:
  Contract() {
    std::ifstream file(GONGKAI_DESCRIPTORS, std::ios::binary);
    EXPECT_TRUE(set_.ParseFromIstream(&file));
    for (const auto& proto : set_.file()) {
      for (const auto& message : proto.message_type()) {
        auto& fields = fields_["." + proto.package() + "." + message.name()];
        for (const auto& field : message.field()) fields.insert(field.name());
      }
      for (const auto& service : proto.service()) {
        for (const auto& method : service.method()) {
          methods_[proto.package() + "." + service.name() + "." + method.name()] = method;
        }
      }
    }
  }

  FileDescriptorSet set_;
  std::map<std::string, MethodDescriptorProto> methods_;
  std::map<std::string, std::set<std::string>> fields_;
};

TEST_F(Contract, EveryMethodDeclaresItsPermissionAndScope) {
  ASSERT_GE(methods_.size(), 60u);
  for (const auto& [name, method] : methods_) {
    const auto& access = method.options().GetExtension(common::v1::access);
    EXPECT_NE(access.permission(), "") << name;
    EXPECT_NE(access.scope(), common::v1::Access::SCOPE_UNSPECIFIED) << name;
  }
}

TEST_F(Contract, EveryMethodHasARouteOfItsOwn) {
  std::map<std::string, std::string> owners;
  for (const auto& [name, method] : methods_) {
    const auto& http = method.options().GetExtension(google::api::http);
    const std::string route = http.get() + http.post() + http.put() + http.patch() + http.delete_();
    ASSERT_NE(route, "") << name;
    const auto verb = std::to_string(http.pattern_case());
    EXPECT_TRUE(owners.emplace(verb + route, name).second)
        << name << " and " << owners[verb + route];
  }
}

TEST_F(Contract, EveryWriteCanBeRepeatedAndTried) {
  // Signing in and out is each time anew.
  const std::set<std::string> reads = {"CreateSession",   "DeleteSession", "DiffPlan",
                                       "ParsePlan",       "ResolveUnits",  "SimulateScheme",
                                       "VerifyAuditChain"};
  // Is repeated by its `import_id`.
  fields_[".gongkai.plans.v1.ImportHistoryRequest"].insert("request_id");
  for (const auto& [name, method] : methods_) {
    const auto& http = method.options().GetExtension(google::api::http);
    if (!http.get().empty() || reads.contains(method.name())) continue;
    EXPECT_TRUE(fields_[method.input_type()].contains("request_id")) << name;
    EXPECT_TRUE(fields_[method.input_type()].contains("validate_only")) << name;
  }
}

}  // namespace
}  // namespace gongkai
