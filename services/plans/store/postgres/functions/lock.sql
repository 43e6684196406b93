-- Writers of one thing take this before their transaction gets its number, so that the feed's
-- order is the order in which that thing changed.
create or replace function lock_aggregate(division int, aggregate int) returns void
language sql volatile as $$ select pg_advisory_xact_lock(division, aggregate) $$;
