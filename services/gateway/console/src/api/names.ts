// Resource names: `divisions/370124/plans/202301/tasks/16/assignments/17-lead/occurrences/3`.

// The id that follows a collection: idIn('divisions/370124/plans/202301', 'plans') → '202301'.
export function idIn(name: string | undefined, collection: string): string {
  const words = (name ?? '').split('/')
  const at = words.indexOf(collection)
  return at < 0 ? '' : (words[at + 1] ?? '')
}

// The name up to a collection and its id: upTo(…, 'tasks') → 'divisions/…/tasks/16'.
export function upTo(name: string | undefined, collection: string): string {
  const words = (name ?? '').split('/')
  const at = words.indexOf(collection)
  return at < 0 ? '' : words.slice(0, at + 2).join('/')
}

export function divisionOf(name: string | undefined): string {
  return upTo(name, 'divisions')
}

// The page of a resource, or undefined where it has none.
export function pageOf(name: string | undefined): string | undefined {
  if (!name) return undefined
  if (/^divisions\/\d+$/.test(name)) return `/console/${name}`
  if (/^divisions\/\d+\/units\/\d+$/.test(name)) return `/console/${name}`
  if (/^divisions\/\d+\/plans\/\d+$/.test(name)) return `/console/${name}`
  const task = upTo(name, 'tasks')
  if (task) {
    const rest = name.slice(task.length + 1)
    return `/console/${task}${rest ? `?at=${encodeURIComponent(rest)}` : ''}`
  }
  if (idIn(name, 'policyDocuments')) {
    return `/console/${divisionOf(name)}/policies?document=${idIn(name, 'policyDocuments')}`
  }
  return undefined
}
