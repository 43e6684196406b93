-- Where the feed begins: every change up to and with this one was deleted for its age.
create table feed_floor (
  only_row boolean primary key default true check (only_row),
  txid xid8 not null default '0',
  seq bigint not null default 0
);
insert into feed_floor default values;

-- Answers are deleted by age.
create index answered_request_by_time on answered_request (create_time);
