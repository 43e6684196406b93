#include "services/cli/document_file.h"

#include <fstream>
#include <iostream>

#include "services/plans/importer/plan_importer.h"

namespace gongkai::cli {
namespace {

std::optional<std::string> ReadAtMost(std::istream& in, size_t limit) {
  std::string bytes(limit, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(limit));
  if (in.bad() || (in.fail() && !in.eof())) return std::nullopt;
  bytes.resize(static_cast<size_t>(in.gcount()));
  return bytes;
}

}  // namespace

std::optional<std::string> ReadDocument(const std::string& file) {
  constexpr size_t kLimit = plans::importer::kMaxDocumentBytes + 1;
  if (file == "-") return ReadAtMost(std::cin, kLimit);
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  return ReadAtMost(in, kLimit);
}

std::string DisplayName(const std::string& file) { return file == "-" ? "stdin" : file; }

}  // namespace gongkai::cli
