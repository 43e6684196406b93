// How much a page of the feed may hold.
#pragma once

#include <cstddef>

namespace gongkai::plans {

// Far below the four megabytes that gRPC's clients accept unless told otherwise, whatever a
// resource's JSON and its wire format differ by.
class PageBytes {
 public:
  // False if the page is full without it; the first document always has room.
  bool Take(std::size_t document) {
    const bool fits = taken_ == 0 || taken_ + document <= kMost;
    if (fits) taken_ += document;
    return fits;
  }

 private:
  static constexpr std::size_t kMost = std::size_t{1} << 20;
  std::size_t taken_ = 0;
};

}  // namespace gongkai::plans
