// Files of evidence over gRPC, on a real PostgreSQL.
#include <gtest/gtest.h>

#include <pqxx/pqxx>
#include <set>
#include <thread>

#include "services/plans/store/postgres/stores.h"
#include "tests/plans/support/allocated_bytes.h"
#include "tests/plans/support/evidence_uploads.h"

namespace gongkai::plans {
namespace {

using testing::EvidenceUploads;
using testing::File;
using testing::Pdf;
using testing::PlansWorld;
using testing::Unit;
using testing::UploadOptions;

constexpr int kMebibyte = 1024 * 1024;

class EvidenceFiles : public ::testing::Test {
 protected:
  std::string Content(const std::string& name) {
    std::string content;
    const auto type = uploads_.Download(name, [&](const std::string& data) { content += data; });
    return type ? content : type.error().reason;
  }

  int Count(const std::string& table) {
    pqxx::connection connection(world_.conninfo());
    return pqxx::work(connection).exec1("select count(*) from " + table)[0].as<int>();
  }

  void Execute(const std::string& sql) {
    pqxx::connection connection(world_.conninfo());
    pqxx::work transaction(connection);
    transaction.exec(sql);
    transaction.commit();
  }

  bool NothingIsStored() {
    return Count("evidence_file") + Count("evidence_content") + Count("evidence_chunk") == 0;
  }

  PlansWorld world_;
  EvidenceUploads uploads_{world_};
  const std::string occurrence_ =
      world_.IssuedPlan({Unit("县财政局")}) + "/tasks/1/assignments/2-responsible/occurrences/1";
};

TEST_F(EvidenceFiles, ComeBackAsTheyWere) {
  const auto content = Pdf(2 * kMebibyte + 77);
  const auto file = uploads_.Upload(content);
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->name(), "divisions/370124/units/2/evidenceFiles/1");
  EXPECT_EQ(file->file_name(), "证明.pdf");
  EXPECT_EQ(file->content_type(), "application/pdf");
  EXPECT_EQ(file->size_bytes(), static_cast<int>(content.size()));
  EXPECT_EQ(file->sha256().size(), 64u);
  EXPECT_EQ(file->author(), "tester");
  EXPECT_FALSE(file->used());
  EXPECT_TRUE(Content(file->name()) == content);
}

TEST_F(EvidenceFiles, OfExactlyWholeChunksComeBackWhole) {
  const auto content = Pdf(2 * kMebibyte);
  const auto file = uploads_.Upload(content);
  ASSERT_TRUE(file);
  EXPECT_TRUE(Content(file->name()) == content);
}

TEST_F(EvidenceFiles, ThatAreSmallComeInOneMessage) {
  v1::CreateEvidenceFileRequest request;
  request.set_parent("divisions/370124/units/2");
  request.set_file_name("说明.txt");
  request.set_content("目录已更新。");
  const auto file =
      world_.Call(uploads_.stub(), &v1::EvidenceFiles::Stub::CreateEvidenceFile, request);
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->content_type(), "text/plain; charset=utf-8");
  EXPECT_EQ(Content(file->name()), "目录已更新。");
}

TEST_F(EvidenceFiles, WithTheSameContentAreStoredOnceForTheDivision) {
  const auto first = uploads_.Upload(Pdf(kMebibyte + 1));
  const auto second = uploads_.Upload(
      Pdf(kMebibyte + 1), {.unit = "divisions/370124/units/3", .file_name = "另一份.pdf"});
  ASSERT_TRUE(first && second);
  EXPECT_EQ(second->name(), "divisions/370124/units/3/evidenceFiles/1");
  EXPECT_EQ(first->sha256(), second->sha256());
  EXPECT_EQ(Count("evidence_file"), 2);
  EXPECT_EQ(Count("evidence_content"), 1);
  EXPECT_EQ(Count("evidence_chunk"), 2);
}

TEST_F(EvidenceFiles, WithTheSameContentUploadedAtOnceAreStoredOnce) {
  const auto content = Pdf(2 * kMebibyte);
  std::vector<Result<v1::EvidenceFile>> files(8);
  std::vector<std::thread> clients;
  for (auto& file : files) {
    clients.emplace_back([&] { file = uploads_.Upload(content); });
  }
  for (auto& client : clients) client.join();
  std::set<std::string> names;
  for (const auto& file : files) {
    ASSERT_TRUE(file) << file.error().message;
    names.insert(file->name());
  }
  EXPECT_EQ(names.size(), files.size());
  EXPECT_EQ(Count("evidence_content"), 1);
  EXPECT_EQ(Count("evidence_chunk"), 2);
  EXPECT_TRUE(Content(*names.begin()) == content);
}

