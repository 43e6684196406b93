#include "services/common/transcoding/json_writer.h"

#include <gtest/gtest.h>

#include "services/common/transcoding/wire_format.h"
#include "tests/support/test_protos.h"

using namespace std::string_literals;

namespace gongkai {
namespace {

std::string Json(std::string_view type, std::string_view wire) {
  const auto json = JsonWriter(TestTables()).Write(TestTable(type), wire);
  return json ? *json : "error: " + json.error().message;
}

std::string JsonOf(std::string_view type, std::string_view text_format) {
  return Json(type, TestWire(type, text_format));
}

std::string JsonOfField(std::string_view name, std::string_view text_format) {
  const auto& table = TestTable("Values");
  const auto json = JsonWriter(TestTables())
                        .WriteField(table, *table.FindName(name), TestWire("Values", text_format));
  return json ? *json : "error: " + json.error().message;
}

TEST(JsonWriter, ExplicitDefaultsOnTheWireAreLeftOut) {
  // an_int32: 0, a_string: "", optional_int32: 0.
  EXPECT_EQ(Json("Values", "\x18\x00\x72\x00\xa8\x01\x00"s), R"({"optionalInt32":0})");
}

TEST(JsonWriter, UnknownFieldsAreSkipped) {
  EXPECT_EQ(Json("Values", "\xf8\x7f\x01\x18\x05"s), R"({"anInt32":5})");
  // A known number with another wire type is unknown too.
  EXPECT_EQ(Json("Values", "\x1a\x01x\x68\x01"s), R"({"aBool":true})");
}

TEST(JsonWriter, AFieldThatTheWireSpreadsIsWrittenOnce) {
  const std::string wire =
      TestWire("Values", "strings: 'a' names { key: 'k' value: '1' } an_int32: 1") +
      TestWire("Values", "strings: 'b' names { key: 'l' value: '2' } an_int32: 2");
  EXPECT_EQ(Json("Values", wire), R"({"anInt32":2,"strings":["a","b"],"names":{"k":"1","l":"2"}})");
}

TEST(JsonWriter, TheLastMemberOfAOneofCounts) {
  EXPECT_EQ(Json("Values",
                 TestWire("Values", "choice_string: 'a'") + TestWire("Values", "choice_int32: 0")),
            R"({"choiceInt32":0})");
}

TEST(JsonWriter, PackedAndUnpackedListsMix) {
  // int32s: packed [1, 2], then unpacked 3, then an empty packed run.
  EXPECT_EQ(Json("Values", "\x8a\x02\x02\x01\x02\x88\x02\x03\x8a\x02\x00"s),
            R"({"int32s":[1,2,3]})");
  EXPECT_EQ(Json("Values", "\x8a\x02\x00"s), "{}");
}

TEST(JsonWriter, EnumsWithoutANameAreNumbers) {
  EXPECT_EQ(Json("Values", "\x80\x01\x63"s), R"({"colour":99})");
  EXPECT_EQ(JsonOf("Values", "colour: BELOW_ZERO choice_null: NULL_VALUE"),
            R"({"colour":"BELOW_ZERO","choiceNull":null})");
}

TEST(JsonWriter, MapEntriesMayLackKeyOrValue) {
  EXPECT_EQ(Json("Values", "\x9a\x03\x00"s), R"({"names":{"":""}})");
  EXPECT_EQ(Json("Values", "\xaa\x03\x02\x08\x01"s), R"({"byFlag":{"true":{}}})");
}

TEST(JsonWriter, WellKnownTypesHaveFormsOfTheirOwn) {
  EXPECT_EQ(JsonOf("WellKnownValues",
                   "timestamp { seconds: 1690506123 nanos: 500000000 } duration { seconds: -1 "
                   "nanos: -1000 } mask { paths: 'display_name' paths: 'parent.unit_kind' }"),
            R"({"timestamp":"2023-07-28T01:02:03.500Z","duration":"-1.000001s",)"
            R"("mask":"displayName,parent.unitKind"})");
  EXPECT_EQ(
      JsonOf("WellKnownValues",
             "structure { fields { key: 'a' value { list_value { values { number_value: 1.5 } "
             "values { null_value: NULL_VALUE } values {} } } } } int64_value { value: 5 } "
             "string_value {} empty {}"),
      R"({"structure":{"a":[1.5,null,null]},"empty":{},"int64Value":"5","stringValue":""})");
}

TEST(JsonWriter, AnyIsWrittenByTheTypeThatItNames) {
  EXPECT_EQ(JsonOf("WellKnownValues",
                   "any { [type.googleapis.com/gateway.test.Values] { an_int32: 3 } }"),
            R"({"any":{"@type":"type.googleapis.com/gateway.test.Values","anInt32":3}})");
  EXPECT_EQ(JsonOf("WellKnownValues",
                   "any { [type.googleapis.com/google.protobuf.Duration] { seconds: 3 } }"),
            R"({"any":{"@type":"type.googleapis.com/google.protobuf.Duration","value":"3s"}})");
  EXPECT_EQ(JsonOf("WellKnownValues", "any { type_url: 'x/unheard.Of' value: 'abc' }"),
            R"({"any":{"@type":"x/unheard.Of","value":"YWJj"}})");
  EXPECT_EQ(JsonOf("WellKnownValues", "any {}"), R"({"any":{}})");
}

TEST(JsonWriter, GroupsOfProto2AreMessages) {
  EXPECT_EQ(JsonOf("LegacyGroup", "Detail { text: 'a' inner { Detail { text: '' } } }"),
            R"({"detail":{"text":"a","inner":{"detail":{"text":""}}}})");
}

TEST(JsonWriter, OneFieldAloneIsItsValue) {
  EXPECT_EQ(JsonOfField("strings", "strings: 'a' strings: 'b' a_bool: true"), R"(["a","b"])");
  EXPECT_EQ(JsonOfField("child", "child { a_bool: true }"), R"({"aBool":true})");
  EXPECT_EQ(JsonOfField("names", "names { key: 'k' value: 'v' }"), R"({"k":"v"})");
  EXPECT_EQ(JsonOfField("anInt64", "an_int64: 5"), R"("5")");
}

TEST(JsonWriter, OneFieldThatIsNotSetIsItsDefault) {
  EXPECT_EQ(JsonOfField("strings", ""), "[]");
  EXPECT_EQ(JsonOfField("names", ""), "{}");
  EXPECT_EQ(JsonOfField("child", ""), "{}");
  EXPECT_EQ(JsonOfField("anInt64", ""), R"("0")");
  EXPECT_EQ(JsonOfField("colour", ""), R"("COLOUR_UNSPECIFIED")");
}

TEST(JsonWriter, WhatHasNoJsonIsAnError) {
  const std::string error = "error: the upstream's answer is no valid gateway.test.";
  EXPECT_EQ(Json("Values", "\x08"), error + "Values");
  EXPECT_EQ(Json("Values", "\x72\x01\xff"), error + "Values");
  EXPECT_EQ(JsonOf("WellKnownValues", "timestamp { seconds: 253402300800 }"),
            error + "WellKnownValues");
  EXPECT_EQ(JsonOf("WellKnownValues", "duration { seconds: -9223372036854775808 }"),
            error + "WellKnownValues");
  EXPECT_EQ(JsonOf("WellKnownValues", "duration { seconds: 1 nanos: -1 }"),
            error + "WellKnownValues");
}

TEST(JsonWriter, MoreThanAHundredLevelsAreAnError) {
  std::string wire;
  for (int level = 0; level < 99; ++level) {
    WireBuffer outer;
    outer.PutBytes(17, wire);
    wire = outer.Take();
  }
  EXPECT_TRUE(JsonWriter(TestTables()).Write(TestTable("Values"), wire));
  WireBuffer outer;
  outer.PutBytes(17, wire);
  EXPECT_FALSE(JsonWriter(TestTables()).Write(TestTable("Values"), outer.Take()));
}

}  // namespace
}  // namespace gongkai
