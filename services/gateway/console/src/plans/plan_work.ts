// A plan in force: its tasks, who owes them, and how far each is.
import { listAll } from '@/api/client'
import { unitNames } from '@/api/directory'
import { divisionOf, upTo } from '@/api/names'
import type { Assignment, Occurrence, Plan, Task } from '@/api/types'
import { daysLeft } from '@/app/format'

// One unit's part of one task.
export interface WorkRow {
  assignment: Assignment
  task: Task
  unit: string
  // The first row of its task.
  isFirst: boolean
  occurrences: Occurrence[]
  verified: number
  submitted: number
  returned: number
  late: number
  nextDue: string
}

export function isLate(occurrence: Occurrence): boolean {
  return (
    (occurrence.state === 'OPEN' || occurrence.state === 'RETURNED') && daysLeft(occurrence.dueDate ?? '') < 0
  )
}

export function workRow(
  assignment: Assignment,
  task: Task,
  unit: string,
  occurrences: Occurrence[],
  isFirst: boolean,
): WorkRow {
  const active = occurrences.filter((one) => one.state !== 'CANCELLED')
  const count = (state: string) => active.filter((one) => one.state === state).length
  const open = active.filter((one) => one.state === 'OPEN' || one.state === 'RETURNED')
  return {
    assignment,
    task,
    unit,
    isFirst,
    occurrences: active,
    verified: count('VERIFIED'),
    submitted: count('SUBMITTED'),
    returned: count('RETURNED'),
    late: active.filter(isLate).length,
    nextDue: open.map((one) => one.dueDate ?? '').sort()[0] ?? '',
  }
}

// In the order of the plan.
export async function planWork(plan: Plan, signal?: AbortSignal): Promise<WorkRow[]> {
  const [tasks, assignments, occurrences, names] = await Promise.all([
    listAll<Task>(`${plan.name}/tasks`, 'tasks', {}, signal),
    listAll<Assignment>(`${plan.name}/tasks/-/assignments`, 'assignments', {}, signal),
    listAll<Occurrence>(`${plan.name}/tasks/-/assignments/-/occurrences`, 'occurrences', {}, signal),
    unitNames(divisionOf(plan.name)),
  ])
  const ofAssignment = grouped(occurrences, (one) => upTo(one.name, 'assignments'))
  const ofTask = grouped(assignments, (one) => upTo(one.name, 'tasks'))
  return tasks.flatMap((task) =>
    (ofTask.get(task.name ?? '') ?? []).map((assignment, index) =>
      workRow(
        assignment,
        task,
        names.get(assignment.unit ?? '') ?? assignment.sourceText ?? '',
        ofAssignment.get(assignment.name ?? '') ?? [],
        index === 0,
      ),
    ),
  )
}

export function grouped<T>(all: T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const group = groups.get(keyOf(one))
    if (group) group.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}
