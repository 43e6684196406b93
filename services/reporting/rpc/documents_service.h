// The Documents service without gRPC: requests in, finished documents or errors out.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "gongkai/reporting/v1/documents.pb.h"
#include "services/common/status/error.h"
#include "services/reporting/documents/bulletin_values.h"
#include "services/reporting/documents/docx_template.h"
#include "services/reporting/documents/temporary_file.h"
#include "services/reporting/store/figure_store.h"
#include "services/reporting/store/ledger_store.h"

namespace gongkai::reporting {

struct Document {
  std::string content_type;
  std::string file_name;
  TemporaryFile content;
};

// Thread-safe. Each function answers the RPC of its name; see documents.proto.
class DocumentsService {
 public:
  using Clock = std::function<std::chrono::system_clock::time_point()>;
  // Whether nobody waits for the document any more. CANCELLED is then the answer.
  using Cancelled = std::function<bool()>;

  struct BulletinTemplate {
    std::string bytes;
    DocxTemplate parsed;

    // Of a .docx; empty bytes stand for the one that the program brings along. Errors of
    // DocxTemplate::Read.
    static Result<BulletinTemplate> Read(std::string bytes);
  };

  // The stores must outlive the service; `now` decides what today is and is called from any thread.
  DocumentsService(FigureStore& figures, LedgerStore& ledgers, const Rules& rules,
                   BulletinTemplate bulletin_template, Clock now);

  Result<Document> ExportLedger(const v1::ExportLedgerRequest& request, const Cancelled& cancelled);
  Result<Document> ExportBulletin(const v1::ExportBulletinRequest& request,
                                  const Cancelled& cancelled);
  Result<Document> GetBulletinTemplate();

 private:
  // What a document is of.
  struct Scope {
    DivisionSummary division;
    LedgerQuery query;
  };

  template <typename Request>
  Result<Scope> ReadScope(const Request& request);
  Result<void> ReadFigures(const LedgerQuery& query, Bulletin& bulletin);
  Result<void> ReadOverdue(LedgerQuery query, const Cancelled& cancelled, Bulletin& bulletin);

  FigureStore& figures_;
  LedgerStore& ledgers_;
  const Rules rules_;
  const BulletinTemplate template_;
  const Clock now_;
};

}  // namespace gongkai::reporting
