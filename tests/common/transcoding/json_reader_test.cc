#include "services/common/transcoding/json_reader.h"

#include <gtest/gtest.h>

#include "tests/support/test_protos.h"

namespace gongkai {
namespace {

// The message in text format, or the error.
std::string Read(std::string_view type, std::string_view json) {
  const auto wire = JsonReader(TestTables()).Read(TestTable(type), json);
  return wire ? TestText(type, *wire) : "error: " + wire.error().message;
}

std::string Values(std::string_view json) { return Read("Values", json); }
std::string WellKnown(std::string_view json) { return Read("WellKnownValues", json); }

TEST(JsonReader, TakesNamesOfJsonAndOfTheProto) {
  EXPECT_EQ(Values(R"({"anInt32": 1, "a_string": "公开\n\u516c\ud83d\ude00"})"),
            "an_int32: 1 a_string: \"公开\\n公😀\"");
}

TEST(JsonReader, TakesIntegersAsNumbersAndStrings) {
  EXPECT_EQ(Values(R"({"anInt64": "-9223372036854775808", "aUint64": 18446744073709551615})"),
            "an_int64: -9223372036854775808 a_uint64: 18446744073709551615");
  EXPECT_EQ(Values(R"({"anInt32": 1.2e2, "aSint32": -1.0, "aFixed32": "7"})"),
            "an_int32: 120 a_sint32: -1 a_fixed32: 7");
}

TEST(JsonReader, TakesEnumsByNameAndNumber) {
  EXPECT_EQ(Values(R"({"colour": "GREEN", "colours": [1, "BELOW_ZERO", 99]})"),
            "colour: GREEN colours: RED colours: BELOW_ZERO colours: 99");
}

TEST(JsonReader, TakesFloatsAndWhatIsNoNumber) {
  EXPECT_EQ(Values(R"({"doubles": [1, -0.5, 1e3, "NaN", "Infinity", "-Infinity", "2.5"]})"),
            "doubles: 1 doubles: -0.5 doubles: 1000 doubles: nan doubles: inf doubles: -inf "
            "doubles: 2.5");
}

TEST(JsonReader, TakesBothAlphabetsOfBase64) {
  EXPECT_EQ(Values(R"({"byteStrings": ["+/8=", "-_8"]})"),
            R"(byte_strings: "\373\377" byte_strings: "\373\377")");
}

TEST(JsonReader, DefaultsCountOnlyWhereTheFieldHasPresence) {
  EXPECT_EQ(Values(R"({"anInt32": 0, "aString": "", "optionalInt32": 0, "choiceString": ""})"),
            R"(optional_int32: 0 choice_string: "")");
}

TEST(JsonReader, NullLeavesAFieldOut) {
  EXPECT_EQ(Values(R"({"anInt32": null, "strings": null, "names": null, "child": null})"), "");
  EXPECT_EQ(Values(R"({"choiceString": null, "choiceInt32": 1})"), "choice_int32: 1");
  EXPECT_EQ(Values(R"({"choiceNull": null})"), "choice_null: NULL_VALUE");
  EXPECT_EQ(WellKnown(R"({"value": null})"), "value { null_value: NULL_VALUE }");
}

TEST(JsonReader, TakesListsAndMaps) {
  EXPECT_EQ(Values(R"({"int32s": [1, 2], "unpacked": [3], "bools": [], "children": [{}]})"),
            "int32s: 1 int32s: 2 children { } unpacked: 3");
  EXPECT_EQ(Values(R"({"numbers": {"-1": "5"}, "byFlag": {"true": {"aBool": true}}})"),
            "numbers { key: -1 value: 5 } by_flag { key: true value { a_bool: true } }");
}

TEST(JsonReader, TakesWellKnownTypes) {
  EXPECT_EQ(WellKnown(R"({"timestamp": "2023-07-28T09:02:03.5+08:00", "duration": "-1.5s",
                          "mask": "displayName,parent.unitKind", "empty": {}})"),
            "timestamp { seconds: 1690506123 nanos: 500000000 } "
            "duration { seconds: -1 nanos: -500000000 } "
            "mask { paths: \"display_name\" paths: \"parent.unit_kind\" } empty { }");
  EXPECT_EQ(WellKnown(R"({"int64Value": "5", "stringValue": "", "boolValue": false})"),
            "int64_value { value: 5 } bool_value { } string_value { }");
  EXPECT_EQ(
      WellKnown(R"({"list": [1, "a", null, {"b": true}]})"),
      "list { values { number_value: 1 } values { string_value: \"a\" } values { null_value: "
      "NULL_VALUE } values { struct_value { fields { key: \"b\" value { bool_value: true } } } "
      "} }");
}

TEST(JsonReader, TakesAnyWhereverItsTypeStands) {
  const std::string expected = WellKnown(
      R"({"any": {"@type": "type.googleapis.com/gateway.test.Values",
                  "anInt32": 3, "aBool": true}})");
  EXPECT_EQ(WellKnown(R"({"any": {"anInt32": 3,
                          "@type": "type.googleapis.com/gateway.test.Values", "aBool": true}})"),
            expected);
  EXPECT_EQ(expected,
            "any { [type.googleapis.com/gateway.test.Values] { an_int32: 3 a_bool: true } }");
  EXPECT_EQ(WellKnown(R"({"any": {"value": "3s",
                          "@type": "type.googleapis.com/google.protobuf.Duration"}})"),
            "any { [type.googleapis.com/google.protobuf.Duration] { seconds: 3 } }");
  EXPECT_EQ(WellKnown(R"({"any": {}})"), "any { }");
}

