// Addresses of pages, in the form in which they are compared.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gongkai::plans {

// The address without what makes no difference: letters of scheme and host in lower case, no
// fragment, no port that the scheme implies, no slash at the end of the path.
//
//   `HTTPS://Www.Example.gov.cn:443/a/1.html#top` → `https://www.example.gov.cn/a/1.html`
//
// Nothing for what is no address of http or https with a host.
std::optional<std::string> ComparableAddress(std::string_view url);

}  // namespace gongkai::plans
