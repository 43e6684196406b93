-- The truth: directory, plans, tasks, assignments, occurrences, policy documents, interpretations,
-- and the change feed. Every key of a county's rows starts with the code of its division, so that
-- its rows stay together and one predicate guards them.

create type division_level as enum ('PROVINCE', 'CITY', 'COUNTY');
create type unit_kind as enum ('DEPARTMENT', 'TOWN', 'STREET', 'DEVELOPMENT_ZONE', 'PARTY_ORGAN',
                               'VERTICAL_AGENCY', 'PUBLIC_INSTITUTION', 'ENTERPRISE');
create type unit_state as enum ('ACTIVE', 'PROVISIONAL');
create type unit_role as enum ('LEAD', 'RESPONSIBLE', 'SUPPORTING');
create type plan_state as enum ('DRAFT', 'CONSULTATION', 'ISSUED', 'CLOSED');
create type assignment_state as enum ('ASSIGNED', 'CLAIMED', 'FILED', 'DECLINED', 'CANCELLED');
create type occurrence_state as enum ('OPEN', 'SUBMITTED', 'RETURNED', 'VERIFIED', 'CANCELLED');
create type due_kind as enum ('FIXED', 'RECURRING', 'ONGOING', 'RELATIVE', 'UNSTATED');
create type disclosure as enum ('PROACTIVE', 'ON_REQUEST', 'NON_DISCLOSURE');
create type issuing_level as enum ('GOVERNMENT', 'UNIT');
create type interpretation_form as enum ('TEXT', 'QA', 'CHART', 'VIDEO', 'ANIMATION', 'LIVE',
                                         'PRESS_CONFERENCE', 'EXPERT', 'MEDIA_INTERVIEW',
                                         'ON_SITE');
create type interpreter as enum ('PRINCIPAL_HEAD', 'DEPUTY_HEAD', 'EXPERT_OUTSIDE', 'MEDIA',
                                 'STAFF');
-- The labels are the fields of the feed's oneof `resource`.
create type resource_kind as enum ('division', 'unit', 'plan', 'task', 'assignment', 'occurrence',
                                   'policy_document', 'interpretation');

create table division (
  division int primary key,
  display_name text not null,
  level division_level not null,
  parent_division int references division,
  revision int not null default 1
);

create table unit (
  division int not null references division,
  unit int not null,
  display_name text not null,
  kind unit_kind not null,
  aliases text[] not null default '{}',
  credit_code text not null default '',
  state unit_state not null,
  revision int not null default 1,
  primary key (division, unit),
  unique (division, display_name)
);

create table unit_group (
  division int not null references division,
  unit_group int not null,
  phrase text not null,
  kinds unit_kind[] not null,
  units int[] not null,
  primary key (division, unit_group),
  unique (division, phrase)
);

create table plan (
  division int not null references division,
  plan int not null,
  title text not null,
  document_number text not null,
  year int not null,
  issue_date date,
  claim_deadline date,
  filing_deadline date,
  state plan_state not null default 'DRAFT',
  task_count int not null,
  issues json not null,
  create_time timestamptz not null default now(),
  update_time timestamptz not null default now(),
  revision int not null default 1,
  primary key (division, plan)
);

-- The document as received.
create table plan_source (
  division int not null,
  plan int not null,
  content_type text not null,
  content bytea not null,
  sha256 bytea not null,
  primary key (division, plan),
  foreign key (division, plan) references plan
);

create table task (
  division int not null,
  plan int not null,
  task int not null,
  content json not null,
  revision int not null default 1,
  primary key (division, plan, task),
  foreign key (division, plan) references plan
);

create table assignment (
  division int not null,
  plan int not null,
  task int not null,
  unit int not null,
  role unit_role not null,
  source_text text not null,
  state assignment_state not null default 'ASSIGNED',
  measures text not null default '',
  section text not null default '',
  person text not null default '',
  contact text not null default '',
  claim_time timestamptz,
  file_time timestamptz,
  revision int not null default 1,
  primary key (division, plan, task, unit, role),
  foreign key (division, plan, task) references task,
  foreign key (division, unit) references unit
);
create index assignment_by_unit on assignment (division, unit, plan, task, role);

create table occurrence (
  division int not null,
  plan int not null,
  task int not null,
  unit int not null,
  role unit_role not null,
  occurrence smallint not null,
  period text not null,
  due_date date not null,
  due_kind due_kind not null,
  due_assumed boolean not null,
  state occurrence_state not null default 'OPEN',
  report_count int not null default 0,
  evidence_count int not null default 0,
  submit_time timestamptz,
  verify_time timestamptz,
  review_comment text not null default '',
  revision int not null default 1,
  primary key (division, plan, task, unit, role, occurrence),
  foreign key (division, plan, task, unit, role) references assignment
);
create index occurrence_by_unit on occurrence (division, unit, plan, task, role, occurrence);

create table progress_report (
  division int not null,
  plan int not null,
  task int not null,
  unit int not null,
  role unit_role not null,
  occurrence smallint not null,
  report int not null,
  text text not null,
  evidence json not null,
  author text not null,
  create_time timestamptz not null default now(),
  primary key (division, plan, task, unit, role, occurrence, report),
  foreign key (division, plan, task, unit, role, occurrence) references occurrence
);

-- Who changed which state, when and why. Nothing here is ever updated. `occurrence` 0 is the
-- assignment itself.
create table transition (
  division int not null,
  plan int not null,
  task int not null,
  unit int not null,
  role unit_role not null,
  occurrence smallint not null,
  revision int not null,
  action text not null,
  to_state text not null,
  actor text not null,
  comment text not null default '',
  change_time timestamptz not null default now(),
  primary key (division, plan, task, unit, role, occurrence, revision)
);

create table policy_document (
  division int not null,
  policy_document int not null,
  title text not null,
  document_number text not null,
  unit int not null,
  issuing_level issuing_level not null,
  publish_date date not null,
  disclosure disclosure not null,
  disclosure_reason text not null,
  must_interpret boolean not null,
  create_time timestamptz not null default now(),
  revision int not null default 1,
  primary key (division, policy_document),
  foreign key (division, unit) references unit
);

create table interpretation (
  division int not null,
  interpretation int not null,
  title text not null,
  unit int not null,
  form interpretation_form not null,
  interpreter interpreter not null,
  policy_documents int[] not null,
  publish_date date not null,
  url text not null,
  create_time timestamptz not null default now(),
  revision int not null default 1,
  primary key (division, interpretation),
  unique (division, url),
  foreign key (division, unit) references unit
);

-- Answers to requests that carried a request_id, so that the same request again gets the first
-- answer. Written in the transaction of the change itself.
create table answered_request (
  division int not null,
  request_id text not null,
  method text not null,
  answer json not null,
  create_time timestamptz not null default now(),
  primary key (division, request_id)
);

-- The feed. Sequence numbers become visible out of order; a reader takes only rows whose
-- transaction is older than every transaction still running, in the order of (txid, seq).
create table change (
  txid xid8 not null default pg_current_xact_id(),
  seq bigint generated always as identity,
  division int not null,
  kind resource_kind not null,
  resource json not null,
  actor text not null,
  change_time timestamptz not null default now(),
  primary key (txid, seq)
);
