// What a caller asks of a list.
#pragma once

#include <string>

namespace gongkai::plans {

struct ListQuery {
  std::string filter = "";      // AIP-160, see list/filter.h; empty for all
  std::string order_by = "";    // AIP-132, see list/order_by.h; empty for the order of the list
  std::string page_token = "";  // of the page before; empty for the first page
  int limit = 0;                // of resources on the page, at least 1
};

}  // namespace gongkai::plans
