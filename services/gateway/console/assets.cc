#include "services/gateway/console/assets.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "services/gateway/embedding/embed.h"

GATEWAY_EMBED(gateway_console_page, GATEWAY_CONSOLE_DIR "/index.html")
GATEWAY_EMBED(gateway_console_style, GATEWAY_CONSOLE_DIR "/console.css")
GATEWAY_EMBED(gateway_console_script, GATEWAY_CONSOLE_DIR "/console.js")

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
  Add(assets, kPage, std::string(GATEWAY_EMBEDDED(gateway_console_page)));
  Add(assets, "/console.css", std::string(GATEWAY_EMBEDDED(gateway_console_style)));
  Add(assets, "/console.js", std::string(GATEWAY_EMBEDDED(gateway_console_script)));
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
