// protobuf's own json_util is the oracle: on random messages both must say the same.
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/type_resolver_util.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "services/common/transcoding/json_reader.h"
#include "services/common/transcoding/json_writer.h"
#include "tests/support/test_protos.h"

namespace gongkai {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::util::BinaryToJsonString;
using google::protobuf::util::JsonToBinaryString;

google::protobuf::util::TypeResolver& Resolver() {
  static const std::unique_ptr<google::protobuf::util::TypeResolver> resolver(
      google::protobuf::util::NewTypeResolverForDescriptorPool("type.googleapis.com", &TestPool()));
  return *resolver;
}

std::string TypeUrl(std::string_view type) {
  return "type.googleapis.com/gateway.test." + std::string(type);
}

// Fills messages of any type with random values.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  void Fill(Message& message, int depth) {
    const auto& descriptor = *message.GetDescriptor();
    switch (descriptor.well_known_type()) {
      case google::protobuf::Descriptor::WELLKNOWNTYPE_TIMESTAMP:
        return FillMoment(message, -62135596800, 253402300799);
      case google::protobuf::Descriptor::WELLKNOWNTYPE_DURATION:
        return FillMoment(message, 0, 315576000000);
      case google::protobuf::Descriptor::WELLKNOWNTYPE_FIELDMASK:
        return FillMask(message);
      case google::protobuf::Descriptor::WELLKNOWNTYPE_VALUE:
        return FillValue(message, depth);
      case google::protobuf::Descriptor::WELLKNOWNTYPE_ANY:
        return FillAny(message, depth);
      default:
        break;
    }
    for (int i = 0; i < descriptor.field_count(); ++i) {
      const auto& field = *descriptor.field(i);
      // The oracle leaves out map entries whose value is not set.
      const bool entry = descriptor.options().map_entry();
      if (entry ? depth > 0 || field.number() == 1 : Number(0, 3) == 0) {
        FillField(message, field, depth);
      }
    }
  }

 private:
  std::int64_t Number(std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
  }

  // Values near the limits are as likely as any.
  template <typename Integer>
  Integer Extreme() {
    switch (Number(0, 4)) {
      case 0:
        return std::numeric_limits<Integer>::min();
      case 1:
        return std::numeric_limits<Integer>::max();
      case 2:
        return static_cast<Integer>(Number(-3, 3));
      default:
        return static_cast<Integer>(random_());
    }
  }

  // Not -0, which the oracle reads as 0.
  double Real() {
    const double values[] = {
        0.0,         3.0,  0.1,  1.0 / 3, 123456.789,
        1e-7,        1e21, -2.5, 4e15,    std::numeric_limits<double>::infinity(),
        std::nan("")};
    return Number(0, 1) ? values[Number(0, 10)] : static_cast<double>(Number(-1000, 1000)) / 8;
  }

  std::string Text() {
    const char* pieces[] = {"", "a", "政务公开", "\"", "\\", "\n", "\t", "é", "😀", "/", " ", "Z9"};
    std::string text;
    for (auto count = Number(0, 5); count > 0; --count) text += pieces[Number(0, 11)];
    return text;
  }

  void FillField(Message& message, const FieldDescriptor& field, int depth) {
    const bool message_field = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (message_field && depth == 0) return;
    if (!field.is_repeated()) return SetOne(message, field, depth);
    for (auto count = Number(0, 3); count > 0; --count) {
      if (field.is_map() && message.GetReflection()->FieldSize(message, &field) > 0) return;
      SetOne(message, field, depth);
    }
  }

#define GATEWAY_TEST_SET(Type, value)                                 \
  field.is_repeated() ? reflection.Add##Type(&message, &field, value) \
                      : reflection.Set##Type(&message, &field, value)

  void SetOne(Message& message, const FieldDescriptor& field, int depth) {
    const auto& reflection = *message.GetReflection();
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        GATEWAY_TEST_SET(Int32, Extreme<std::int32_t>());
        return;
      case FieldDescriptor::CPPTYPE_INT64:
        GATEWAY_TEST_SET(Int64, Extreme<std::int64_t>());
        return;
      case FieldDescriptor::CPPTYPE_UINT32:
        GATEWAY_TEST_SET(UInt32, Extreme<std::uint32_t>());
        return;
      case FieldDescriptor::CPPTYPE_UINT64:
        GATEWAY_TEST_SET(UInt64, Extreme<std::uint64_t>());
        return;
      case FieldDescriptor::CPPTYPE_DOUBLE:
        GATEWAY_TEST_SET(Double, Real());
        return;
      case FieldDescriptor::CPPTYPE_FLOAT:
        // The oracle writes more digits than a float has: only exact ones can be compared.
        GATEWAY_TEST_SET(Float, static_cast<float>(Number(-1000, 1000)) / 8);
        return;
      case FieldDescriptor::CPPTYPE_BOOL:
        GATEWAY_TEST_SET(Bool, Number(0, 1) == 1);
        return;
      case FieldDescriptor::CPPTYPE_STRING:
        GATEWAY_TEST_SET(String, Text());
        return;
      case FieldDescriptor::CPPTYPE_ENUM: {
        const auto& type = *field.enum_type();
        const auto* value = type.value(static_cast<int>(Number(0, type.value_count() - 1)));
        GATEWAY_TEST_SET(Enum, value);
        return;
      }
      case FieldDescriptor::CPPTYPE_MESSAGE:
        Fill(field.is_repeated() ? *reflection.AddMessage(&message, &field)
                                 : *reflection.MutableMessage(&message, &field),
             field.is_map() ? depth : depth - 1);
    }
  }
