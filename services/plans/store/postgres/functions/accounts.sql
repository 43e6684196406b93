-- Accounts and sessions in the audit trail.

create or replace function resource_name(a account) returns text language sql immutable as $$
  select 'accounts/' || a.account
$$;
create or replace function resource_name(s account_session) returns text
language sql immutable as $$
  select 'accounts/' || s.account || '/sessions/' || left(s.session, 8)
$$;

-- That a password has changed is told by its hash's hash, which is of no use for finding it.
create or replace function audited(a account) returns jsonb language sql stable as $$
  select to_jsonb(a) - 'password_hash'
         || jsonb_build_object('password_sha256', encode(sha256(a.password_hash::bytea), 'hex'))
$$;
create or replace function audited(s account_session) returns jsonb language sql stable as $$
  select to_jsonb(s) - 'session'
$$;
