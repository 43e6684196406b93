#include "services/plans/rpc/evidence_files_service.h"

#include "services/plans/evidence/file_type.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/name_forms.h"

namespace gongkai::plans {
namespace {

constexpr char kUnitScopeForm[] = "divisions/{division}/units/{unit or -}";
constexpr int kMostBytesOfOneMessage = 8 * 1024 * 1024;
constexpr double kMebibyte = 1024.0 * 1024.0;

// `50 MB`, `0.5 MB`
std::string Megabytes(std::int64_t bytes) {
  auto text = std::to_string(static_cast<double>(bytes) / kMebibyte);
  text.resize(text.find('.') + 2);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text + " MB";
}

Error TooLarge(std::int64_t size, int limit) {
  Error error = InvalidArgument(
      "size_bytes", "must be at most " + std::to_string(limit) + ", is " + std::to_string(size),
      "文件大小为 " + Megabytes(size) + "，超过上限 " + Megabytes(limit) + "，请压缩或拆分后上传");
  error.reason = "FILE_TOO_LARGE";
  error.metadata = {{"limit_bytes", std::to_string(limit)}};
  return error;
}

Error Incomplete(const std::string& problem) {
  Error error = InvalidArgument("content", problem, "文件未完整上传，请重新上传");
  error.reason = "FILE_INCOMPLETE";
  return error;
}

Error TypeNotAllowed(const std::string& problem, const std::string& problem_zh) {
  Error error = InvalidArgument("content", problem, problem_zh);
  error.reason = "FILE_TYPE_NOT_ALLOWED";
  return error;
}

Result<const FileType*> TypeOf(const std::string& head, const std::string& file_name) {
  const auto* type = FileTypeOf(head);
  if (!type) {
    return Fail(
        TypeNotAllowed("is of no type that is taken; taken are " + AcceptedExtensions() +
                           ", and text in UTF-8; put anything else into a PDF or a ZIP archive",
                       "不支持该类文件。可上传：" + AcceptedExtensions() +
                           "（文本须为 UTF-8 编码）；其他材料请转为 PDF 或压缩为 ZIP 后上传"));
  }
  if (!FitsName(*type, file_name)) {
    const std::string usual(type->extensions.front());
    return Fail(TypeNotAllowed("is " + std::string(type->content_type) +
                                   ", and the file_name does not end that way; name it e.g. ." +
                                   usual,
                               "文件名的扩展名与文件内容不符，请改为 ." + usual + " 等后上传"));
  }
  return type;
}

}  // namespace

Result<void> EvidenceUpload::Add(std::string_view data) {
  const auto expected = static_cast<std::int64_t>(announced_bytes_) - file_.size();
  if (static_cast<std::int64_t>(data.size()) > expected) {
    return Fail(Incomplete("has more than the " + std::to_string(announced_bytes_) +
                           " bytes that size_bytes announced"));
  }
  return file_.Append(data);
}

template <typename Request>
Result<EvidenceUpload> EvidenceFilesService::BeginFile(const rpc::Caller& caller,
                                                       const Request& request,
                                                       std::int64_t size_bytes) {
  const auto unit = ParseUnitName(request.parent());
  if (!unit) return Fail(MalformedName("parent", kUnitForm));
  auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto& name = request.file_name();
  RequestChecks checks;
  checks.Length(name, "file_name", 1, 200);
  checks.Require(name.find_first_of("/\\") == std::string::npos, "file_name",
                 "must not have a / or \\");
  checks.Require(size_bytes > 0, "size_bytes", "must be the size of the file, 1 or more");
  if (!checks.ok()) return Fail(checks.error());
  if (size_bytes > limits_.max_bytes) return Fail(TooLarge(size_bytes, limits_.max_bytes));
  auto file = SpooledFile::Create(limits_.spool_directory);
  if (!file) return Fail(file.error());
  return EvidenceUpload(std::move(*context), *unit, name, static_cast<int>(size_bytes),
                        std::move(*file));
}

Result<EvidenceUpload> EvidenceFilesService::Begin(const rpc::Caller& caller,
                                                   const v1::UploadEvidenceFileRequest& request) {
  return BeginFile(caller, request, request.size_bytes());
}

Result<v1::EvidenceFile> EvidenceFilesService::End(EvidenceUpload& upload) {
  const auto size = upload.file_.size();
  if (size != upload.announced_bytes_) {
    return Fail(Incomplete("ended after " + std::to_string(size) + " of the " +
                           std::to_string(upload.announced_bytes_) +
                           " bytes that size_bytes announced"));
  }
  const auto head = upload.file_.Read(0, kFileHeadBytes);
  if (!head) return Fail(head.error());
  const auto type = TypeOf(*head, upload.file_name_);
  if (!type) return Fail(type.error());
  return ToMessage<v1::EvidenceFile>(
      store_.AddFile(upload.context_, {.unit = upload.unit_,
                                       .file_name = upload.file_name_,
                                       .content_type = std::string((*type)->content_type),
                                       .sha256 = upload.file_.Sha256(),
                                       .size_bytes = upload.announced_bytes_,
                                       .content = [&upload](std::int64_t offset) {
                                         return upload.file_.Read(offset, kEvidenceChunkBytes);
                                       }}));
}

Result<v1::EvidenceFile> EvidenceFilesService::CreateEvidenceFile(
    const rpc::Caller& caller, const v1::CreateEvidenceFileRequest& request) {
  const auto size = static_cast<std::int64_t>(request.content().size());
  if (size == 0) return Fail(InvalidArgument("content", "must not be empty", "文件为空"));
  if (size > kMostBytesOfOneMessage) return Fail(TooLarge(size, kMostBytesOfOneMessage));
  auto upload = BeginFile(caller, request, size);
  if (!upload) return Fail(upload.error());
  if (auto added = upload->Add(request.content()); !added) return Fail(added.error());
  return End(*upload);
}

Result<v1::EvidenceFile> EvidenceFilesService::GetEvidenceFile(
    const rpc::Caller&, const v1::GetEvidenceFileRequest& request) {
  const auto key = ParseEvidenceFileName(request.name());
  if (!key) return Fail(MalformedName("name", kEvidenceFileForm));
  return ToMessage<v1::EvidenceFile>(store_.GetFile(*key));
}

Result<v1::ListEvidenceFilesResponse> EvidenceFilesService::ListEvidenceFiles(
    const rpc::Caller&, const v1::ListEvidenceFilesRequest& request) {
  const auto scope = ParseUnitScope(request.parent());
  if (!scope) return Fail(MalformedName("parent", kUnitScopeForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(store_.ListFiles(scope->division, scope->unit, *query),
                &v1::ListEvidenceFilesResponse::mutable_evidence_files);
}

Result<EvidenceChunk> EvidenceFilesService::ReadChunk(
    const v1::DownloadEvidenceFileRequest& request, int chunk) {
  const auto key = ParseEvidenceFileName(request.name());
  if (!key) return Fail(MalformedName("name", kEvidenceFileForm));
  return store_.ReadChunk(*key, chunk);
}

}  // namespace gongkai::plans
