-- Facts of the change feed as last seen, and the buckets that figures are summed from. Every key
-- starts with the division. In buckets, unit 0 stands for all units together.

create table projection (
  only_row boolean primary key default true check (only_row),
  resume_token text not null,
  current_as_of timestamptz,
  applied_changes bigint not null
);
insert into projection (resume_token, applied_changes) values ('', 0);

create table division (
  division int primary key,
  display_name text not null,
  level smallint not null,
  parent int,
  revision int not null
);
create index division_by_parent on division (parent);

create table unit (
  division int,
  unit int,
  display_name text not null,
  revision int not null,
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
  primary key (division, plan)
);
create index plan_by_year on plan (division, year);

create table task (
  division int,
  plan int,
  task int,
  title text not null,
  revision int not null,
  primary key (division, plan, task)
);

-- The columns after the key and before the revision are the row's contribution to its buckets.

create table assignment (
  division int,
  plan int,
  task int,
  unit int,
  role smallint,
  claim_date date not null, -- infinity: not yet
  file_date date not null,
  claimable int not null,
  claimed int not null,
  filed int not null,
  revision int not null,
  primary key (division, plan, task, unit, role)
);

create table occurrence (
  division int,
  plan int,
  task int,
  unit int,
  role smallint,
  occurrence int,
  due_date date not null, -- infinity: hangs on an event that has not happened
  ongoing boolean not null,
  active int not null,
  self_reported int not null,
  with_evidence int not null,
  verified int not null,
  verified_in_time int not null,
  self_reported_late int not null,
  revision int not null,
  primary key (division, plan, task, unit, role, occurrence)
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
  primary key (division, document)
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
  primary key (division, interpretation)
);

create table interpretation_link (
  division int,
  document int,
  interpretation int,
  form smallint not null,
  primary key (division, document, interpretation)
);
create index interpretation_link_by_interpretation
  on interpretation_link (division, interpretation);

create table assignment_bucket (
  division int,
  plan int,
  unit int,
  claim_date date,
  file_date date,
  claimable int not null,
  claimed int not null,
  filed int not null,
  primary key (division, plan, unit, claim_date, file_date)
);

create table completion_bucket (
  division int,
  plan int,
  unit int,
  role smallint,
  due_date date,
  ongoing boolean,
  active int not null,
  self_reported int not null,
  with_evidence int not null,
  verified int not null,
  verified_in_time int not null,
  self_reported_late int not null,
  primary key (division, plan, unit, role, due_date, ongoing)
);

-- How far each task is: its occurrences but supporting and ONGOING ones.
create table task_progress (
  division int,
  plan int,
  task int,
  unit int,
  active int not null,
  verified int not null,
  primary key (division, plan, task, unit)
);

-- What a unit has of a plan: claimable assignments, and tasks by their progress.
create table workload_bucket (
  division int,
  plan int,
  unit int,
  assignments int not null,
  tasks int not null,
  completed_tasks int not null,
  primary key (division, plan, unit)
);

create table head_bucket (
  division int,
  unit int,
  year int,
  acts int not null,
  primary key (division, unit, year)
);

create table document_bucket (
  division int,
  unit int,
  year int,
  issuing_level smallint,
  must_interpret boolean,
  forms int,
  documents int not null,
  primary key (division, unit, year, issuing_level, must_interpret, forms)
);
