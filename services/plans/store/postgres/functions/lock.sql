-- Writers of one thing take this before their transaction gets its number, so that the feed's
-- order is the order in which that thing changed.
create or replace function lock_aggregate(division int, aggregate int) returns void
language sql volatile as $$ select pg_advisory_xact_lock(division, aggregate) $$;

-- Begins a change of work that was given out: keeps the plan as it is to the end of the
-- transaction, then waits for other writers of the assignment; whether work of the plan goes on.
-- The look at the plan comes after the waiting and has a snapshot of its own, which is why this is
-- a volatile function and no part of the statement that calls it.
create or replace function lock_work(of_division int, of_plan int, aggregate int) returns boolean
language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock_shared(of_division, of_plan);
  perform pg_advisory_xact_lock(of_division, aggregate);
  return exists (select from plan p where (p.division, p.plan) = (of_division, of_plan)
                                      and p.state = 'ISSUED' and p.delete_time is null);
end
$$;
