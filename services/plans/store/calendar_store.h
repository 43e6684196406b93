// The calendars of working days, one for each year.
#pragma once

#include <vector>

#include "services/plans/domain/working_days.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// Thread-safe.
class CalendarStore {
 public:
  virtual ~CalendarStore() = default;

  // Adds the years that are not there yet and leaves the others as they are; how many were added.
  virtual Result<int> SeedCalendars(const std::vector<CalendarYear>& years) = 0;
  // Adds the year or takes the place of what was there.
  virtual Result<Document> LoadCalendar(const WriteContext& context, ExpectedRevision expected,
                                        const CalendarYear& year) = 0;
  virtual Result<Document> GetCalendar(int year) = 0;
  // By year.
  virtual Result<std::vector<Document>> ListCalendars() = 0;
  // Of every year that is there.
  virtual Result<WorkingDays> LoadWorkingDays() = 0;
};

}  // namespace gongkai::plans
