// How much memory this process has allocated at the moment, for tests of bounded memory.
#pragma once

#include <malloc.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <thread>

#if defined(__SANITIZE_ADDRESS__)
// Of sanitizer/allocator_interface.h, which Debian's GCC has in its library and not among its
// headers.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#endif

namespace gongkai::testing {

inline std::size_t AllocatedBytes() {
#if defined(__SANITIZE_ADDRESS__)
  return __sanitizer_get_current_allocated_bytes();
#else
  return mallinfo2().uordblks + mallinfo2().hblkhd;
#endif
}

// Looks every millisecond, from construction on.
class PeakAllocation {
 public:
  PeakAllocation()
      : before_(AllocatedBytes()), thread_([this] {
          while (!stopping_) {
            Look();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
          }
        }) {}

  ~PeakAllocation() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
  }

  // The most that was allocated above what there was at construction. To be called once.
  std::size_t Stop() {
    stopping_ = true;
    thread_.join();
    return peak_;
  }

 private:
  void Look() {
    const auto now = AllocatedBytes();
    if (now > before_ && now - before_ > peak_) peak_ = now - before_;
  }

  const std::size_t before_;
  std::atomic<bool> stopping_ = false;
  std::size_t peak_ = 0;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace gongkai::testing
