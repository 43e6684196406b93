#include "services/gateway/upstream/upstream_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gongkai::gateway {
namespace {

// The name that serves the service; "none" where there is none.
std::string NameOf(const UpstreamsByName& upstreams, const char* service) {
  const auto found = FindUpstream(upstreams, service);
  return found == upstreams.end() ? "none" : found->first;
}

TEST(UpstreamNames, APackageServesWhatIsInItAndBelowIt) {
  const UpstreamsByName upstreams = {{"library", nullptr}};
  EXPECT_EQ(NameOf(upstreams, "library.Books"), "library");
  EXPECT_EQ(NameOf(upstreams, "library.v2.Books"), "library");
  EXPECT_EQ(NameOf(upstreams, "librarian.Books"), "none");
  EXPECT_EQ(NameOf(upstreams, "Books"), "none");
}

TEST(UpstreamNames, TheLongestNameWins) {
  const UpstreamsByName upstreams = {
      {"library", nullptr}, {"library.v2", nullptr}, {"library.v2.Loans", nullptr}};
  EXPECT_EQ(NameOf(upstreams, "library.v1.Loans"), "library");
  EXPECT_EQ(NameOf(upstreams, "library.v2.Books"), "library.v2");
  EXPECT_EQ(NameOf(upstreams, "library.v2.Loans"), "library.v2.Loans");
}

TEST(UpstreamNames, ServicesWithoutAnUpstreamAreLeftOut) {
  EXPECT_THAT(ServicesWithUpstream({{"a", nullptr}, {"Plain", nullptr}},
                                   {"Plain", "b.Books", "a.Loans", "a.Books"}),
              testing::ElementsAre("Plain", "a.Loans", "a.Books"));
}

}  // namespace
}  // namespace gongkai::gateway
