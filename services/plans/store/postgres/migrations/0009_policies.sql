-- Policy documents with their stages and interpretations that can be corrected.

create type policy_stage_kind as enum ('DRAFTED', 'SUBMITTED', 'APPROVED', 'PUBLISHED');

-- `number_key`: the document number as numbers are compared. `update_time` is null until the first
-- change.
alter table policy_document
  add column issuer text not null default '',
  add column normative boolean not null default false,
  add column concerns_public boolean not null default false,
  add column must_interpret_by_rule boolean not null default false,
  add column must_interpret_reason text not null default '',
  add column interpretation_plan json,
  add column interpretation_material json,
  add column number_key text generated always as (
    translate(regexp_replace(document_number, '\s|　', '', 'g'), '[]［］【】()（）',
              '〔〕〔〕〔〕〔〕〔〕')) stored,
  add column update_time timestamptz,
  add column delete_time timestamptz;
create index policy_document_by_number on policy_document (division, number_key)
  where number_key <> '';

-- `stage_date` is null for PUBLISHED: that is the document's day of publication.
create table policy_stage (
  division int not null,
  policy_document int not null,
  stage policy_stage_kind not null,
  stage_date date,
  with_plan boolean not null,
  with_material boolean not null,
  comment text not null,
  recorder text not null,
  record_time timestamptz not null default now(),
  primary key (division, policy_document, stage),
  check ((stage = 'PUBLISHED') = (stage_date is null)),
  foreign key (division, policy_document) references policy_document
);

-- `address_keys`: the address and those of its reposts as addresses are compared. Of the acts that
-- are not deleted no two share one; writers check that under the lock of the division's policies.
alter table interpretation
  add column repost_urls text[] not null default '{}',
  add column pre_publication boolean not null default false,
  add column interpreter_post text not null default '',
  add column address_keys text[] not null default '{}',
  add column update_time timestamptz,
  add column delete_time timestamptz;
alter table interpretation drop constraint interpretation_division_url_key;
update interpretation
set address_keys = array[
  regexp_replace(
    regexp_replace(lower(substring(url from '^[a-zA-Z]+://[^/?#]*')),
                   '^(http://.*):80$|^(https://.*):443$', '\1\2')
    || regexp_replace(regexp_replace(url, '^[a-zA-Z]+://[^/?#]*', ''), '#.*$', ''),
    '^([^?]*)/(\?|$)', '\1\2')];
create index interpretation_by_address on interpretation using gin (address_keys);
create index interpretation_by_document on interpretation using gin (policy_documents);

-- Other acts that plans ask for in numbers.
create type activity_kind as enum ('POLICY_EVALUATION', 'OPEN_DAY', 'PUBLIC_ATTENDANCE', 'TRAINING',
                                   'LEADING_GROUP_MEETING', 'HEAD_BRIEFING');
alter type resource_kind add value 'activity';

create table activity (
  division int not null references division,
  activity int not null,
  kind activity_kind not null,
  units int[] not null,
  activity_date date not null,
  title text not null,
  participant_count int not null,
  evidence json not null,
  create_time timestamptz not null default now(),
  update_time timestamptz not null default now(),
  delete_time timestamptz,
  revision int not null default 1,
  primary key (division, activity)
);

-- What the office says that a clause counts; `source` is null where it took that back. A clause is
-- known by its words, since the number of a target changes with the task.
create type counted_source as enum ('INTERPRETATIONS', 'ACTIVITIES', 'OCCURRENCES',
                                    'INTERPRETATION_RATE', 'FORM_RATE', 'FORMS_PER_DOCUMENT',
                                    'NOT_COUNTED');
create table target_binding (
  division int not null,
  plan int not null,
  task int not null,
  clause text not null,
  source counted_source,
  forms interpretation_form[] not null,
  interpreter interpreter,
  activity_kind activity_kind,
  reason text not null,
  actor text not null,
  bind_time timestamptz not null default now(),
  revision int not null default 1,
  primary key (division, plan, task, clause),
  foreign key (division, plan, task) references task
);
