-- The life of a plan after its first import: what each revision changed, every document that it was
-- read from, drafts that were taken back, the order of its tasks, and amendments after issue.

create type task_state as enum ('ACTIVE', 'CANCELLED', 'DELETED');
create type amendment_state as enum ('PROPOSED', 'APPROVED', 'APPLIED', 'WITHDRAWN');

alter table plan add column delete_time timestamptz;

-- Tasks are listed by position; there are gaps, so that a task can be put between two others
-- without touching them.
alter table task
  add column position int not null default 0,
  add column state task_state not null default 'ACTIVE',
  add column state_reason text not null default '';
update task set position = task * 1024;

-- One row for each revision of a plan: who changed what, when and why. Nothing here is ever
-- updated. `diff` is what changed in its tasks, in the form of the contract.
create table plan_revision (
  division int not null,
  plan int not null,
  revision int not null,
  action text not null,
  state plan_state not null,
  actor text not null,
  comment text not null default '',
  field_changes json not null default '[]',
  diff json,
  create_time timestamptz not null default now(),
  primary key (division, plan, revision),
  foreign key (division, plan) references plan
);

-- Every document stays, under the revision that it brought.
alter table plan_source add column revision int not null default 1;
alter table plan_source drop constraint plan_source_pkey;
alter table plan_source add primary key (division, plan, revision);

create table amendment (
  division int not null,
  plan int not null,
  amendment int not null,
  state amendment_state not null default 'PROPOSED',
  reason text not null,
  diff json not null,
  content_type text not null,
  content bytea not null,
  proposer text not null,
  approver text not null default '',
  document_number text not null default '',
  approval_date date,
  plan_revision int,
  create_time timestamptz not null default now(),
  update_time timestamptz not null default now(),
  revision int not null default 1,
  primary key (division, plan, amendment),
  foreign key (division, plan) references plan
);
