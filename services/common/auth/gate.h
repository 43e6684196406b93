// What stands before every handler: who calls, whether they may, and for what.
#pragma once

#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/auth/principal.h"
#include "services/common/status/error.h"

namespace gongkai::auth {

// A call that may go on.
struct Admission {
  // Null where nobody signs in.
  std::shared_ptr<const Principal> principal;
  // Not null where the request stands for more than the caller may see: it is what the caller may
  // ask for instead.
  std::unique_ptr<google::protobuf::Message> narrowed;
};

// Thread-safe.
class Gate {
 public:
  virtual ~Gate() = default;

  // `authorization`: the metadata of that name, empty for none. Fails with
  //   UNAUTHENTICATED    for a token that is missing or not valid,
  //   PERMISSION_DENIED  if the caller has the permission nowhere,
  //   NOT_FOUND          if the caller has it, but not for what the request names; the same as for
  //                      what does not exist,
  //   INVALID_ARGUMENT   for a target whose name has no division.
  virtual Result<Admission> Admit(std::string_view authorization,
                                  const google::protobuf::Message& request) const = 0;
};

// `--auth none`: lets everybody in.
class OpenGate final : public Gate {
 public:
  Result<Admission> Admit(std::string_view, const google::protobuf::Message&) const override {
    return Admission{};
  }
};

// Who a token belongs to. Thread-safe.
class Authenticator {
 public:
  virtual ~Authenticator() = default;
  // UNAUTHENTICATED for what is not a valid token.
  virtual Result<std::shared_ptr<const Principal>> Authenticate(
      std::string_view authorization) const = 0;
};

// The units that a resource belongs to where its name does not tell. Thread-safe; may block.
class UnitLookup {
 public:
  virtual ~UnitLookup() = default;
  // Numbers within the division of the name; empty for what does not exist or belongs to none.
  virtual Result<std::vector<int>> UnitsOf(std::string_view resource_name) const = 0;
};

// `--auth jwt`.
class TokenGate final : public Gate {
 public:
  // Both must outlive the gate. Without `units`, resources whose name has no unit are of no unit.
  TokenGate(const Authenticator& authenticator, const UnitLookup* units)
      : authenticator_(authenticator), units_(units) {}

  Result<Admission> Admit(std::string_view authorization,
                          const google::protobuf::Message& request) const override;

 private:
  const Authenticator& authenticator_;
  const UnitLookup* const units_;
};

}  // namespace gongkai::auth
