// The files of the web console.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "services/common/status/error.h"

namespace gongkai::gateway {

struct Asset {
  std::string content_type;
  std::string data;
};

// By path, e.g. `/console.css`; the page itself also at `/`.
using Assets = std::map<std::string, Asset, std::less<>>;

// Those that are compiled into the binary.
Assets EmbeddedAssets();

// The files of a directory and of those below it. INVALID_ARGUMENT if it has no index.html.
Result<Assets> LoadAssets(const std::string& directory);

}  // namespace gongkai::gateway
