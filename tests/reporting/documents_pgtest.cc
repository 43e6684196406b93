#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include "gongkai/reporting/v1/documents.grpc.pb.h"
#include "services/common/auth/gate.h"
#include "services/common/rpc/executor.h"
#include "services/common/rpc/server.h"
#include "services/common/rpc/status_mapping.h"
#include "services/reporting/rpc/documents_rpc.h"
#include "services/reporting/rpc/documents_service.h"
#include "services/reporting/store/postgres/figure_store.h"
#include "services/reporting/store/postgres/ledger_store.h"
#include "tests/reporting/office_reader.h"
#include "tests/support/test_database.h"

namespace gongkai::reporting {
namespace {

using testing::TestDatabase;
using v1::ExportBulletinRequest;
using v1::ExportLedgerRequest;

constexpr int kCity = 370900;
constexpr int kQinghe = 370901;
constexpr int kLinshui = 370902;
constexpr int kDongpo = 370903;  // has no plan

// A city with three counties; what each county's units owe and have done, as known on 20 June 2026
// and after. It is noon on 1 August.
class DocumentsTest : public ::testing::Test {
 protected:
  DocumentsTest() {
    Batch batch{.resume_token = "a"};
    batch.divisions = {
        {.division = kCity, .display_name = "东平市", .level = DivisionLevel::kCity, .revision = 1},
        County(kQinghe, "青禾县"),
        County(kLinshui, "临水县"),
        County(kDongpo, "东坡县")};
    batch.units = {Unit(kQinghe, 1, "县财政局", 1), Unit(kQinghe, 2, "县教体局", 1),
                   Unit(kLinshui, 1, "县司法局", 1)};
    batch.plans = {Plan(kQinghe), Plan(kLinshui)};
    batch.tasks = {Task(kQinghe, 1, "公开预算", 1), Task(kQinghe, 2, "公开招生", 1),
                   Task(kLinshui, 1, "公开执法", 1)};
    auto verified = Occurrence(kQinghe, 1, 1, "2026-05-31");
    verified.state = OccurrenceState::kVerified;
    verified.submit_date = ParseDate("2026-05-30");
    verified.verify_date = ParseDate("2026-06-02");
    verified.evidence_count = 2;
    auto cancelled = Occurrence(kQinghe, 2, 2, "2026-05-31");
    cancelled.occurrence = 2;
    cancelled.state = OccurrenceState::kCancelled;
    batch.occurrences = {verified, Occurrence(kQinghe, 2, 2, "2026-06-10"), cancelled,
                         Occurrence(kLinshui, 1, 1, "2026-12-31")};
    Apply(std::move(batch), "2026-06-20");
  }

  static DivisionFact County(int number, const char* name) {
    return {.division = number, .display_name = name, .parent = kCity, .revision = 1};
  }
  static UnitFact Unit(int division, int unit, const char* name, int revision) {
    return {.division = division, .unit = unit, .display_name = name, .revision = revision};
  }
  static PlanFact Plan(int division) {
    return {.division = division,
            .plan = 202601,
            .title = "政务公开工作方案",
            .year = 2026,
            .state = PlanState::kIssued,
            .issue_date = ParseDate("2026-03-01"),
            .revision = 1};
  }
  static TaskFact Task(int division, int task, const char* title, int revision) {
    return {.division = division,
            .plan = 202601,
            .task = task,
            .ordinal = std::to_string(10 + task),
            .title = title,
            .section = task == 1 ? "重点领域" : "政策解读",
            .revision = revision};
  }
  static OccurrenceFact Occurrence(int division, int task, int unit, const char* due) {
    return {.division = division,
            .plan = 202601,
            .task = task,
            .unit = unit,
            .role = Role::kLead,
            .occurrence = 1,
            .period = "2026-Q2",
            .due_date = ParseDate(due),
            .revision = 1};
  }

