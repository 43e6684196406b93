#include "services/common/transcoding/wire_format.h"

#include <gtest/gtest.h>

using namespace std::string_literals;

namespace gongkai {
namespace {

TEST(WireFormat, NestedRecordsReadBackAsTheyWereWritten) {
  for (const std::size_t size : {0, 1, 127, 128, 20000}) {
    WireBuffer buffer;
    const auto outer = buffer.BeginLength(3);
    const auto inner = buffer.BeginLength(500);
    buffer.PutBytes(1, std::string(size, 'x'));
    buffer.EndLength(inner);
    buffer.EndLength(outer);
    const std::string wire = buffer.Take();

    const auto outer_record = WireCursor(wire).Next();
    ASSERT_TRUE(outer_record);
    EXPECT_EQ(outer_record->number, 3u);
    const auto inner_record = WireCursor(outer_record->bytes).Next();
    ASSERT_TRUE(inner_record);
    EXPECT_EQ(inner_record->number, 500u);
    const auto text = WireCursor(inner_record->bytes).Next();
    ASSERT_TRUE(text);
    EXPECT_EQ(text->bytes, std::string(size, 'x'));
  }
}

TEST(WireFormat, ScalarsKeepEveryBit) {
  for (const std::uint64_t value : {0ull, 1ull, 127ull, 128ull, 1ull << 63, ~0ull}) {
    WireBuffer buffer;
    buffer.PutTag(1, WireType::kVarint);
    buffer.PutVarint(value);
    buffer.PutTag(2, WireType::kFixed64);
    buffer.PutScalar(WireType::kFixed64, value);
    const std::string wire = buffer.Take();
    WireCursor cursor(wire);
    EXPECT_EQ(cursor.Next()->scalar, value);
    EXPECT_EQ(cursor.Next()->scalar, value);
    EXPECT_FALSE(cursor.Next());
    EXPECT_FALSE(cursor.malformed());
  }
  for (const std::int64_t value : {std::int64_t{0}, std::int64_t{-1}, INT64_MIN, INT64_MAX}) {
    EXPECT_EQ(UnZigZag(ZigZag(value)), value);
  }
}

TEST(WireFormat, AGroupIsOneRecord) {
  // Field 5 as a group that holds field 1 = 42, then field 2 = 1.
  const std::string wire = "\x2b\x08\x2a\x2c\x10\x01"s;
  WireCursor cursor(wire);
  const auto group = cursor.Next();
  ASSERT_TRUE(group);
  EXPECT_EQ(group->bytes, "\x08\x2a");
  EXPECT_EQ(group->raw.size(), 4u);
  EXPECT_EQ(cursor.Next()->number, 2u);
}

TEST(WireFormat, WhatIsCutOffOrNoTagIsMalformed) {
  for (const std::string& wire :
       {"\x08"s, "\x08\x80"s,
        "\x0a\x05"
        "abc"s,
        "\x0d\x01\x02"s, "\x2b\x08\x2a"s, "\x2c"s, "\x2b\x34"s, "\x00\x01"s, "\x0e"s,
        std::string(300, '\x2b'), std::string(11, '\xff')}) {
    WireCursor cursor(wire);
    while (cursor.Next()) {
    }
    EXPECT_TRUE(cursor.malformed()) << testing::PrintToString(wire);
  }
}

}  // namespace
}  // namespace gongkai
