-- The assignments of one unit in one plan, as ListAssignments answers them.
select resource(a) from assignment a
where a.division = :division and a.plan = :plan and a.unit = :unit
order by a.plan, a.task, a.unit, a.role limit 101;