#undef GATEWAY_TEST_SET

  void FillMoment(Message& message, std::int64_t first, std::int64_t last) {
    const std::int32_t nanos[] = {0, 500'000'000, 1'000, 1, 999'999'999};
    const auto& descriptor = *message.GetDescriptor();
    message.GetReflection()->SetInt64(&message, descriptor.field(0), Number(first, last));
    message.GetReflection()->SetInt32(&message, descriptor.field(1), nanos[Number(0, 4)]);
  }

  void FillMask(Message& message) {
    const char* paths[] = {"display_name", "child.a_string", "x"};
    const auto* field = message.GetDescriptor()->field(0);
    for (auto count = Number(0, 3); count > 0; --count) {
      message.GetReflection()->AddString(&message, field, paths[Number(0, 2)]);
    }
  }

  // A value without a kind, or a number that is not finite, has no JSON to compare.
  void FillValue(Message& message, int depth) {
    const auto& reflection = *message.GetReflection();
    const auto& descriptor = *message.GetDescriptor();
    const auto kind = static_cast<int>(Number(0, depth > 0 ? 5 : 3));
    if (kind == 1) {
      reflection.SetDouble(&message, descriptor.field(1), static_cast<double>(Number(-9, 9)) / 4);
    } else {
      SetOne(message, *descriptor.field(kind), depth);
    }
  }

  void FillAny(Message& message, int depth) {
    const auto content = NewTestMessage("Values");
    Fill(*content, depth - 1);
    const auto& descriptor = *message.GetDescriptor();
    message.GetReflection()->SetString(&message, descriptor.field(0), TypeUrl("Values"));
    message.GetReflection()->SetString(&message, descriptor.field(1), content->SerializeAsString());
  }

  std::mt19937_64 random_;
};

class JsonProperty : public testing::TestWithParam<const char*> {};

// Numbers may be spelt differently (0.1 and 0.10000000000000001); everything else, the order of
// fields too, must be the same.
TEST_P(JsonProperty, TheWriterSaysWhatJsonUtilSays) {
  const std::string type = GetParam();
  int identical = 0;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    const auto message = NewTestMessage(type);
    Generator(seed).Fill(*message, 3);
    const std::string wire = message->SerializeAsString();
    std::string expected;
    ASSERT_TRUE(BinaryToJsonString(&Resolver(), TypeUrl(type), wire, &expected).ok())
        << seed << ": " << message->ShortDebugString();
    const auto json = JsonWriter(TestTables()).Write(TestTable(type), wire);
    ASSERT_TRUE(json) << seed << ": " << message->ShortDebugString();
    if (*json == expected) {
      ++identical;
    } else {
      ASSERT_EQ(nlohmann::ordered_json::parse(*json), nlohmann::ordered_json::parse(expected))
          << seed << ": " << *json << "\n"
          << expected;
    }
  }
  EXPECT_GT(identical, 2000);
}

TEST_P(JsonProperty, TheReaderTakesBackWhatTheWriterWrote) {
  const std::string type = GetParam();
  for (unsigned seed = 0; seed < 3000; ++seed) {
    const auto message = NewTestMessage(type);
    Generator(seed).Fill(*message, 3);
    const auto json = JsonWriter(TestTables()).Write(TestTable(type), message->SerializeAsString());
    ASSERT_TRUE(json);
    const auto wire = JsonReader(TestTables()).Read(TestTable(type), *json);
    ASSERT_TRUE(wire) << seed << ": " << wire.error().message << "\n" << *json;
    EXPECT_EQ(TestText(type, *wire), TestText(type, message->SerializeAsString())) << *json;
  }
}

TEST_P(JsonProperty, TheReaderReadsWhatJsonUtilReads) {
  const std::string type = GetParam();
  for (unsigned seed = 0; seed < 1000; ++seed) {
    const auto message = NewTestMessage(type);
    Generator(seed).Fill(*message, 3);
    std::string json;
    ASSERT_TRUE(
        BinaryToJsonString(&Resolver(), TypeUrl(type), message->SerializeAsString(), &json).ok());
    std::string expected;
    ASSERT_TRUE(JsonToBinaryString(&Resolver(), TypeUrl(type), json, &expected).ok()) << json;
    const auto wire = JsonReader(TestTables()).Read(TestTable(type), json);
    ASSERT_TRUE(wire) << seed << ": " << wire.error().message << "\n" << json;
    EXPECT_EQ(TestText(type, *wire), TestText(type, expected)) << json;
  }
}

INSTANTIATE_TEST_SUITE_P(AllKinds, JsonProperty,
                         testing::Values("Values", "WellKnownValues", "Legacy"));

}  // namespace
}  // namespace gongkai
