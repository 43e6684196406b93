// What makes two pieces of evidence the same.
#pragma once

#include <string>
#include <string_view>

namespace gongkai::plans {

// The one form of an address that every way to write it has in common: see ComparableAddress, and
// without the scheme, since a page that moves from http to https is the same page.
//
//   "https://WWW.Example.gov.cn:443/a/?id=1#top" → "www.example.gov.cn/a?id=1"
std::string CanonicalUrl(std::string_view url);

// A document number without spaces, with one kind of brackets and of digits.
//
//   "平政办发 [２０２６] 5号" → "平政办发〔2026〕5号"
std::string CanonicalDocumentNumber(std::string_view number);

}  // namespace gongkai::plans
