// The plans service with `--auth jwt`, and an issuer whose tokens it takes.
#pragma once

#include <grpcpp/grpcpp.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "services/common/auth/token_signer.h"
#include "services/common/rpc/status_mapping.h"
#include "services/plans/server.h"
#include "tests/support/test_database.h"

namespace gongkai::plans::testing {

// Two counties of one city, 370124 and 370125, each with the units 1 to 3.
class GuardedWorld {
 public:
  GuardedWorld();
  ~GuardedWorld();

  std::shared_ptr<grpc::Channel> channel() const { return channel_; }
  const std::string& conninfo() const { return database_.conninfo(); }

  // A token for that subject, as the value of `authorization`.
  std::string Token(const std::string& subject, std::vector<auth::Grant> grants) const;
  // The offices' tokens, the clerks' of a unit, and one of the whole province's supervisor.
  std::string Office(int division) const;
  std::string Clerk(int division, int unit) const;
  std::string Supervisor() const;

  // Calls `stub->method(request)` with that token, none if it is empty.
  template <typename Stub, typename Request, typename Response>
  Result<Response> Call(const std::string& token, Stub& stub,
                        grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                     Response*),
                        const Request& request) const {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    if (!token.empty()) context.AddMetadata("authorization", token);
    // Whoever signs in is who the token says, whatever else is claimed.
    context.AddMetadata("x-gongkai-actor", "somebody else");
    Response response;
    const auto status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return Fail(rpc::FromGrpcStatus(status));
    return response;
  }

  // An issued plan of the division for 2026 with one task of its units 2 and 3; its name.
  std::string IssuedPlan(int division) const;

 private:
  gongkai::testing::TestDatabase database_;
  const auth::TokenSigner signer_ = auth::TokenSigner::Generate();
  std::filesystem::path key_set_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace gongkai::plans::testing