TEST(JsonReader, TakesGroupsOfProto2) {
  EXPECT_EQ(Read("LegacyGroup", R"({"detail": {"text": "a", "inner": {"detail": {}}}})"),
            "Detail { text: \"a\" inner { Detail { } } }");
}

struct Fault {
  const char* json;
  const char* message;
};

TEST(JsonReader, NamesThePlaceAndTheRemedyOfEachFault) {
  const Fault faults[] = {
      {R"({"anInt23": 1})", R"(anInt23: unknown field (did you mean "anInt32"?))"},
      {R"({"zzz": 1})", "zzz: unknown field"},
      {R"({"children": [{}, {"names": {"k": 1}}]})",
       "children[1].names.k: expected text in UTF-8, found 1"},
      {R"({"anInt32": 1, "an_int32": 2})", "an_int32: the field is set twice"},
      {R"({"names": {"k": "1", "k": "2"}})", "names.k: the key is set twice"},
      {R"({"choiceInt32": 1, "choiceString": "a"})",
       "choiceString: another field of the same oneof is set too"},
      {R"({"anInt32": "x"})",
       R"(anInt32: expected an integer from -2147483648 to 2147483647, found "x")"},
      {R"({"anInt32": 2147483648})",
       "anInt32: expected an integer from -2147483648 to 2147483647, found 2147483648"},
      {R"({"anInt32": 1.5})",
       "anInt32: expected an integer from -2147483648 to 2147483647, found 1.5"},
      {R"({"aUint32": -1})", "aUint32: expected an integer from 0 to 4294967295, found -1"},
      {R"({"anInt32": " 1"})",
       R"(anInt32: expected an integer from -2147483648 to 2147483647, found " 1")"},
      {R"({"aFloat": 1e39})",
       R"(aFloat: expected a number, "NaN", "Infinity" or "-Infinity", found 1e39)"},
      {R"({"aDouble": 1e400})",
       R"(aDouble: expected a number, "NaN", "Infinity" or "-Infinity", found 1e400)"},
      {R"({"aBool": "true"})", R"(aBool: expected true or false, found "true")"},
      {R"({"aBool": 1})", "aBool: expected true or false, found 1"},
      {R"({"colour": "BLUE"})",
       R"(colour: expected one of BELOW_ZERO, COLOUR_UNSPECIFIED, RED, GREEN, found "BLUE")"},
      {R"({"someBytes": "?"})", R"(someBytes: expected bytes in base64, found "?")"},
      {R"({"strings": "a"})", "strings: expected an array, found a string at byte 12"},
      {R"({"strings": [null]})", "strings[0]: expected text in UTF-8, found null"},
      {R"({"child": []})", "child: expected an object, found an array at byte 10"},
      {R"({"names": {"k": null}})", "names.k: expected text in UTF-8, found null"},
      {R"({"numbers": {"x": 1}})",
       "numbers.x: expected a key that is an integer from -2147483648 to 2147483647"},
      {"{\"aString\": \"\xff\"}", "aString: the string is no valid UTF-8 at byte 13"},
      {R"({"aString": "\ud800"})", "aString: the string has an invalid escape sequence at byte 19"},
      {R"({"aString": "a)", "aString: the string has no end at byte 14"},
      {"{\"aString\": \"\n\"}",
       "aString: a control character in a string must be escaped at byte 14"},
      {"", "body: expected an object, found the end of the text at byte 0"},
      {"[]", "body: expected an object, found an array at byte 0"},
      {"{", "body: expected a string at byte 1"},
      {"{} x", "body: expected the end of the text at byte 3"},
      {R"({"aBool": true,})", "body: expected a string at byte 15"},
      {R"({"anInt32": 01})", "anInt32: the text is no JSON: a number at byte 12"},
      {R"({"aBool": tru})", "aBool: the text is no JSON: a boolean at byte 10"},
      {R"({"aBool" true})", "body: expected \":\", found a boolean at byte 9"},
  };
  for (const auto& [json, message] : faults) {
    EXPECT_EQ(Values(json), std::string("error: ") + message) << json;
  }
}

