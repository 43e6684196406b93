// Fields of a task that a person should look at.
import type { Origin, ParsedTask, Task } from '@/api/types'
import { t } from '@/app/locale'

export type Confidence = 'LOW' | 'MEDIUM' | 'HIGH'

export function confidenceOf(origin: Origin | undefined): Confidence {
  return (origin?.confidence as Confidence | undefined) ?? 'HIGH'
}

export function confidenceText(confidence: Confidence): string {
  if (confidence === 'LOW') return t('请核对', 'check')
  return confidence === 'MEDIUM' ? t('推断', 'inferred') : ''
}

function originsOf(content: ParsedTask | undefined): (Origin | undefined)[] {
  return [
    content?.titleOrigin,
    content?.requirementOrigin,
    content?.due?.origin,
    ...(content?.units ?? []).map((unit) => unit.origin),
    ...(content?.targets ?? []).map((target) => target.origin),
  ]
}

// LOW ones: assumed or guessed.
export function doubtsOf(task: Task): number {
  return originsOf(task.content).filter((origin) => confidenceOf(origin) === 'LOW').length
}