  void Apply(Batch batch, const char* day) {
    batch.known_day = ParseDate(day);
    batch.after_token = store_.ReadPosition()->resume_token;
    if (batch.resume_token.empty()) batch.resume_token = batch.after_token + "+";
    ASSERT_TRUE(store_.Apply(batch));
  }

  static ExportLedgerRequest Ledger(int division, const char* day) {
    ExportLedgerRequest request;
    request.set_parent("divisions/" + std::to_string(division));
    request.set_as_of_date(day);
    request.set_format(ExportLedgerRequest::CSV);
    return request;
  }
  static ExportBulletinRequest Bulletin(int division, const char* day) {
    ExportBulletinRequest request;
    request.set_parent("divisions/" + std::to_string(division));
    request.set_as_of_date(day);
    return request;
  }

  template <typename Request>
  static std::string BytesOf(const Result<Document>& document, const Request& request) {
    EXPECT_TRUE(document) << document.error().message << " for " << request.DebugString();
    return document ? *document->content.Read(0, 64 << 20) : "";
  }
  std::string Export(const ExportLedgerRequest& request) {
    return BytesOf(service_.ExportLedger(request, [] { return false; }), request);
  }
  std::string Export(const ExportBulletinRequest& request) {
    return BytesOf(service_.ExportBulletin(request, [] { return false; }), request);
  }
  // The lines of a ledger without its heading.
  std::vector<std::string> Lines(const ExportLedgerRequest& request) {
    std::istringstream text(Export(request));
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) {
      if (line.ends_with('\r')) line.pop_back();
      lines.push_back(line);
    }
    if (!lines.empty()) lines.erase(lines.begin());
    return lines;
  }
  Error Refusal(const ExportLedgerRequest& request) {
    const auto document = service_.ExportLedger(request, [] { return false; });
    EXPECT_FALSE(document);
    return document ? Error() : document.error();
  }
  std::string FieldAtFault(const ExportLedgerRequest& request) {
    const auto error = Refusal(request);
    return error.violations.size() == 1 ? error.violations[0].field : error.message;
  }

  static DocumentsService::Clock Noon() {
    return [] {
      return std::chrono::system_clock::time_point(
                 std::chrono::sys_days(*ParseDate("2026-08-01"))) +
             std::chrono::hours(4);
    };
  }

