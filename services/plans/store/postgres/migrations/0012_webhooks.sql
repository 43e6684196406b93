-- Webhooks: who is sent which changes of the feed, and what is on its way.

create type webhook_state as enum ('ACTIVE', 'DELETED');
create type webhook_digest as enum ('SHA256', 'SM3');
create type webhook_delivery_state as enum ('WAITING', 'GIVEN_UP');

-- No secret stands here: it is made of the operator's key, the webhook's name and the version.
-- Events are those of transactions that began behind `begin_txid`.
create table webhook (
  division int not null references division,
  webhook int not null,
  display_name text not null,
  url text not null,
  kinds text[] not null,
  digest webhook_digest not null,
  secret_version int not null default 1,
  begin_txid xid8 not null default pg_current_xact_id(),
  state webhook_state not null default 'ACTIVE',
  create_time timestamptz not null default now(),
  revision int not null default 1,
  primary key (division, webhook)
);

-- One event for one webhook, by its place in the feed. A row goes when it was received.
create table webhook_delivery (
  division int not null,
  webhook int not null,
  txid xid8 not null,
  seq bigint not null,
  kind text not null,
  subject text not null,
  body text not null,
  state webhook_delivery_state not null default 'WAITING',
  attempt_count int not null default 0,
  last_outcome text not null default '',
  create_time timestamptz not null default now(),
  next_attempt_time timestamptz not null default now(),
  wait_since timestamptz not null default now(), -- it is given up so long after this
  primary key (division, webhook, txid, seq),
  foreign key (division, webhook) references webhook
);
create index webhook_delivery_by_subject on webhook_delivery (division, webhook, subject, txid, seq)
  where state = 'WAITING';

-- Up to where the feed has been turned into deliveries.
create table webhook_position (
  only_row boolean primary key default true check (only_row),
  txid xid8 not null default '0',
  seq bigint not null default 0
);
insert into webhook_position default values;