TEST_F(EvidenceFiles, ThatBreakOffLeaveNothingBehind) {
  const auto content = Pdf(3 * kMebibyte);
  grpc::ClientContext context;
  v1::EvidenceFile file;
  const auto writer = uploads_.stub().UploadEvidenceFile(&context, &file);
  auto request = EvidenceUploads::First(content.size(), {});
  request.mutable_content()->set_data(content.substr(0, kMebibyte));
  ASSERT_TRUE(writer->Write(request));
  context.TryCancel();
  EXPECT_FALSE(writer->Finish().ok());

  // A client that ends early and says that it is done.
  const auto early =
      uploads_.Upload(content.substr(0, kMebibyte), {.announced_bytes = 3 * kMebibyte});
  EXPECT_EQ(early.error().reason, "FILE_INCOMPLETE");
  EXPECT_TRUE(NothingIsStored());
}

TEST_F(EvidenceFiles, WithMoreThanWasAnnouncedAreRefused) {
  const auto more = uploads_.Upload(Pdf(kMebibyte), {.announced_bytes = 100});
  EXPECT_EQ(more.error().reason, "FILE_INCOMPLETE");
  EXPECT_TRUE(NothingIsStored());
}

TEST_F(EvidenceFiles, AboveTheLimitAreRefusedBeforeTheyCome) {
  const auto refused = uploads_.Upload(Pdf(10), {.announced_bytes = 50 * kMebibyte + 1});
  EXPECT_EQ(refused.error().reason, "FILE_TOO_LARGE");
  EXPECT_EQ(refused.error().metadata.at("limit_bytes"), std::to_string(50 * kMebibyte));
  EXPECT_NE(refused.error().message_zh.find("50 MB"), std::string::npos);
}

TEST_F(EvidenceFiles, ThatCouldRunAreRefused) {
  for (const auto& [content, name] : std::vector<std::pair<std::string, std::string>>{
           {"<html><script>alert(1)</script>", "公示.html"},
           {"MZ\x90 a program", "工具.exe"},
           {"%PDF-1.7", "公示.pdf.exe"},
           {"start calc", "a.bat"}}) {
    const auto refused = uploads_.Upload(content, {.file_name = name});
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(refused.error().reason, "FILE_TYPE_NOT_ALLOWED") << name;
    EXPECT_NE(refused.error().message_zh, "");
  }
  EXPECT_TRUE(NothingIsStored());
}

TEST_F(EvidenceFiles, AreNotStoredByARequestThatOnlyValidates) {
  const auto tried = uploads_.Upload(Pdf(100), {.validate_only = true});
  ASSERT_TRUE(tried) << tried.error().message;
  EXPECT_EQ(tried->size_bytes(), 100);
  EXPECT_TRUE(NothingIsStored());
}

TEST_F(EvidenceFiles, AreStoredOnceForOneRequestId) {
  const auto first = uploads_.Upload(Pdf(100), {.request_id = "upload-1"});
  const auto again = uploads_.Upload(Pdf(100), {.request_id = "upload-1"});
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->name(), again->name());
  EXPECT_EQ(Count("evidence_file"), 1);
}

TEST_F(EvidenceFiles, BelongToAUnitThatThereIs) {
  EXPECT_EQ(uploads_.Upload(Pdf(100), {.unit = "divisions/370124/units/99"}).error().code,
            ErrorCode::kNotFound);
  EXPECT_EQ(uploads_.Upload(Pdf(100), {.unit = "divisions/370199/units/2"}).error().code,
            ErrorCode::kNotFound);
  EXPECT_EQ(Content("divisions/370124/units/2/evidenceFiles/1"), "NOT_FOUND");
}

TEST_F(EvidenceFiles, ProveWhatTheirUnitReports) {
  const auto file = uploads_.Upload(Pdf(100));
  const auto report = uploads_.Report(occurrence_, File(file->name()));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->evidence(0).file(), file->name());
  EXPECT_EQ(world_.GetOccurrence(occurrence_).evidence_count(), 1);
  v1::GetEvidenceFileRequest request;
  request.set_name(file->name());
  EXPECT_TRUE(
      world_.Call(uploads_.stub(), &v1::EvidenceFiles::Stub::GetEvidenceFile, request)->used());
}

