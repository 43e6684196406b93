// Divisions and units by name; what was asked once is kept for as long as the page lives.
import { get, listAll } from './client'
import type { Division, Unit } from './types'

const divisions = new Map<string, Promise<Division>>()
const units = new Map<string, Promise<Unit[]>>()

function once<T>(kept: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  let answer = kept.get(key)
  if (!answer) {
    answer = read()
    kept.set(key, answer)
    answer.catch(() => kept.delete(key))
  }
  return answer
}

export function division(name: string): Promise<Division> {
  return once(divisions, name, () => get<Division>(name))
}

// A division and those above it, the province first; as far up as the caller may look.
export async function divisionPath(name: string): Promise<Division[]> {
  const path: Division[] = [await division(name)]
  for (;;) {
    const above = path[0]?.parentDivision
    const one = above && (await division(above).catch(() => undefined))
    if (!one) return path
    path.unshift(one)
  }
}

export function divisionsBelow(name: string): Promise<Division[]> {
  return listAll<Division>('divisions', 'divisions', { parentDivision: name })
}

export function unitsOf(division_: string): Promise<Unit[]> {
  return once(units, division_, () => listAll<Unit>(`${division_}/units`, 'units'))
}

// After a change of the directory.
export function forgetUnits(division_: string): void {
  units.delete(division_)
}

// Names of a division's units by resource name.
export async function unitNames(division_: string): Promise<Map<string, string>> {
  const all = await unitsOf(division_)
  return new Map(all.map((unit) => [unit.name ?? '', unit.displayName ?? '']))
}

// Names of some divisions by resource name.
export async function divisionNames(names: string[]): Promise<Map<string, string>> {
  const all = await Promise.all([...new Set(names)].map((name) => division(name)))
  return new Map(all.map((one) => [one.name ?? '', one.displayName ?? '']))
}
