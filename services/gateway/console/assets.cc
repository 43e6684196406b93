#include "services/gateway/console/assets.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "services/gateway/embedding/embed.h"

// Made by the build: CONSOLE_FILE(number, path, file) for each file of the built console.
#define CONSOLE_FILE(number, path, file) GATEWAY_EMBED(gateway_console_##number, file)
#include "console_files.inc"
#undef CONSOLE_FILE

namespace gongkai::gateway {
namespace {

constexpr char kPage[] = "/index.html";

constexpr std::pair<std::string_view, std::string_view> kContentTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".json", "application/json"}};

std::string ContentTypeOf(std::string_view path) {
  for (const auto& [extension, type] : kContentTypes) {
    if (path.ends_with(extension)) return std::string(type);
  }
  return "application/octet-stream";
}

void Add(Assets& assets, const std::string& path, std::string data) {
  Asset asset{ContentTypeOf(path), std::move(data)};
  if (path == kPage) assets["/"] = asset;
  assets[path] = std::move(asset);
}

}  // namespace

Assets EmbeddedAssets() {
  Assets assets;
#define CONSOLE_FILE(number, path, file) \
  Add(assets, path, std::string(GATEWAY_EMBEDDED(gateway_console_##number)));
#include "console_files.inc"
#undef CONSOLE_FILE
  return assets;
}

Result<Assets> LoadAssets(const std::string& directory) {
  namespace fs = std::filesystem;
  Assets assets;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    if (!entry->is_regular_file()) continue;
    std::ifstream input(entry->path(), std::ios::binary);
    Add(assets, '/' + fs::relative(entry->path(), directory).generic_string(),
        std::string(std::istreambuf_iterator<char>(input), {}));
  }
  if (!assets.contains(kPage)) return Fail(InvalidArgument(directory, "has no index.html"));
  return assets;
}

}  // namespace gongkai::gateway
