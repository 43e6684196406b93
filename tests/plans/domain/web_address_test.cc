#include "services/plans/domain/web_address.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

TEST(WebAddress, IsComparedWithoutWhatMakesNoDifference) {
  const std::pair<const char*, const char*> cases[] = {
      {"https://www.example.gov.cn/a/1.html", "https://www.example.gov.cn/a/1.html"},
      {"HTTPS://WWW.Example.GOV.cn/a/1.html", "https://www.example.gov.cn/a/1.html"},
      {"http://example.gov.cn/a#top", "http://example.gov.cn/a"},
      {"http://example.gov.cn/a/", "http://example.gov.cn/a"},
      {"http://example.gov.cn/", "http://example.gov.cn"},
      {"http://example.gov.cn", "http://example.gov.cn"},
      {"http://example.gov.cn:80/a", "http://example.gov.cn/a"},
      {"https://example.gov.cn:443/a", "https://example.gov.cn/a"},
      {"http://example.gov.cn/a/?id=1", "http://example.gov.cn/a?id=1"},
  };
  for (const auto& [url, comparable] : cases) EXPECT_EQ(ComparableAddress(url), comparable) << url;
}

TEST(WebAddress, KeepsWhatMakesADifference) {
  for (const char* url : {"http://example.gov.cn/A", "http://example.gov.cn:8080/a",
                          "http://example.gov.cn/a?id=1", "http://example.gov.cn:443/a",
                          "https://example.gov.cn:80/a", "http://example.gov.cn/a?next=/b/"}) {
    EXPECT_EQ(ComparableAddress(url), url);
  }
}

TEST(WebAddress, IsNothingElse) {
  for (const char* url : {"", "example.gov.cn/a", "ftp://example.gov.cn/a", "http://", "http:///a",
                          "http://:80/a", "http://example.gov.cn/a b", "javascript:alert(1)"}) {
    EXPECT_FALSE(ComparableAddress(url)) << url;
  }
}

}  // namespace
}  // namespace gongkai::plans
