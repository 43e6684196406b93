// Who may call what, and for what: every RPC of the contract × every role × a place of the caller's
// own, one beside it and a foreign one, against tests/testdata/auth/access_matrix.txt.
#include <google/protobuf/dynamic_message.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "google/api/annotations.pb.h"
#include "services/common/auth/gate.h"
#include "services/common/auth/method_access.h"
#include "services/common/auth/role_table.h"

namespace gongkai::auth {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

struct TestPlace {
  int division;
  int unit;
};
constexpr TestPlace kOwn{370124, 17};
constexpr TestPlace kBeside{370124, 18};
constexpr TestPlace kForeign{370211, 17};

// Of each role, as it is granted where the caller's own place is.
const Grant kGrants[] = {{Role::kCountyOffice, 370124, 0},   {Role::kUnitClerk, 370124, 17},
                         {Role::kUnitHead, 370124, 17},      {Role::kSupervisor, 370100, 0},
                         {Role::kAuditor, 370100, 0},        {Role::kSystemClient, 370100, 0},
                         {Role::kSystemAdministrator, 0, 0}, {Role::kSecurityAdministrator, 0, 0},
                         {Role::kAuditAdministrator, 0, 0}};

class OneCaller final : public Authenticator {
 public:
  explicit OneCaller(const Grant& grant)
      : principal_(
            std::make_shared<const Principal>(Principal{.subject = "caller", .grants = {grant}})) {}
  Result<std::shared_ptr<const Principal>> Authenticate(std::string_view) const override {
    return principal_;
  }

 private:
  const std::shared_ptr<const Principal> principal_;
};

// What has no unit in its name belongs to this one.
class OneUnit final : public UnitLookup {
 public:
  explicit OneUnit(int unit) : unit_(unit) {}
  Result<std::vector<int>> UnitsOf(std::string_view) const override { return std::vector{unit_}; }

 private:
  const int unit_;
};

google::protobuf::FileDescriptorSet ReadContract() {
  google::protobuf::FileDescriptorSet set;
  std::ifstream file(GONGKAI_DESCRIPTORS, std::ios::binary);
  EXPECT_TRUE(set.ParseFromIstream(&file));
  return set;
}

class Contract : public ::testing::Test {
 protected:
  // Kept: what the gate has read of a method it remembers by its descriptor.
  static DescriptorPool& Pool() {
    static auto& pool = *new DescriptorPool;
    return pool;
  }

  Contract() {
    const auto contract = ReadContract();
    for (const auto& proto : contract.file()) {
      const auto* known = Pool().FindFileByName(proto.name());
      const auto* file = known ? known : Pool().BuildFile(proto);
      for (int i = 0; i < file->service_count(); ++i) {
        for (int j = 0; j < file->service(i)->method_count(); ++j) {
          methods_.push_back(file->service(i)->method(j));
        }
      }
    }
  }

  std::vector<const MethodDescriptor*> methods_;
  google::protobuf::DynamicMessageFactory factory_{&Pool()};
};

void SetText(Message& message, const FieldPath& path, const std::string& text) {
  Message* inner = &message;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    inner = inner->GetReflection()->MutableMessage(inner, path[i]);
  }
  if (path.back()->is_repeated()) {
    inner->GetReflection()->AddString(inner, path.back(), text);
  } else {
    inner->GetReflection()->SetString(inner, path.back(), text);
  }
}

// `…{name=divisions/*/units/*/evidenceFiles/*}` → `divisions/370124/units/17/evidenceFiles/1`
std::string NameAt(const MethodDescriptor& method, const TestPlace& place) {
  const auto& http = method.options().GetExtension(google::api::http);
  const auto path = http.get() + http.post() + http.put() + http.patch() + http.delete_();
  const auto begin = path.find('='), end = path.find('}');
  if (begin == std::string::npos) return "divisions/" + std::to_string(place.division);
  std::istringstream words(path.substr(begin + 1, end - begin - 1));
  std::string name, collection;
  for (std::string word; std::getline(words, word, '/');) {
    if (word == "*") {
      word = collection == "divisions"     ? std::to_string(place.division)
             : collection == "units"       ? std::to_string(place.unit)
             : collection == "assignments" ? std::to_string(place.unit) + "-lead"
                                           : "1";
    }
    collection = word;
    name += (name.empty() ? "" : "/") + word;
  }
  return name;
}

