// Where a page of a list ended, as a text that only the service reads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "services/common/status/error.h"

namespace gongkai::plans::list {

// `keys`: the columns that order the list, as they were in the last row of the page. `list`
// identifies the list with its filter and order.
std::string FormatPageToken(std::uint64_t list, const std::vector<std::string>& keys);

// The keys of a token. INVALID_ARGUMENT unless it was given out for this list and has `count` keys.
Result<std::vector<std::string>> ParsePageToken(const std::string& token, std::uint64_t list,
                                                std::size_t count);

// INVALID_ARGUMENT with reason INVALID_PAGE_TOKEN.
Error InvalidPageToken();

// FNV-1a over the texts and their lengths: the same in every replica and release.
std::uint64_t Fingerprint(const std::vector<std::string>& texts);

}  // namespace gongkai::plans::list
