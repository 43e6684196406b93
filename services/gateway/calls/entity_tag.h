// Entity tags: whether a client has an answer already.
#pragma once

#include <string>
#include <string_view>

#include "services/gateway/calls/method_table.h"

namespace gongkai::gateway {

// Of an answer's wire: its `etag` field where the type has one and it is set (`"v7"`), else a weak
// tag by its content (`W/"…"`).
std::string EntityTagOf(const BoundMethod& method, std::string_view wire);

// Of any content: `"1f0c…"`.
std::string ContentTag(std::string_view content);

// Whether `If-None-Match` names the tag, by weak comparison: `"a", W/"b"` or `*`.
bool NamesEntityTag(std::string_view if_none_match, std::string_view tag);

// The value of the one tag in `If-Match`, without quotes: `"v7"` → `v7`.
std::string_view EntityTagValue(std::string_view tag);

}  // namespace gongkai::gateway
