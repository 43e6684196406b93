#include "services/cli/download.h"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "services/common/rpc/status_mapping.h"

namespace gongkai::cli {
namespace {

namespace fs = std::filesystem;
using google::api::HttpBody;

Error Unwritable(const std::string& file) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "FILE_UNWRITABLE",
          .message = file + " cannot be written: see to its folder and the space on the disk",
          .message_zh = "无法写入 " + file + "，请检查目录权限和磁盘空间"};
}

std::string Disposition(const grpc::ClientContext& context) {
  const auto& metadata = context.GetServerInitialMetadata();
  const auto found = metadata.find("content-disposition");
  return found == metadata.end() ? "" : std::string(found->second.data(), found->second.size());
}

// A file that is there under its own name only once it is whole.
class WholeFile {
 public:
  explicit WholeFile(std::string path)
      : path_(std::move(path)),
        partial_(path_ + ".part"),
        to_console_(path_ == "-"),
        file_(to_console_ ? std::ofstream() : std::ofstream(partial_, std::ios::binary)) {}
  ~WholeFile() {
    std::error_code ignored;
    if (!to_console_) fs::remove(partial_, ignored);
  }
  WholeFile(const WholeFile&) = delete;
  WholeFile& operator=(const WholeFile&) = delete;

  bool Write(const std::string& data) {
    std::ostream& out = to_console_ ? std::cout : file_;
    return static_cast<bool>(out.write(data.data(), static_cast<std::streamsize>(data.size())));
  }
  bool Keep() {
    if (to_console_) return static_cast<bool>(std::cout.flush());
    file_.close();
    std::error_code error;
    if (file_) fs::rename(partial_, path_, error);
    return file_ && !error;
  }

 private:
  const std::string path_;
  const std::string partial_;
  const bool to_console_;
  std::ofstream file_;
};

}  // namespace

std::string FileNameIn(std::string_view disposition) {
  constexpr std::string_view kKey = "filename*=UTF-8''";
  std::string name;
  const auto at = disposition.find(kKey);
  auto rest = at == std::string_view::npos ? "" : disposition.substr(at + kKey.size());
  rest = rest.substr(0, rest.find(';'));
  for (std::size_t i = 0; i < rest.size(); ++i) {
    int byte = 0;
    const auto* digits = rest.data() + i + 1;
    if (rest[i] == '%' && i + 2 < rest.size() &&
        std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
      name += static_cast<char>(byte);
      i += 2;
    } else {
      name += rest[i];
    }
  }
  name = fs::path(name).filename().string();
  return name.empty() || name == "." || name == ".." ? "document" : name;
}

Result<std::string> Download(const ServiceAddress& service,
                             const std::function<PieceReader(grpc::ClientContext*)>& start,
                             const std::string& file) {
  grpc::ClientContext context;
  context.AddMetadata("x-gongkai-actor", "gongkai-command");
  if (const auto token = TokenOfCaller(); !token.empty()) {
    context.AddMetadata("authorization", "Bearer " + token);
  }
  const auto reader = start(&context);
  HttpBody piece;
  bool more = reader->Read(&piece);
  const auto path = file.empty() && more ? FileNameIn(Disposition(context)) : file;
  if (more) {
    WholeFile whole(path);
    for (; more; more = reader->Read(&piece)) {
      if (whole.Write(piece.data())) continue;
      context.TryCancel();
      (void)reader->Finish();
      return Fail(Unwritable(path));
    }
    const auto status = reader->Finish();
    if (!status.ok()) return Fail(rpc::FromGrpcStatus(status));
    if (!whole.Keep()) return Fail(Unwritable(path));
    return path;
  }
  const auto status = reader->Finish();
  const bool nobody =
      status.error_code() == grpc::StatusCode::UNAVAILABLE && status.error_details().empty();
  return Fail(nobody ? Unreachable(service) : rpc::FromGrpcStatus(status));
}

}  // namespace gongkai::cli
