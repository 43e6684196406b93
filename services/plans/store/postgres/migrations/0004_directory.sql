-- What is due when, for one county or for all below a city. The state is left out on purpose: an
-- index on it would have to follow each submission, and a day's rows of a county are few.
-- A unit's assignments are found by assignment_by_unit.
create index occurrence_by_due_date on occurrence
  (division, due_date, plan, task, unit, role, occurrence);
