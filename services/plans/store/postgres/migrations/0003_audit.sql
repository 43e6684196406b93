-- The audit trail: every change of every fact, whoever made it and by whatever way, and seals that
-- chain the entries by hash.

create type audit_action as enum ('CREATE', 'UPDATE', 'DELETE');

-- In the order of (txid, seq), as the change feed.
create table audit_entry (
  txid xid8 not null default pg_current_xact_id(),
  seq bigint generated always as identity,
  entry_time timestamptz not null default now(),
  division int not null, -- 0 for what belongs to no division
  resource text not null,
  action audit_action not null,
  actor text not null,
  address text not null,
  trace_id text not null,
  method text not null, -- empty for a change that no service made
  before jsonb,
  after jsonb,
  primary key (txid, seq)
);
create index audit_entry_by_resource on audit_entry (division, resource, txid, seq);

-- `digest` covers the seal before and every entry behind its end, up to (last_txid, last_seq).
create table audit_seal (
  seal bigint primary key,
  last_txid xid8 not null,
  last_seq bigint not null,
  entries int not null,
  algorithm text not null,
  digest bytea not null,
  seal_time timestamptz not null default now()
);
