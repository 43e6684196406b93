#include "services/plans/domain/evidence_key.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

TEST(EvidenceKey, OfAnAddressIsTheSameHoweverItIsWritten) {
  const char* kPage = "www.example.gov.cn/a/b.html";
  for (const char* url : {
           "https://www.example.gov.cn/a/b.html",
           "http://www.example.gov.cn/a/b.html",
           "HTTPS://WWW.Example.gov.cn/a/b.html",
           "https://www.example.gov.cn:443/a/b.html",
           "http://www.example.gov.cn:80/a/b.html",
           "https://www.example.gov.cn/a/b.html/",
           "https://www.example.gov.cn/a/b.html#top",
       }) {
    EXPECT_EQ(CanonicalUrl(url), kPage) << url;
  }
}

TEST(EvidenceKey, OfAnotherPageIsAnother) {
  EXPECT_EQ(CanonicalUrl("https://example.gov.cn/A"), "example.gov.cn/A");
  EXPECT_EQ(CanonicalUrl("https://example.gov.cn/?id=1"), "example.gov.cn?id=1");
  EXPECT_EQ(CanonicalUrl("https://example.gov.cn/a/?id=1&x=/"), "example.gov.cn/a?id=1&x=/");
  EXPECT_EQ(CanonicalUrl("http://example.gov.cn:443/"), "example.gov.cn:443");
  EXPECT_EQ(CanonicalUrl("https://example.gov.cn:8443"), "example.gov.cn:8443");
}

TEST(EvidenceKey, OfADocumentNumberKnowsOneKindOfBracketsAndDigits) {
  for (const char* number :
       {"青政办发〔2026〕5号", "青政办发[2026]5号", "青政办发【2026】5号", "青政办发（2026）5号",
        " 青政办发 (2026) 5 号", "青政办发［２０２６］５号"}) {
    EXPECT_EQ(CanonicalDocumentNumber(number), "青政办发〔2026〕5号") << number;
  }
  EXPECT_NE(CanonicalDocumentNumber("青政办发〔2026〕6号"), "青政办发〔2026〕5号");
}

}  // namespace
}  // namespace gongkai::plans
