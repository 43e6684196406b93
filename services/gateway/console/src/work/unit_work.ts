// What a unit owes: its occurrences with the tasks that they come from.
import { get, listAll } from '@/api/client'
import { divisionOf, idIn, upTo } from '@/api/names'
import type { Assignment, Occurrence, Plan, Task } from '@/api/types'
import { daysLeft } from '@/app/format'

export interface WorkItem {
  occurrence: Occurrence
  assignment: Assignment
  task?: Task
  plan?: Plan
  title: string
  // The unit owes it now: OPEN or RETURNED, of a plan in force.
  isOwed: boolean
  isLate: boolean
  days: number
}

export interface UnitWork {
  items: WorkItem[]
  // Without an occurrence, too: what hangs on an event.
  assignments: Assignment[]
  tasks: Map<string, Task>
  plans: Map<string, Plan>
}

const kAny = 'plans/-/tasks/-/assignments'

export function titleOf(task: Task | undefined, fallback = ''): string {
  return task?.content?.title || task?.content?.requirement?.slice(0, 40) || fallback
}

export async function tasksOf(plans: Plan[], signal?: AbortSignal): Promise<Map<string, Task>> {
  const lists = await Promise.all(
    plans.map((plan) => listAll<Task>(`${plan.name}/tasks`, 'tasks', {}, signal)),
  )
  return new Map(lists.flat().map((task) => [task.name ?? '', task]))
}

export function workItem(
  occurrence: Occurrence,
  assignment: Assignment,
  task: Task | undefined,
  plan: Plan | undefined,
): WorkItem {
  const owed = occurrence.state === 'OPEN' || occurrence.state === 'RETURNED'
  const days = daysLeft(occurrence.dueDate ?? '')
  const isOwed = owed && plan?.state === 'ISSUED'
  return { occurrence, assignment, task, plan, title: titleOf(task), isOwed, isLate: isOwed && days < 0, days }
}

// By due date.
export async function unitWork(unit: string, signal?: AbortSignal): Promise<UnitWork> {
  const division = divisionOf(unit)
  const [occurrences, assignments] = await Promise.all([
    listAll<Occurrence>(`${division}/${kAny}/-/occurrences`, 'occurrences', { unit }, signal),
    listAll<Assignment>(`${division}/plans/-/tasks/-/assignments`, 'assignments', { unit }, signal),
  ])
  const planNames = [...new Set(assignments.map((one) => upTo(one.name, 'plans')))]
  const planList = await Promise.all(planNames.map((name) => get<Plan>(name, {}, signal)))
  const plans = new Map(planList.map((plan) => [plan.name ?? '', plan]))
  const tasks = await tasksOf(planList, signal)
  const byName = new Map(assignments.map((one) => [one.name ?? '', one]))
  const items = occurrences
    .map((occurrence) =>
      workItem(
        occurrence,
        byName.get(upTo(occurrence.name, 'assignments')) ?? {},
        tasks.get(upTo(occurrence.name, 'tasks')),
        plans.get(upTo(occurrence.name, 'plans')),
      ),
    )
    .sort((a, b) => (a.occurrence.dueDate ?? '').localeCompare(b.occurrence.dueDate ?? ''))
  return { items, assignments, tasks, plans }
}

// 青禾县 task 16 → 任务 16: the printed ordinal where there is one.
export function ordinalOf(task: Task | undefined): string {
  return task?.content?.ordinal || idIn(task?.name, 'tasks')
}

// The form of an occurrence, on its unit's pages.
export function formOf(item: WorkItem): string {
  const { name = '', unit = '' } = item.occurrence
  const id = ['plans', 'tasks', 'assignments', 'occurrences'].map((one) => idIn(name, one)).join('/')
  return `/console/${unit}/work/${id}`
}
