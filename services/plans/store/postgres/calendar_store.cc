#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

// What holds everywhere stands under division 0.
constexpr DivisionCode kEverywhere{0};

constexpr Statement kSeedCalendar{"seed_calendar", R"sql(
  insert into calendar (year, notices, days_off, make_up_days)
  values ($1, $2, $3::text[]::date[], $4::text[]::date[]) on conflict (year) do nothing
  returning year
)sql"};

constexpr Statement kLockCalendar{"lock_calendar", "select lock_aggregate(0, $1)"};

constexpr Statement kCalendarRevision{"calendar_revision",
                                      "select revision from calendar where year = $1"};

constexpr Statement kPutCalendar{"put_calendar", R"sql(
  insert into calendar as c (year, notices, days_off, make_up_days)
  values ($1, $2, $3::text[]::date[], $4::text[]::date[])
  on conflict (year) do update
    set notices = excluded.notices, days_off = excluded.days_off,
        make_up_days = excluded.make_up_days, update_time = now(), revision = c.revision + 1
  returning resource(c)
)sql"};

constexpr Statement kGetCalendar{"get_calendar",
                                 "select resource(c) from calendar c where year = $1"};

constexpr Statement kListCalendars{"list_calendars",
                                   "select resource(c) from calendar c order by year"};

constexpr Statement kAllCalendars{"all_calendars", R"sql(
  select year, array_to_string(days_off, ' '), array_to_string(make_up_days, ' ') from calendar
)sql"};

std::string DatesLiteral(const std::vector<CivilDate>& dates) {
  std::vector<std::string> texts;
  for (const auto& date : dates) texts.push_back(FormatDate(date));
  return ArrayLiteral(texts);
}

pqxx::result Execute(Session& session, const Statement& statement, const CalendarYear& year) {
  return session.Execute(statement, year.year, ArrayLiteral(year.notices),
                         DatesLiteral(year.days_off), DatesLiteral(year.make_up_days));
}

std::string CalendarName(int year) { return "calendars/" + std::to_string(year); }

class PostgresCalendarStore : public CalendarStore {
 public:
  explicit PostgresCalendarStore(Access& access) : access_(access) {}

  Result<int> SeedCalendars(const std::vector<CalendarYear>& years) override {
    return access_.database().Write([&](Session& session) -> Result<int> {
      int added = 0;
      for (const auto& year : years) added += !Execute(session, kSeedCalendar, year).empty();
      return added;
    });
  }

  Result<Document> LoadCalendar(const WriteContext& context, ExpectedRevision expected,
                                const CalendarYear& year) override {
    return access_.Write(context, kEverywhere, [&](Session& session) -> Result<Document> {
      session.Execute(kLockCalendar, year.year);
      const auto rows = session.Execute(kCalendarRevision, year.year);
      const auto name = CalendarName(year.year);
      if (expected && rows.empty()) return Fail(NotFound(name));
      if (expected && *expected != rows[0][0].as<int>()) {
        return Fail(RevisionMismatch(name, rows[0][0].as<int>()));
      }
      return OneDocument(Execute(session, kPutCalendar, year), name);
    });
  }

  Result<Document> GetCalendar(int year) override {
    return access_.Read([&](Session& session) {
      return OneDocument(session.Execute(kGetCalendar, year), CalendarName(year));
    });
  }

  Result<std::vector<Document>> ListCalendars() override {
    return access_.Read([&](Session& session) -> Result<std::vector<Document>> {
      return AllDocuments(session.Execute(kListCalendars));
    });
  }

  Result<WorkingDays> LoadWorkingDays() override {
    return access_.Read([&](Session& session) -> Result<WorkingDays> {
      std::vector<CalendarYear> years;
      for (const auto& row : session.Execute(kAllCalendars)) {
        years.push_back({.year = row[0].as<int>(),
                         .days_off = ParseDates(row[1].c_str()),
                         .make_up_days = ParseDates(row[2].c_str())});
      }
      return WorkingDays(years);
    });
  }

 private:
  Access& access_;
};

}  // namespace

std::unique_ptr<CalendarStore> MakeCalendarStore(Access& access) {
  return std::make_unique<PostgresCalendarStore>(access);
}

}  // namespace gongkai::plans