  TestDatabase database_{kSchema};
  PostgresFigureStore store_{{.conninfo = database_.conninfo(), .connections = 1}};
  PostgresLedgerStore ledgers_{{.conninfo = database_.conninfo(), .connections = 1}};
  DocumentsService service_{store_, ledgers_, kRules2026,
                            *DocumentsService::BulletinTemplate::Read(""), Noon()};
};

TEST_F(DocumentsTest, ALedgerHasALineForEachOccurrence) {
  EXPECT_EQ(Lines(Ledger(kQinghe, "2026-06-20")),
            (std::vector<std::string>{
                "青禾县,政务公开工作方案,11,重点领域,公开预算,县财政局,牵头,2026年第二季度,"
                "2026-05-31,已核验,按时完成,,2026-05-30,2026-06-02,有",
                "青禾县,政务公开工作方案,12,政策解读,公开招生,县教体局,牵头,2026年第二季度,"
                "2026-06-10,未提交,逾期未完成,10,,,无",
                "青禾县,政务公开工作方案,12,政策解读,公开招生,县教体局,牵头,2026年第二季度,"
                "2026-05-31,已取消,已取消,,,,无"}));
}

TEST_F(DocumentsTest, ALedgerOfACityHasThoseOfItsCounties) {
  EXPECT_EQ(Lines(Ledger(kCity, "2026-06-20")).size(), 4u);
}

TEST_F(DocumentsTest, ALedgerCanBeOfOneUnitOrOneSection) {
  auto request = Ledger(kQinghe, "2026-06-20");
  request.set_unit("divisions/370901/units/2");
  EXPECT_EQ(Lines(request).size(), 2u);
  request.clear_unit();
  request.set_section("重点领域");
  EXPECT_EQ(Lines(request).size(), 1u);
  request.set_section("没有这一部分");
  EXPECT_EQ(Lines(request).size(), 0u);
}

TEST_F(DocumentsTest, ALedgerOfAMonthIsAsOfItsLastDay) {
  auto request = Ledger(kQinghe, "");
  request.set_month("2026-06");
  EXPECT_EQ(Lines(request), Lines(Ledger(kQinghe, "2026-06-30")));
  request.set_month("2026-08");
  EXPECT_EQ(Lines(request), Lines(Ledger(kQinghe, "2026-08-01"))) << "the month is not over";
}

TEST_F(DocumentsTest, ALedgerOfADayThatIsOverStaysAsItWas) {
  const auto before = Export(Ledger(kQinghe, "2026-06-30"));
  auto done = Occurrence(kQinghe, 2, 2, "2026-06-10");
  done.state = OccurrenceState::kVerified;
  done.submit_date = ParseDate("2026-06-09");
  done.revision = 2;
  Apply({.units = {Unit(kQinghe, 2, "县教育和体育局", 2)},
         .tasks = {Task(kQinghe, 2, "公开招生政策", 2)},
         .occurrences = {done}},
        "2026-07-05");
  EXPECT_EQ(Export(Ledger(kQinghe, "2026-06-30")), before);
  EXPECT_EQ(Lines(Ledger(kQinghe, "2026-07-05"))[1],
            "青禾县,政务公开工作方案,12,政策解读,公开招生政策,县教育和体育局,牵头,2026年第二季度,"
            "2026-06-10,已核验,按时完成,,2026-06-09,,无");
}

TEST_F(DocumentsTest, AWorkbookHasASheetForEachUnitOfACounty) {
  if (!HasLibreOffice()) GTEST_SKIP() << "LibreOffice is not installed";
  auto request = Ledger(kQinghe, "2026-06-20");
  request.set_format(ExportLedgerRequest::XLSX);
  const auto sheets = ReadWorkbook(Export(request));
  ASSERT_EQ(sheets.size(), 3u);
  EXPECT_EQ(sheets[0].name + sheets[1].name + sheets[2].name, "汇总县财政局县教体局");
  EXPECT_EQ(sheets[0].Row(0), "青禾县2026年政务公开工作台账　截至2026-06-20");
  EXPECT_EQ(sheets[0].Row(2), "县财政局|1|1|1|1|1|1|0|0|0|0|0");
  EXPECT_EQ(sheets[2].rows.size(), 4u);
}

TEST_F(DocumentsTest, AWorkbookHasASheetForEachCountyOfACity) {
  if (!HasLibreOffice()) GTEST_SKIP() << "LibreOffice is not installed";
  auto request = Ledger(kCity, "2026-06-20");
  request.set_format(ExportLedgerRequest::FORMAT_UNSPECIFIED);
  const auto sheets = ReadWorkbook(Export(request));
  ASSERT_EQ(sheets.size(), 3u);
  EXPECT_EQ(sheets[1].name + sheets[2].name, "青禾县临水县");
}

TEST_F(DocumentsTest, NamesEachFieldThatIsWrong) {
  auto request = Ledger(kQinghe, "2026-06-20");
  request.set_parent("divisions/x");
  EXPECT_EQ(FieldAtFault(request), "parent");
  EXPECT_EQ(FieldAtFault(Ledger(kQinghe, "20260620")), "as_of_date");
  EXPECT_EQ(FieldAtFault(Ledger(kQinghe, "2026-08-02")), "as_of_date") << "it has not come";
  request = Ledger(kQinghe, "2026-06-20");
  request.set_month("2026-06");
  EXPECT_EQ(FieldAtFault(request), "month") << "both";
  request = Ledger(kQinghe, "");
  request.set_month("2026-09");
  EXPECT_EQ(FieldAtFault(request), "month") << "it has not come";
  request.set_month("");
  request.set_unit("divisions/370902/units/1");
  EXPECT_EQ(FieldAtFault(request), "unit") << "of another county";
  request.clear_unit();
  request.set_year(26);
  EXPECT_EQ(FieldAtFault(request), "year");
  request.set_year(0);
  request.set_format(static_cast<ExportLedgerRequest::Format>(7));
  EXPECT_EQ(FieldAtFault(request), "format");
  auto bulletin = Bulletin(kQinghe, "2026-06-20");
  bulletin.set_title("一\n二");
  const auto refused = service_.ExportBulletin(bulletin, [] { return false; });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().violations.at(0).field, "title");
}

