-- Figures come from cells, and facts keep their earlier versions. Nothing of the old tables says
-- when it became known: the projection begins anew, with a snapshot of the feed.

drop table division, unit, plan, task, assignment, occurrence, policy_document, interpretation,
  interpretation_link, assignment_bucket, completion_bucket, task_progress, workload_bucket,
  head_bucket, document_bucket;

update projection set resume_token = '', current_as_of = null, applied_changes = 0;
alter table projection
  add known_since date, -- the first day whose end is known
  add known_day date; -- the day that is told of now; earlier ones are closed

-- A row of a fact holds from the end of the day known_from to the end of the day before known_to;
-- infinity: it holds now. Days are days in Asia/Shanghai.

create table division (
  division int,
  display_name text not null,
  level smallint not null,
  parent int,
  revision int not null,
  known_from date,
  known_to date not null default 'infinity',
  primary key (division, known_from)
);
create index division_by_parent on division (parent);

create table unit (
  division int,
  unit int,
  display_name text not null,
  kind smallint not null,
  revision int not null,
  known_from date not null, -- in any version
  primary key (division, unit)
);

create table plan (
  division int,
  plan int,
  title text not null,
  year int not null,
  state smallint not null,
  issue_date date,
  claim_deadline date,
  filing_deadline date,
  revision int not null,
  known_from date,
  known_to date not null default 'infinity',
  primary key (division, plan, known_from)
);
create index plan_by_year on plan (division, year);

create table task (
  division int,
  plan int,
  task int,
  title text not null,
  section text not null, -- empty: none
  revision int not null,
  known_from date not null, -- in any version
  primary key (division, plan, task)
);

create table assignment (
  division int,
  plan int,
  task int,
  unit int,
  role smallint,
  state smallint not null,
  claim_date date,
  file_date date,
  revision int not null,
  known_from date,
  known_to date not null default 'infinity',
  primary key (division, plan, task, unit, role, known_from)
);

create table occurrence (
  division int,
  plan int,
  task int,
  unit int,
  role smallint,
  occurrence int,
  due_date date, -- null: hangs on an event that has not happened
  ongoing boolean not null,
  state smallint not null,
  evidence_count int not null,
  submit_date date,
  revision int not null,
  known_from date,
  known_to date not null default 'infinity',
  primary key (division, plan, task, unit, role, occurrence, known_from)
);

create table policy_document (
  division int,
  document int,
  title text not null,
  unit int not null,
  year int not null, -- of publication
  issuing_level smallint not null,
  must_interpret boolean not null,
  forms int not null, -- bit n: interpreted in the form with number n
  revision int not null,
  known_from date,
  known_to date not null default 'infinity',
  primary key (division, document, known_from)
);
create index policy_document_by_year on policy_document (division, year);

create table interpretation (
  division int,
  interpretation int,
  unit int not null,
  year int not null, -- of publication
  form smallint not null,
  head_acts int not null, -- 1 for an act of the unit's principal head
  revision int not null,
  known_from date,
  known_to date not null default 'infinity',
  primary key (division, interpretation, known_from)
);

-- The links that hold now.
create table interpretation_link (
  division int,
  document int,
  interpretation int,
  form smallint not null,
  primary key (division, document, interpretation)
);
create index interpretation_link_by_interpretation
  on interpretation_link (division, interpretation);

-- All sums of a subject at the end of a day (domain/cell.h). The latest row holds now; the latest
-- one up to a day is what was known at its end. Only the row of the day that is told of now is ever
-- rewritten.
create table cell (
  division int,
  topic smallint, -- 1: the work of a plan; 2: the policies of a year
  number int, -- of the plan, or the year
  unit int, -- 0: all units together
  known_day date,
  data bytea not null,
  primary key (division, topic, number, unit, known_day)
);
-- A cell is read whole and has nothing to compress: it stays in its row.
alter table cell alter data set storage main;
alter table cell set (toast_tuple_target = 8160, fillfactor = 80);
