#include "services/gateway/http/compression.h"

#include <zlib.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "services/gateway/http/exchange_wrapper.h"

namespace gongkai::gateway {
namespace {

// Smaller answers fit into one packet anyway.
constexpr std::size_t kWorthPacking = 1024;
constexpr int kLevel = 1;
// zlib's window bits: written with a gzip head, and read with either a gzip or a zlib head.
constexpr int kGzip = 15 + 16;
constexpr int kGzipOrZlib = 15 + 32;
constexpr int kMemoryLevel = 8;
constexpr std::size_t kStep = 64 * 1024;

Error RequestError(std::string reason, std::string message) {
  return {.code = ErrorCode::kInvalidArgument,
          .reason = std::move(reason),
          .message = std::move(message),
          .message_zh = "请求体的压缩格式有误"};
}

Bytef* Bytes(const char* data) { return reinterpret_cast<Bytef*>(const_cast<char*>(data)); }

class Inflater {
 public:
  Inflater() { usable_ = inflateInit2(&stream_, kGzipOrZlib) == Z_OK; }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  Result<std::string> Unpack(std::string_view packed, std::size_t limit) {
    std::string text;
    stream_.next_in = Bytes(packed.data());
    stream_.avail_in = static_cast<uInt>(packed.size());
    int state = usable_ ? Z_OK : Z_MEM_ERROR;
    while (state == Z_OK) {
      const std::size_t before = text.size();
      text.resize(before + kStep);
      stream_.next_out = Bytes(text.data() + before);
      stream_.avail_out = static_cast<uInt>(kStep);
      state = inflate(&stream_, Z_NO_FLUSH);
      text.resize(text.size() - stream_.avail_out);
      if (text.size() > limit) {
        return Fail(RequestError(
            "BODY_TOO_LARGE",
            "the body is larger than " + std::to_string(limit) + " bytes once unpacked"));
      }
    }
    if (state == Z_STREAM_END && stream_.avail_in == 0) return text;
    return Fail(RequestError("BAD_REQUEST",
                             "the body is not what Content-Encoding says: it cannot be unpacked"));
  }

 private:
  z_stream stream_{};
  bool usable_ = false;
};

std::optional<std::string> Gzip(std::string_view text) {
  z_stream stream{};
  if (deflateInit2(&stream, kLevel, Z_DEFLATED, kGzip, kMemoryLevel, Z_DEFAULT_STRATEGY) != Z_OK) {
    return std::nullopt;
  }
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = Bytes(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = Bytes(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const bool whole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  packed.resize(packed.size() - stream.avail_out);
  deflateEnd(&stream);
  return whole ? std::optional(std::move(packed)) : std::nullopt;
}

bool TakesGzip(std::string_view accept_encoding) {
  std::optional<double> any;
  for (const auto& [name, weight] : Preferences(accept_encoding)) {
    if (name == "gzip" || name == "x-gzip") return weight > 0;
    if (name == "*") any = weight;
  }
  return any.value_or(0) > 0;
}

bool IsText(std::string_view content_type) {
  const auto type = content_type.substr(0, content_type.find(';'));
  return type.starts_with("text/") || type.ends_with("json") || type.ends_with("xml") ||
         type.ends_with("javascript");
}

class PackingExchange : public ExchangeWrapper {
 public:
  using ExchangeWrapper::ExchangeWrapper;

  void Reply(HttpResponse response) override {
    if (IsText(response.Header("content-type"))) {
      response.headers.emplace_back("Vary", "Accept-Encoding");
      Pack(response);
    }
    ExchangeWrapper::Reply(std::move(response));
  }

 private:
  static void Pack(HttpResponse& response) {
    if (response.body.size() < kWorthPacking) return;
    auto packed = Gzip(response.body);
    if (!packed || packed->size() >= response.body.size()) return;
    response.body = std::move(*packed);
    response.headers.emplace_back("Content-Encoding", "gzip");
    // Other bytes, the same content: the tag is no longer one of bytes.
    for (auto& [name, value] : response.headers) {
      if (name == "ETag" && !value.starts_with("W/")) value.insert(0, "W/");
    }
  }
};

}  // namespace

void Compression::Handle(HttpRequest request, std::shared_ptr<HttpExchange> exchange) {
  const auto encoding = request.Header("content-encoding");
  if (!encoding.empty() && !SameWord(encoding, "identity") && !request.body.empty()) {
    if (!SameWord(encoding, "gzip") && !SameWord(encoding, "x-gzip") &&
        !SameWord(encoding, "deflate")) {
      auto response = Refuse(RequestError(
          "UNSUPPORTED_MEDIA_TYPE",
          "Content-Encoding must be gzip, deflate or identity, not " + std::string(encoding)));
      response.headers.emplace_back("Accept-Encoding", "gzip, deflate");
      return exchange->Reply(std::move(response));
    }
    auto body = Inflater().Unpack(request.body, body_limit_);
    if (!body) return exchange->Reply(Refuse(body.error()));
    request.body = std::move(*body);
  }
  if (TakesGzip(request.Header("accept-encoding"))) {
    exchange = std::make_shared<PackingExchange>(std::move(exchange));
  }
  inner_.Handle(std::move(request), std::move(exchange));
}

}  // namespace gongkai::gateway
