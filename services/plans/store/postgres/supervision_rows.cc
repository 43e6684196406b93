#include "services/plans/store/postgres/supervision_rows.h"

#include "services/plans/store/postgres/access.h"

namespace gongkai::plans {
namespace {

constexpr postgres::Statement kMissing{"missing_of",
                                       "select missing_of($1, $2::int[], $3::text[])"};

}  // namespace

Result<void> CheckExist(postgres::Session& session, DivisionCode division,
                        const std::vector<int>& units, const std::vector<std::string>& subjects) {
  const auto missing =
      session.Execute(kMissing, division.value, NumbersLiteral(units), ArrayLiteral(subjects));
  if (missing[0][0].is_null()) return {};
  return Fail(NotFound(missing[0][0].c_str()));
}

}  // namespace gongkai::plans
