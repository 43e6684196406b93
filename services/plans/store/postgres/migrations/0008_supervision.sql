-- Supervision: when units are reminded and that they were, orders with their answers, leaders'
-- instructions, comments.

alter type resource_kind add value 'reminder';
alter type resource_kind add value 'supervision_order';
alter type resource_kind add value 'instruction';

create type reminder_channel as enum ('IN_SYSTEM', 'SMS', 'PHONE', 'MESSENGER', 'EMAIL', 'LETTER');
create type supervision_order_state as enum ('ISSUED', 'ANSWERED', 'RETURNED', 'CLOSED',
                                             'CANCELLED');

-- Days after the due date, before it negative; then each `_repeat` days, 0 for never.
create table reminder_rules (
  division int primary key references division,
  claim_days int[] not null,
  claim_repeat int not null,
  filing_days int[] not null,
  filing_repeat int not null,
  submission_days int[] not null,
  submission_repeat int not null,
  update_time timestamptz not null default now(),
  revision int not null default 1
);

-- Nothing here is ever updated. `occurrence` 0 is the assignment itself.
create table reminder (
  division int not null,
  reminder int not null,
  plan int not null,
  task int not null,
  unit int not null,
  role unit_role not null,
  occurrence smallint not null,
  channel reminder_channel not null,
  text text not null,
  author text not null,
  create_time timestamptz not null default now(),
  primary key (division, reminder),
  foreign key (division, plan, task, unit, role) references assignment
);
create index reminder_by_subject on reminder (division, plan, task, unit, role, occurrence);

-- `answer_evidence` is in the form of the contract; the answer is the last one.
create table supervision_order (
  division int not null references division,
  supervision_order int not null,
  number text not null,
  title text not null,
  issuer text not null,
  units int[] not null,
  subjects text[] not null,
  requirement text not null,
  deadline date not null,
  state supervision_order_state not null default 'ISSUED',
  answer_text text not null default '',
  answer_evidence json not null default '[]',
  answer_author text not null default '',
  answer_time timestamptz,
  state_comment text not null default '',
  author text not null,
  create_time timestamptz not null default now(),
  update_time timestamptz not null default now(),
  revision int not null default 1,
  primary key (division, supervision_order)
);

-- One row for each revision of an order. Nothing here is ever updated.
create table supervision_order_step (
  division int not null,
  supervision_order int not null,
  revision int not null,
  action text not null,
  from_state supervision_order_state,
  to_state supervision_order_state not null,
  actor text not null,
  comment text not null,
  answer json,
  from_deadline date,
  to_deadline date,
  change_time timestamptz not null default now(),
  primary key (division, supervision_order, revision),
  foreign key (division, supervision_order) references supervision_order
);

create table instruction (
  division int not null,
  plan int not null,
  task int not null,
  instruction int not null,
  leader_post text not null,
  text text not null,
  instruct_date date not null,
  units int[] not null,
  reply_deadline date,
  reply text not null default '',
  reply_author text not null default '',
  reply_time timestamptz,
  author text not null,
  create_time timestamptz not null default now(),
  revision int not null default 1,
  primary key (division, plan, task, instruction),
  foreign key (division, plan, task) references task
);

-- `subject` is the resource name of the task or of a piece of its work.
create table comment (
  division int not null,
  plan int not null,
  task int not null,
  comment int not null,
  subject text not null,
  reply_to int,
  text text not null,
  author text not null,
  create_time timestamptz not null default now(),
  withdraw_time timestamptz,
  revision int not null default 1,
  primary key (division, plan, task, comment),
  foreign key (division, plan, task) references task
);
