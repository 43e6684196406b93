#include "services/gateway/api_page/api_page.h"

#include <string>

#include "services/gateway/embedding/embed.h"

GATEWAY_EMBED(gateway_api_page, GATEWAY_API_PAGE_DIR "/api.html")
GATEWAY_EMBED(gateway_api_style, GATEWAY_API_PAGE_DIR "/api.css")
GATEWAY_EMBED(gateway_api_script, GATEWAY_API_PAGE_DIR "/api.js")

namespace gongkai::gateway {

Assets ApiPage() {
  return {
      {"/api", {"text/html; charset=utf-8", std::string(GATEWAY_EMBEDDED(gateway_api_page))}},
      {"/api.css", {"text/css; charset=utf-8", std::string(GATEWAY_EMBEDDED(gateway_api_style))}},
      {"/api.js",
       {"text/javascript; charset=utf-8", std::string(GATEWAY_EMBEDDED(gateway_api_script))}}};
}

}  // namespace gongkai::gateway