TEST(JsonReader, NamesFaultsOfWellKnownTypes) {
  const Fault faults[] = {
      {R"({"timestamp": "2023-02-29T00:00:00Z"})",
       "timestamp: expected a time such as \"2023-07-28T09:00:00+08:00\", found "
       "\"2023-02-29T00:00:00Z\""},
      {R"({"timestamp": 5})",
       R"(timestamp: expected a time such as "2023-07-28T09:00:00+08:00", found a number)"},
      {R"({"duration": "5"})", R"(duration: expected a duration such as "1.5s", found "5")"},
      {R"({"duration": "1.s"})", R"(duration: expected a duration such as "1.5s", found "1.s")"},
      {R"({"mask": "a,,b"})",
       R"(mask: expected field names with commas between them, found "a,,b")"},
      {R"({"any": {"anInt32": 3}})", R"(any: expected the type of the message in "@type")"},
      {R"({"any": {"@type": "x/unheard.Of"}})",
       "any.@type: expected a known type such as "
       "\"type.googleapis.com/google.protobuf.Empty\", found \"x/unheard.Of\""},
      {R"({"any": {"@type": "x/gateway.test.Values", "anInt23": 1}})",
       R"(any.anInt23: unknown field (did you mean "anInt32"?))"},
      {R"({"any": {"@type": "x/google.protobuf.Duration", "seconds": 1}})",
       R"(any.seconds: expected "value" once and nothing else)"},
      {R"({"int32Value": "x"})",
       R"(int32Value: expected an integer from -2147483648 to 2147483647, found "x")"},
      {R"({"structure": {"a": {"b": nul}}})",
       "structure.a.b: the text is no JSON: null at byte 26"},
  };
  for (const auto& [json, message] : faults) {
    EXPECT_EQ(WellKnown(json), std::string("error: ") + message) << json;
  }
}

TEST(JsonReader, MoreThanAHundredLevelsAreAnError) {
  const auto nested = [](int levels) {
    std::string json;
    for (int i = 1; i < levels; ++i) json += R"({"child":)";
    json += "{}";
    return json + std::string(levels - 1, '}');
  };
  EXPECT_TRUE(JsonReader(TestTables()).Read(TestTable("Values"), nested(100)));
  const auto error = JsonReader(TestTables()).Read(TestTable("Values"), nested(101));
  ASSERT_FALSE(error);
  EXPECT_TRUE(error.error().message.ends_with("more than 100 levels")) << error.error().message;
}

TEST(JsonReader, OneFieldAloneBecomesRecordsOfItsMessage) {
  const auto& table = TestTable("Values");
  const JsonReader reader(TestTables());
  const auto wire = reader.ReadField(*table.FindName("strings"), R"(["a", "b"])");
  ASSERT_TRUE(wire);
  EXPECT_EQ(TestText("Values", *wire), R"(strings: "a" strings: "b")");
  const auto error = reader.ReadField(*table.FindName("child"), R"({"aBool": 1})");
  ASSERT_FALSE(error);
  EXPECT_EQ(error.error().violations[0].field, "child.aBool");
}

}  // namespace
}  // namespace gongkai
