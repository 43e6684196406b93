// What is taken as a file of evidence, as the operator decides it.
#pragma once

#include <filesystem>

namespace gongkai::plans {

struct EvidenceLimits {
  int max_bytes = 50 * 1024 * 1024;  // of one file
  // Where files wait on the disk while they are uploaded.
  std::filesystem::path spool_directory = std::filesystem::temp_directory_path();
};

}  // namespace gongkai::plans
