#include "services/common/transcoding/canonical_wire.h"

#include <gtest/gtest.h>

#include "tests/support/test_protos.h"

namespace gongkai {
namespace {

std::string Values(std::string_view text_format) { return TestWire("Values", text_format); }

TEST(CanonicalWire, IsTheSameMessageToAParser) {
  const std::string wire = Values("strings: 'a' choice_string: 'first' an_int32: 1") +
                           Values("strings: 'b' child { a_bool: true }") +
                           Values("an_int32: 2 child { a_string: 'c' } choice_int32: 5");
  const auto canonical = CanonicalWire(TestTable("Values"), wire);
  ASSERT_TRUE(canonical);
  EXPECT_EQ(*canonical, Values("an_int32: 2 child { a_bool: true a_string: 'c' } strings: 'a' "
                               "strings: 'b' choice_int32: 5"));
}

TEST(CanonicalWire, MalformedWireHasNone) {
  EXPECT_FALSE(CanonicalWire(TestTable("Values"), "\x0a"));
}

}  // namespace
}  // namespace gongkai
