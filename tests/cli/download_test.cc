#include "services/cli/download.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "gongkai/reporting/v1/documents.grpc.pb.h"
#include "services/common/rpc/server.h"

namespace gongkai::cli {
namespace {

namespace fs = std::filesystem;
using google::api::HttpBody;
using reporting::v1::Documents;
using reporting::v1::ExportLedgerRequest;

// Sends two pieces; breaks off between them where the parent says so.
class TwoPieces final : public Documents::Service {
 public:
  grpc::Status ExportLedger(grpc::ServerContext* context, const ExportLedgerRequest* request,
                            grpc::ServerWriter<HttpBody>* writer) override {
    if (request->parent().empty()) return {grpc::StatusCode::NOT_FOUND, "no such division"};
    context->AddInitialMetadata("content-disposition",
                                "attachment; filename*=UTF-8''%E5%8F%B0%E8%B4%A6.csv");
    HttpBody piece;
    piece.set_data("一,");
    writer->Write(piece);
    if (request->parent() == "breaks") return {grpc::StatusCode::INTERNAL, "broken off"};
    piece.set_data("二\n");
    writer->Write(piece);
    return grpc::Status::OK;
  }
};

class DownloadTest : public ::testing::Test {
 protected:
  DownloadTest() {
    std::string pattern = (fs::temp_directory_path() / "gongkai-download-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~DownloadTest() override { fs::remove_all(folder_); }

  Result<std::string> Get(const std::string& parent, const std::string& file) {
    ExportLedgerRequest request;
    request.set_parent(parent);
    return Download(
        {server_->address(), "--reporting"},
        [&](grpc::ClientContext* context) {
          context->set_wait_for_ready(true);
          return stub_->ExportLedger(context, request);
        },
        file);
  }
  std::string PathOf(const std::string& name) const { return (folder_ / name).string(); }
  static std::string Content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }
  std::size_t Files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  fs::path folder_;
  TwoPieces service_;
  std::unique_ptr<rpc::Server> server_ =
      *rpc::Server::Start({.listen = "127.0.0.1:0"}, {&service_});
  std::unique_ptr<Documents::Stub> stub_ = Documents::NewStub(rpc::MakeChannel(server_->address()));
};

TEST_F(DownloadTest, SavesAllPieces) {
  const auto saved = Get("whole", PathOf("a.csv"));
  ASSERT_TRUE(saved) << saved.error().message;
  EXPECT_EQ(Content(*saved), "一,二\n");
}

TEST_F(DownloadTest, LeavesWhatStoodThereWhenTheDocumentBreaksOff) {
  std::ofstream(PathOf("a.csv")) << "old";
  const auto saved = Get("breaks", PathOf("a.csv"));
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().code, ErrorCode::kInternal);
  EXPECT_EQ(Content(PathOf("a.csv")), "old");
  EXPECT_EQ(Files(), 1u);
}

TEST_F(DownloadTest, SaysWhatTheServiceSays) {
  EXPECT_EQ(Get("", PathOf("a.csv")).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Files(), 0u);
}

TEST_F(DownloadTest, NamesTheFileThatCannotBeWritten) {
  const auto saved = Get("whole", PathOf("no/such/folder/a.csv"));
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().reason, "FILE_UNWRITABLE");
}

TEST(FileNameIn, IsWhatTheServiceGivesAndNoPath) {
  EXPECT_EQ(FileNameIn("attachment; filename*=UTF-8''%E5%8F%B0%20a.csv"), "台 a.csv");
  EXPECT_EQ(FileNameIn("attachment; filename*=UTF-8''..%2F..%2Fetc%2Fa"), "a");
  EXPECT_EQ(FileNameIn("attachment; filename*=UTF-8''.."), "document");
  EXPECT_EQ(FileNameIn("attachment; filename*=UTF-8''a%2"), "a%2");
  EXPECT_EQ(FileNameIn("attachment"), "document");
}

}  // namespace
}  // namespace gongkai::cli
