-- What people decide about scoring. Nothing of it comes from the feed: a rebuild of the projection
-- must leave these tables alone.

create table scoring_scheme (
  division int,
  year int,
  last_version int not null default 0,
  last_mark int not null default 0,
  primary key (division, year)
);

create table scoring_version (
  division int,
  year int,
  version int,
  content json not null, -- gongkai.reporting.v1.SchemeVersion, as it was given
  create_time timestamptz not null default now(),
  creator text not null,
  request_id text, -- null: none
  publish_time timestamptz,
  publisher text not null default '',
  publish_request_id text,
  primary key (division, year, version),
  unique (division, year, request_id),
  foreign key (division, year) references scoring_scheme
);

-- Rows are added and never changed: the latest of a subject and indicator counts.
create table scoring_mark (
  division int,
  year int,
  number int,
  subject_division int not null,
  subject_unit int not null, -- 0: the division itself
  indicator text not null,
  points bigint not null, -- hundredths
  reason text not null,
  create_time timestamptz not null default now(),
  creator text not null,
  request_id text,
  primary key (division, year, number),
  unique (division, year, request_id),
  foreign key (division, year) references scoring_scheme
);