// Y: may; F: may, and is answered only what is the own unit's; N: is told that it does not exist;
// P: is told that the role has no such permission.
char Answer(const Gate& gate, const Message& request) {
  const auto admission = gate.Admit("Bearer x", request);
  if (admission) return admission->narrowed ? 'F' : 'Y';
  switch (admission.error().code) {
    case ErrorCode::kNotFound:
      return 'N';
    case ErrorCode::kPermissionDenied:
      return 'P';
    default:
      ADD_FAILURE() << admission.error().message;
      return '?';
  }
}

std::string Row(const MethodDescriptor& method, google::protobuf::DynamicMessageFactory& factory) {
  std::string row = method.full_name();
  const auto& access = AccessOf(*method.input_type());
  for (const auto& grant : kGrants) {
    row += ' ';
    for (const auto& place : {kOwn, kBeside, kForeign}) {
      const std::unique_ptr<Message> request(factory.GetPrototype(method.input_type())->New());
      if (!access.target.empty()) SetText(*request, access.target, NameAt(method, place));
      if (!access.unit.empty()) {
        SetText(*request, access.unit, UnitNameOf({{}, place.division, place.unit}));
      }
      const OneCaller caller(grant);
      const OneUnit units(place.unit);
      row += Answer(TokenGate(caller, &units), *request);
    }
  }
  return row;
}

TEST_F(Contract, LetsEveryRoleDoWhatTheTableSaysAndNoMore) {
  std::map<std::string, std::string> expected;
  std::ifstream file(GONGKAI_TESTDATA_DIR "/auth/access_matrix.txt");
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line[0] != '#') expected[line.substr(0, line.find(' '))] = line;
  }
  ASSERT_GE(methods_.size(), 160u);
  for (const auto* method : methods_) {
    const auto row = Row(*method, factory_);
    EXPECT_EQ(row, expected[method->full_name()])
        << "the first is what is so; if it ought to be, put it into access_matrix.txt";
    expected.erase(method->full_name());
  }
  for (const auto& [method, row] : expected) ADD_FAILURE() << method << " is no method any more";
}

TEST_F(Contract, SaysForEveryMethodWhatItIsAbout) {
  using common::v1::Access;
  for (const auto* method : methods_) {
    const auto& access = AccessOf(*method->input_type());
    ASSERT_EQ(access.method, method->full_name()) << "its request must be its own, in its file";
    const bool of_division = access.scope == Access::DIVISION || access.scope == Access::UNIT ||
                             access.scope == Access::SUBTREE;
    if (of_division) {
      ASSERT_FALSE(access.target.empty()) << method->full_name();
      EXPECT_EQ(access.target.back()->type(), google::protobuf::FieldDescriptor::TYPE_STRING);
    }
    const auto& declared = method->options().GetExtension(common::v1::access);
    EXPECT_EQ(declared.unit().empty(), access.unit.empty()) << method->full_name();
    if (!access.unit_filter.empty()) {
      EXPECT_NE(method->input_type()->FindFieldByName("filter"), nullptr) << method->full_name();
    }
  }
}

TEST_F(Contract, AndTheTableOfRolesHaveTheSamePermissions) {
  std::set<std::string> declared;
  for (const auto* method : methods_) {
    declared.insert(method->options().GetExtension(common::v1::access).permission());
  }
  std::set<std::string> known;
  for (const auto& permission : Permissions()) {
    EXPECT_TRUE(known.insert(permission).second) << permission << " stands there twice";
    EXPECT_TRUE(declared.contains(permission))
        << permission << " is no permission of the contract any more";
  }
  for (const auto& permission : declared) {
    EXPECT_TRUE(known.contains(permission))
        << "nobody has " << permission << ": give it to some role in role_table.txt";
  }
}

TEST_F(Contract, LetsNobodyInWithoutAToken) {
  const OneCaller caller(kGrants[0]);
  const TokenGate gate(caller, nullptr);
  for (const auto* method : methods_) {
    if (AccessOf(*method->input_type()).scope == common::v1::Access::ANYONE) continue;
    const std::unique_ptr<Message> request(factory_.GetPrototype(method->input_type())->New());
    const auto admission = gate.Admit("", *request);
    ASSERT_FALSE(admission) << method->full_name();
    EXPECT_EQ(admission.error().code, ErrorCode::kUnauthenticated) << method->full_name();
  }
}

TEST(Gate, LetsNobodyPassWithWhatIsNoRequest) {
  const OneCaller caller({Role::kSystemClient, 0, 0});
  const auto admission =
      TokenGate(caller, nullptr).Admit("Bearer x", google::protobuf::FileDescriptorSet());
  ASSERT_FALSE(admission);
  EXPECT_EQ(admission.error().code, ErrorCode::kPermissionDenied);
}

}  // namespace
}  // namespace gongkai::auth
