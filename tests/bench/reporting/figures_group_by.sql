-- The sums of a province's overview by county, the plain way: $1 the year, $2 the as-of date. Runs
-- on the projection's tables in PostgreSQL and on their current rows in DuckDB.
with plan_in_force as (
  select * from plan where year = $1 and state in (3, 4) and known_to = 'infinity'
), completion as (
  select o.division,
         count(*) filter (where not ongoing) as occurrences,
         count(*) filter (where not ongoing and o.state in (2, 4)) as self_reported,
         count(*) filter (where not ongoing and o.state in (2, 4) and evidence_count > 0)
           as with_evidence,
         count(*) filter (where not ongoing and o.state = 4) as verified,
         count(*) filter (where not ongoing and role = 1) as lead_occurrences,
         count(*) filter (where not ongoing and role = 1 and o.state = 4) as lead_verified,
         count(*) filter (where ongoing) as ongoing,
         count(*) filter (where ongoing and o.state = 4) as ongoing_verified,
         count(*) filter (where due_date <= $2 and due_date >= issue_date) as due,
         count(*) filter (where due_date <= $2 and due_date >= issue_date and o.state = 4
                            and submit_date <= due_date) as due_verified_in_time,
         count(*) filter (where due_date < $2 and due_date >= issue_date
                            and o.state not in (2, 4)) as overdue_not_done,
         count(*) filter (where due_date < $2 and due_date >= issue_date and o.state in (2, 4)
                            and submit_date > due_date) as done_late
  from occurrence o join plan_in_force p on p.division = o.division and p.plan = o.plan
  where o.known_to = 'infinity' and o.state <> 5
  group by o.division
), task_state as (
  select o.division, o.plan, o.task, count(*) filter (where o.state <> 4) as missing
  from occurrence o join plan_in_force p on p.division = o.division and p.plan = o.plan
  where o.known_to = 'infinity' and o.state <> 5 and role <> 3 and not ongoing
  group by o.division, o.plan, o.task
), tasks as (
  select division, count(*) as tasks, count(*) filter (where missing = 0) as completed_tasks
  from task_state group by division
), assignments as (
  select a.division,
         count(*) filter (where a.state not in (4, 5)) as claimable,
         count(*) filter (where a.state in (2, 3)) as claimed,
         count(*) filter (where a.state = 3) as filed,
         count(*) filter (where a.state in (2, 3) and claim_date <= claim_deadline)
           as claimed_in_time
  from assignment a join plan_in_force p on p.division = a.division and p.plan = a.plan
  where a.known_to = 'infinity'
  group by a.division
)
select completion.*, tasks.tasks, tasks.completed_tasks, assignments.*
from completion left join tasks on tasks.division = completion.division
left join assignments on assignments.division = completion.division
