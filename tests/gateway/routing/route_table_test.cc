#include "services/gateway/routing/route_table.h"

#include <gtest/gtest.h>

namespace gongkai::gateway {
namespace {

RouteTableBuilder::Route Route(std::size_t route, const char* method, const char* path) {
  return {.route = route,
          .method = method,
          .path = *ParsePathTemplate(path),
          .text = path,
          .owner = "Method" + std::to_string(route)};
}

RouteTable Table(const std::vector<std::pair<const char*, const char*>>& rules) {
  RouteTableBuilder builder;
  std::size_t index = 0;
  for (const auto& [method, path] : rules) EXPECT_TRUE(builder.Add(Route(index++, method, path)));
  return std::move(builder).Build();
}

// The number of the rule that matches, or the reason why none does.
std::string Find(const RouteTable& table, const char* method, const char* path) {
  const auto match = table.Find(method, path);
  return match ? std::to_string(match->route) : match.error().reason;
}

TEST(RouteTable, PrefersLiteralsThenOneSegmentThenTheRest) {
  const auto table =
      Table({{"GET", "/a/{x=**}"}, {"GET", "/a/{x}"}, {"GET", "/a/b"}, {"GET", "/{y}/b/c"}});
  EXPECT_EQ(Find(table, "GET", "/a/b"), "2");
  EXPECT_EQ(Find(table, "GET", "/a/c"), "1");
  EXPECT_EQ(Find(table, "GET", "/a/b/c"), "0");
  EXPECT_EQ(Find(table, "GET", "/d/b/c"), "3");
  EXPECT_EQ(Find(table, "GET", "/a"), "0");
  EXPECT_EQ(Find(table, "GET", "/d/b"), "ROUTE_NOT_FOUND");
}

TEST(RouteTable, TriesAVerbBeforeTheSameCharactersInASegment) {
  const auto table = Table({{"GET", "/a/{x}"}, {"GET", "/a/{x}:go"}, {"POST", "/a/{x}:stop"}});
  EXPECT_EQ(Find(table, "GET", "/a/b:go"), "1");
  EXPECT_EQ(table.Find("GET", "/a/b:go")->variables, std::vector<std::string>{"b"});
  EXPECT_EQ(table.Find("GET", "/a/b:c:go")->variables, std::vector<std::string>{"b:c"});
  EXPECT_EQ(table.Find("GET", "/a/b:other")->variables, std::vector<std::string>{"b:other"});
  // Another method's verb does not hide a segment with a colon.
  EXPECT_EQ(Find(table, "GET", "/a/b:stop"), "0");
}

TEST(RouteTable, SaysWhichMethodsAreAllowed) {
  const auto table = Table({{"GET", "/a/b"}, {"PUT", "/a/{x}"}, {"*", "/c"}});
  const auto match = table.Find("POST", "/a/b");
  ASSERT_FALSE(match);
  EXPECT_EQ(match.error().metadata.at("allow"), "GET, HEAD, OPTIONS, PUT");
  EXPECT_EQ(Find(table, "ANY", "/c"), "2");
}

TEST(RouteTable, ADuplicateRouteNamesBothPlaces) {
  RouteTableBuilder builder;
  ASSERT_TRUE(builder.Add(Route(0, "GET", "/v1/{name=units/*}")));
  EXPECT_TRUE(builder.Add(Route(1, "GET", "/v1/{name=units/*}:go")));
  EXPECT_TRUE(builder.Add(Route(2, "PUT", "/v1/{name=units/*}")));
  const auto added = builder.Add(Route(3, "GET", "/v1/units/{unit}"));
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().message,
            "Method3 has the route GET /v1/units/{unit}, which is the same as "
            "/v1/{name=units/*} of Method0");
}

}  // namespace
}  // namespace gongkai::gateway