TEST_F(DocumentsTest, SaysWhatIsNotThereOrNotKnown) {
  EXPECT_EQ(Refusal(Ledger(379999, "2026-06-20")).code, ErrorCode::kNotFound);
  const auto early = Refusal(Ledger(kQinghe, "2026-06-19"));
  EXPECT_EQ(early.reason, "NOT_KNOWN_THEN");
  EXPECT_EQ(early.metadata.at("known_since"), "2026-06-20");
}

TEST_F(DocumentsTest, ADocumentThatNobodyWaitsForIsNotMade) {
  const auto left = service_.ExportLedger(Ledger(kQinghe, "2026-06-20"), [] { return true; });
  ASSERT_FALSE(left);
  EXPECT_EQ(left.error().code, ErrorCode::kCancelled);
  EXPECT_EQ(Lines(Ledger(kQinghe, "2026-06-20")).size(), 3u) << "and the connection is of use";
}

TEST_F(DocumentsTest, ABulletinTellsTheFiguresTheRanksAndWhatIsOverdue) {
  if (!HasLibreOffice()) GTEST_SKIP() << "LibreOffice is not installed";
  auto request = Bulletin(kQinghe, "2026-06-20");
  request.set_document_number("青公开办〔2026〕3号");
  const auto text = ReadDocumentText(Export(request));
  for (const char* part :
       {"青禾县政务公开办公室", "青公开办〔2026〕3号", "关于青禾县2026年政务公开工作进展情况的通报",
        "截至2026年6月20日，共有应完成事项2项，已核验1项，完成率50.0%", "县财政局", "公开招生",
        "逾期未完成事项1项，清单如下。", "已取消的事项1项不计入各项指标。", "2026年6月20日"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(text.find("{{"), std::string::npos) << text;
}

TEST_F(DocumentsTest, ABulletinOfACityNamesTheCountiesWithoutAPlan) {
  if (!HasLibreOffice()) GTEST_SKIP() << "LibreOffice is not installed";
  const auto text = ReadDocumentText(Export(Bulletin(kCity, "2026-06-20")));
  EXPECT_NE(text.find("下列1个地区本年度尚无已印发的方案，未列入统计：东坡县。"), std::string::npos)
      << text;
}

TEST_F(DocumentsTest, ABulletinOfADayThatIsOverStaysAsItWas) {
  const auto before = Export(Bulletin(kQinghe, "2026-06-30"));
  auto done = Occurrence(kQinghe, 2, 2, "2026-06-10");
  done.state = OccurrenceState::kVerified;
  done.submit_date = ParseDate("2026-06-09");
  done.revision = 2;
  Apply({.units = {Unit(kQinghe, 1, "县财政和国资局", 2), Unit(kQinghe, 2, "县教育和体育局", 2)},
         .occurrences = {done}},
        "2026-07-05");
  EXPECT_EQ(Export(Bulletin(kQinghe, "2026-06-30")), before);
  EXPECT_NE(Export(Bulletin(kQinghe, "2026-07-05")), before);
}

TEST_F(DocumentsTest, ComesInPiecesUnderItsName) {
  const auth::OpenGate gate;
  rpc::Executor executor({.workers = 2}, gate);
  DocumentsRpc rpc(service_, executor);
  const auto server = *rpc::Server::Start({.listen = "127.0.0.1:0"}, {&rpc});
  const auto stub = v1::Documents::NewStub(rpc::MakeChannel(server->address()));
  // More lines than one piece holds.
  Batch batch;
  for (int i = 2; i < 4000; ++i) {
    batch.occurrences.push_back(Occurrence(kQinghe, 1, 1, "2026-12-31"));
    batch.occurrences.back().occurrence = i;
  }
  Apply(std::move(batch), "2026-06-21");

  const auto request = Ledger(kQinghe, "2026-06-30");
  grpc::ClientContext context;
  context.set_wait_for_ready(true);
  const auto stream = stub->ExportLedger(&context, request);
  std::string bytes;
  std::vector<std::string> types;
  for (google::api::HttpBody piece; stream->Read(&piece);) {
    bytes += piece.data();
    types.push_back(piece.content_type());
  }
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(bytes, Export(request));
  ASSERT_GT(types.size(), 1u);
  EXPECT_EQ(types[0], "text/csv; charset=utf-8");
  EXPECT_EQ(types[1], "");
  const auto name = context.GetServerInitialMetadata().find("content-disposition");
  ASSERT_NE(name, context.GetServerInitialMetadata().end());
  EXPECT_EQ(std::string(name->second.data(), name->second.size()),
            "attachment; filename*=UTF-8''"
            "%E9%9D%92%E7%A6%BE%E5%8E%BF2026%E5%B9%B4%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80"
            "%E5%B7%A5%E4%BD%9C%E5%8F%B0%E8%B4%A6%EF%BC%882026-06-30%EF%BC%89.csv");

  grpc::ClientContext other;
  const auto refused = stub->ExportLedger(&other, Ledger(379999, "2026-06-30"));
  google::api::HttpBody none;
  EXPECT_FALSE(refused->Read(&none));
  EXPECT_EQ(refused->Finish().error_code(), grpc::StatusCode::NOT_FOUND);
}

// Lets nobody in.
class ClosedGate final : public auth::Gate {
 public:
  Result<auth::Admission> Admit(std::string_view, const google::protobuf::Message&) const override {
    return Fail({.code = ErrorCode::kUnauthenticated, .reason = "TOKEN_MISSING"});
  }
};

TEST_F(DocumentsTest, GoesToNobodyWhoDoesNotPassTheGate) {
  const ClosedGate gate;
  rpc::Executor executor({.workers = 2}, gate);
  DocumentsRpc rpc(service_, executor);
  const auto server = *rpc::Server::Start({.listen = "127.0.0.1:0"}, {&rpc});
  const auto stub = v1::Documents::NewStub(rpc::MakeChannel(server->address()));
  const auto code = [](auto stream) {
    google::api::HttpBody piece;
    EXPECT_FALSE(stream->Read(&piece));
    return stream->Finish().error_code();
  };
  grpc::ClientContext ledger, bulletin, own_template;
  for (auto* context : {&ledger, &bulletin, &own_template}) context->set_wait_for_ready(true);
  EXPECT_EQ(code(stub->ExportLedger(&ledger, Ledger(kQinghe, "2026-06-30"))),
            grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(code(stub->ExportBulletin(&bulletin, Bulletin(kQinghe, "2026-06-30"))),
            grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(code(stub->GetBulletinTemplate(&own_template, {})), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(DocumentsTest, TheTemplateOfBulletinsCanBeTakenAndGivenBack) {
  auto document = service_.GetBulletinTemplate();
  ASSERT_TRUE(document);
  const auto again = DocumentsService::BulletinTemplate::Read(*document->content.Read(0, 64 << 20));
  EXPECT_TRUE(again) << again.error().message;
}

}  // namespace
}  // namespace gongkai::reporting
