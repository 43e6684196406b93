-- Evidence: files with their content, and what is used where. Contacts of persons, encrypted.

-- The same bytes are stored once for a division.
create table evidence_content (
  division int not null references division,
  sha256 bytea not null,
  content_type text not null,
  size_bytes int not null,
  primary key (division, sha256)
);

-- Pieces of 1 MiB, from 0; the last one is shorter.
create table evidence_chunk (
  division int not null,
  sha256 bytea not null,
  chunk int not null,
  data bytea not null,
  primary key (division, sha256, chunk),
  foreign key (division, sha256) references evidence_content on delete cascade
);
-- Most of it is compressed already.
alter table evidence_chunk alter column data set storage external;

create table evidence_file (
  division int not null,
  unit int not null,
  evidence_file int not null,
  file_name text not null,
  sha256 bytea not null,
  content_type text not null,
  size_bytes int not null,
  author text not null,
  used boolean not null default false,
  create_time timestamptz not null default now(),
  primary key (division, unit, evidence_file),
  foreign key (division, unit) references unit,
  foreign key (division, sha256) references evidence_content
);
create index evidence_file_by_content on evidence_file (division, sha256);
create index evidence_file_unused on evidence_file (create_time) where not used;

create type evidence_form as enum ('URL', 'DOCUMENT_NUMBER', 'FILE');

-- Each piece of evidence of each report, by what it is: `digest` is that of a file's content, of an
-- address or of a document number in the one form that all ways to write it have in common.
create table evidence_use (
  division int not null,
  form evidence_form not null,
  digest bytea not null,
  plan int not null,
  task int not null,
  unit int not null,
  role unit_role not null,
  occurrence smallint not null,
  report int not null,
  piece int not null, -- within the report, from 1
  evidence_file int,
  primary key (division, plan, task, unit, role, occurrence, report, piece),
  foreign key (division, plan, task, unit, role, occurrence, report) references progress_report,
  foreign key (division, unit, evidence_file) references evidence_file
);
create index evidence_use_by_digest on evidence_use (division, digest, form);

-- `contact_sealed` is encrypted with the key `contact_key`, bound to the row's resource name. What
-- stands in `contact` is from before, in clear, until `rotate-contact-keys` has run.
alter table assignment
  add column contact_masked text not null default '',
  add column contact_key text not null default '',
  add column contact_sealed bytea not null default '';
create index assignment_with_clear_contact on assignment (division) where contact <> '';

-- Who saw whose contact, and why. Nothing here is ever updated.
create table contact_reveal (
  division int not null,
  plan int not null,
  task int not null,
  unit int not null,
  role unit_role not null,
  contact_reveal int not null,
  assignment_revision int not null,
  reason text not null,
  revealer text not null,
  reveal_time timestamptz not null default now(),
  primary key (division, plan, task, unit, role, contact_reveal),
  foreign key (division, plan, task, unit, role) references assignment
);
