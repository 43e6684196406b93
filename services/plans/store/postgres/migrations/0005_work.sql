-- The year's work, complete: working days, decisions, moved deadlines, events.

create type due_date_origin as enum ('EXTENSION', 'RESET');
create type extension_state as enum ('REQUESTED', 'APPROVED', 'REJECTED');
create type task_event_state as enum ('RECORDED', 'CANCELLED');

create table calendar (
  year int primary key,
  notices text[] not null,
  days_off date[] not null,
  make_up_days date[] not null,
  update_time timestamptz not null default now(),
  revision int not null default 1
);

-- `state_comment`: why it was declined, upheld, cancelled. `reassigned_from`: the unit that had it
-- before.
alter table assignment
  add column state_comment text not null default '',
  add column reassigned_from int;

create table task_event (
  division int not null,
  plan int not null,
  task int not null,
  task_event int not null,
  event_date date not null,
  description text not null,
  rule smallint not null,
  working_days int not null,
  due_date date not null,
  state task_event_state not null default 'RECORDED',
  reason text not null default '',
  create_time timestamptz not null default now(),
  revision int not null default 1,
  primary key (division, plan, task, task_event),
  foreign key (division, plan, task) references task
);

-- `original_due_date`: the first of all, once it has moved.
alter table occurrence
  add column original_due_date date,
  add column task_event int;

alter table transition
  add column from_due_date date,
  add column to_due_date date;

create table due_date_change (
  division int not null,
  plan int not null,
  task int not null,
  unit int not null,
  role unit_role not null,
  occurrence smallint not null,
  due_date_change int not null,
  origin due_date_origin not null,
  state extension_state not null,
  from_due_date date not null,
  to_due_date date not null,
  reason text not null,
  requester text not null,
  create_time timestamptz not null default now(),
  decider text not null default '',
  decision_comment text not null default '',
  decide_time timestamptz,
  revision int not null default 1,
  primary key (division, plan, task, unit, role, occurrence, due_date_change),
  foreign key (division, plan, task, unit, role, occurrence) references occurrence
);
