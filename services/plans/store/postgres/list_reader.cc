#include "services/plans/store/postgres/list_reader.h"

#include "services/plans/list/page_token.h"

namespace gongkai::plans {
namespace {

std::string TokenAfter(const pqxx::row& last, const list::ListStatement& statement) {
  std::vector<std::string> keys;
  for (std::size_t i = 1; i <= statement.key_count; ++i) {
    keys.emplace_back(last[static_cast<int>(i)].c_str());
  }
  return list::FormatPageToken(statement.fingerprint, keys);
}

}  // namespace

Result<Page> ReadPage(postgres::Session& session, const list::Source& source,
                      const list::Scope& scope, const ListQuery& query) {
  const auto statement = list::MakeListStatement(source, scope, query);
  if (!statement) return Fail(statement.error());
  try {
    const auto rows = session.ExecuteText(statement->sql, statement->parameters);
    Page page;
    const int count = std::min<int>(rows.size(), query.limit);
    page.documents.reserve(count);
    for (int i = 0; i < count; ++i) page.documents.emplace_back(rows[i][0].c_str());
    if (static_cast<int>(rows.size()) > query.limit) {
      page.next_page_token = TokenAfter(rows[count - 1], *statement);
    }
    return page;
  } catch (const pqxx::data_exception&) {
    // Every value of the filter was checked: only a token that somebody made up gets here.
    return Fail(list::InvalidPageToken());
  }
}

}  // namespace gongkai::plans
