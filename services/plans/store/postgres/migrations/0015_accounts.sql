-- Local accounts, where no other system signs people in.

-- `grants` are as tokens have them.
create table account (
  account text primary key,
  display_name text not null,
  password_hash text not null,
  grants jsonb not null,
  create_time timestamptz not null default now(),
  update_time timestamptz not null default now(),
  revision int not null default 1
);

-- By the name that was given, whether there is such an account or not. Gone after a success, and a
-- day after the last attempt.
create table sign_in_attempt (
  account text primary key,
  failures int not null,
  last_time timestamptz not null default now()
);

create table account_session (
  session text primary key,
  account text not null references account on delete cascade,
  address text not null,
  create_time timestamptz not null default now(),
  expire_time timestamptz not null,
  end_time timestamptz
);
create index account_session_by_account on account_session (account);
create index account_session_ended on account_session (expire_time) where end_time is not null;
