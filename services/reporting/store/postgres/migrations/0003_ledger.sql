-- What a ledger and a bulletin show beside the figures.

alter table task add ordinal text not null default ''; -- as printed in the plan
alter table occurrence
  add period text not null default '', -- 2026, 2026-Q3 …
  add verify_date date;

-- What a unit and a task were called up to the end of the day before known_to, so that a document
-- of an earlier day names them as it did then.
create table former_unit (
  division int,
  unit int,
  known_to date,
  display_name text not null,
  primary key (division, unit, known_to)
);
create table former_task (
  division int,
  plan int,
  task int,
  known_to date,
  ordinal text not null,
  title text not null,
  section text not null,
  primary key (division, plan, task, known_to)
);

-- The feed tells the new columns: every fact counts as older than what it tells next. Its earlier
-- versions stay.
update task set revision = 0;
update occurrence set revision = 0 where known_to = 'infinity';
update projection set resume_token = '';
