#include "services/gateway/routing/path_template.h"

#include <gtest/gtest.h>

namespace gongkai::gateway {
namespace {

// `v1 {name: units *} :merge`
std::string Shape(std::string_view text) {
  const auto path = ParsePathTemplate(text);
  if (!path) return path.error().message;
  std::string shape;
  for (std::size_t i = 0; i < path->segments.size(); ++i) {
    for (const auto& variable : path->variables) {
      if (variable.begin == i) shape += '{' + variable.field_path + (variable.several ? "+ " : " ");
    }
    const auto& segment = path->segments[i];
    shape += segment.kind == PathTemplate::SegmentKind::kLiteral ? segment.literal
             : segment.kind == PathTemplate::SegmentKind::kOne   ? "*"
                                                                 : "**";
    for (const auto& variable : path->variables) {
      if (variable.end == i + 1) shape += '}';
    }
    shape += ' ';
  }
  return shape + (path->verb.empty() ? "" : ':' + path->verb);
}

TEST(PathTemplate, HasSegmentsVariablesAndAVerb) {
  EXPECT_EQ(Shape("/v1/units"), "v1 units ");
  EXPECT_EQ(Shape("/v1/{id}"), "v1 {id *} ");
  EXPECT_EQ(Shape("/v1/{name=units/*}:merge"), "v1 {name+ units *} :merge");
  EXPECT_EQ(Shape("/v1/{a.b=x/*/y/*}/z/{c}"), "v1 {a.b+ x * y *} z {c *} ");
  EXPECT_EQ(Shape("/v1/{path=**}:read"), "v1 {path+ **} :read");
  EXPECT_EQ(Shape("/v1/changes:watch"), "v1 changes :watch");
}

TEST(PathTemplate, NamesTheCharacterThatBreaksTheGrammar) {
  const std::pair<const char*, const char*> cases[] = {
      {"v1", "must begin with \"/\" at character 1"},
      {"", "must begin with \"/\" at character 1"},
      {"/", "expected a segment at character 2"},
      {"/v1//x", "expected a segment at character 5"},
      {"/v1/", "expected a segment at character 5"},
      {"/v1/{", "expected a field path after \"{\" at character 6"},
      {"/v1/{a..b}", "expected a field path after \"{\" at character 10"},
      {"/v1/{a", "expected \"}\" at character 7"},
      {"/v1/{a={b}}", "variables do not nest at character 8"},
      {"/v1/{a}/{a}", "the variable \"a\" is there twice at character 11"},
      {"/v1/**/x", "\"**\" must be the last segment at character 9"},
      {"/v1/x:", "expected a verb after \":\" at character 7"},
      {"/v1/x:y/z", "unexpected \"/z\" at character 8"},
  };
  for (const auto& [text, fault] : cases) {
    EXPECT_EQ(Shape(text), "template " + std::string(text) + ": " + fault);
  }
}

}  // namespace
}  // namespace gongkai::gateway