TEST_F(EvidenceFiles, OfAnotherUnitOrDivisionProveNothing) {
  const auto other = uploads_.Upload(Pdf(100), {.unit = "divisions/370124/units/3"});
  for (const auto& name : {other->name(), std::string("divisions/370100/units/2/evidenceFiles/1"),
                           std::string("evidenceFiles/1")}) {
    const auto refused = uploads_.Report(occurrence_, File(name));
    ASSERT_EQ(refused.error().violations.size(), 1u) << name;
    EXPECT_EQ(refused.error().violations[0].field, "progress_report.evidence[0].file");
  }
  const auto missing = "divisions/370124/units/2/evidenceFiles/7";
  const auto refused = uploads_.Report(occurrence_, File(missing));
  EXPECT_EQ(refused.error().reason, "EVIDENCE_FILE_NOT_FOUND");
  EXPECT_NE(refused.error().message.find(missing), std::string::npos);
  EXPECT_EQ(world_.GetOccurrence(occurrence_).report_count(), 0);
}

TEST_F(EvidenceFiles, ThatNoReportUsesAreRemovedAfterADay) {
  const auto used = uploads_.Upload(Pdf(100, 'a'));
  ASSERT_TRUE(uploads_.Report(occurrence_, File(used->name())));
  const auto copy = uploads_.Upload(Pdf(100, 'a'));
  const auto unused = uploads_.Upload(Pdf(kMebibyte + 5, 'b'));
  Execute("update evidence_file set create_time = now() - interval '25 hours'");
  const auto young = uploads_.Upload(Pdf(100, 'c'));

  postgres::Database database({.conninfo = world_.conninfo(), .connections = 1});
  const auto store = MakeRetentionStore(database);
  EXPECT_EQ(*store->DeleteUnusedEvidence(std::chrono::hours(24), 1), 1);
  EXPECT_EQ(*store->DeleteUnusedEvidence(std::chrono::hours(24), 10), 1);
  EXPECT_EQ(*store->DeleteUnusedEvidence(std::chrono::hours(24), 10), 0);

  EXPECT_EQ(Content(copy->name()), "NOT_FOUND");
  EXPECT_EQ(Content(unused->name()), "NOT_FOUND");
  EXPECT_EQ(Content(used->name()), Pdf(100, 'a'));
  EXPECT_EQ(Content(young->name()), Pdf(100, 'c'));
  EXPECT_EQ(Count("evidence_content"), 2);
  EXPECT_EQ(Count("evidence_chunk"), 2);
}

TEST_F(EvidenceFiles, AreListedByUnitNewestFirst) {
  for (const char filling : {'a', 'b'}) ASSERT_TRUE(uploads_.Upload(Pdf(100, filling)));
  ASSERT_TRUE(uploads_.Upload(Pdf(200), {.unit = "divisions/370124/units/3"}));
  const auto list = [&](const std::string& parent, const std::string& filter) {
    v1::ListEvidenceFilesRequest request;
    request.set_parent(parent);
    request.set_filter(filter);
    const auto page =
        world_.Call(uploads_.stub(), &v1::EvidenceFiles::Stub::ListEvidenceFiles, request);
    std::string names;
    for (const auto& file : page->evidence_files()) names += file.name().substr(17) + " ";
    return names;
  };
  EXPECT_EQ(list("divisions/370124/units/2", ""),
            "units/2/evidenceFiles/2 units/2/evidenceFiles/1 ");
  EXPECT_EQ(list("divisions/370124/units/-", "size_bytes > 100"), "units/3/evidenceFiles/1 ");
  EXPECT_EQ(list("divisions/370124/units/-", "used = true"), "");
}

// Caller and service are one process here: what gRPC lets both ends hold at a time counts too.
TEST_F(EvidenceFiles, AsLargeAsTheyMayBePassThroughInBoundedMemory) {
  constexpr std::size_t kSize = 50 * kMebibyte;
  const std::string piece(testing::kPieceBytes, 'x');
  gongkai::testing::PeakAllocation peak;
  const auto file = uploads_.UploadFrom(kSize, {}, [&](std::size_t offset) {
    return offset == 0 ? Pdf(testing::kPieceBytes) : piece;
  });
  ASSERT_TRUE(file) << file.error().message;
  std::size_t received = 0;
  ASSERT_TRUE(uploads_.Download(file->name(), [&](const auto& data) { received += data.size(); }));
  EXPECT_LT(peak.Stop(), kSize / 2);
  EXPECT_EQ(received, kSize);
}

}  // namespace
}  // namespace gongkai::plans
