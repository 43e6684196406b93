#include "services/reporting/rpc/document_stream.h"

#include <cctype>
#include <utility>

#include "services/common/rpc/call.h"

namespace gongkai::reporting {
namespace {

constexpr std::size_t kPieceBytes = 256 * 1024;

}  // namespace

std::string ContentDisposition(std::string_view file_name) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const unsigned char c : file_name) {
    if (std::isalnum(c) || c == '-' || c == '.' || c == '_') {
      encoded += static_cast<char>(c);
    } else {
      encoded += {'%', kDigits[c >> 4], kDigits[c & 15]};
    }
  }
  return "attachment; filename*=UTF-8''" + encoded;
}

DocumentStream::DocumentStream(rpc::Executor& executor, grpc::CallbackServerContext* context,
                               Make make)
    : executor_(executor), context_(context), make_(std::move(make)) {
  if (!executor_.TryRun([this] { Begin(); })) Refuse(rpc::Overloaded());
}

void DocumentStream::OnWriteDone(bool ok) {
  if (!ok) return Finish(grpc::Status(grpc::StatusCode::CANCELLED, "the caller has left"));
  if (!executor_.TryRun([this] { WriteNext(); })) Refuse(rpc::Overloaded());
}

void DocumentStream::Begin() {
  auto made = make_([this] { return context_->IsCancelled(); });
  if (!made) return Refuse(made.error());
  document_.emplace(*std::move(made));
  context_->AddInitialMetadata("content-disposition", ContentDisposition(document_->file_name));
  body_.set_content_type(document_->content_type);
  WriteNext();
}

void DocumentStream::WriteNext() {
  auto piece = document_->content.Read(offset_, kPieceBytes);
  if (!piece) return Refuse(piece.error());
  if (offset_ > 0) body_.clear_content_type();
  offset_ += static_cast<std::int64_t>(piece->size());
  const bool last = piece->size() < kPieceBytes;
  body_.set_data(*std::move(piece));
  if (!last) return StartWrite(&body_);
  StartWriteAndFinish(&body_, grpc::WriteOptions(), grpc::Status::OK);
}

void DocumentStream::Refuse(const Error& error) { Finish(rpc::ToGrpcStatus(error)); }

}  // namespace gongkai::reporting
