// The figures that the console shows, under their names in the contract.
import { t } from '@/app/locale'
import type { FigureSet, Ratio } from '@/api/types'

export interface Figure {
  // Of FigureSet.
  key: keyof FigureSet
  // As requests name it.
  name: string
  label: () => string
  // Numerator and denominator in a few words.
  hint: () => string
  // A number of cases, of which none is best.
  isCount?: boolean
}

export const figures: Figure[] = [
  {
    key: 'completion',
    name: 'completion',
    label: () => t('完成率', 'Completion'),
    hint: () => t('已核验／应办事项', 'verified / all'),
  },
  {
    key: 'onTime',
    name: 'on_time',
    label: () => t('按时完成率', 'On time'),
    hint: () => t('按时报送且核验／到期事项', 'in time and verified / due'),
  },
  {
    key: 'overdueNotDone',
    name: 'overdue_not_done',
    label: () => t('逾期未完成', 'Overdue'),
    hint: () => t('已到期而未有效报送', 'due and not submitted'),
    isCount: true,
  },
  {
    key: 'claim',
    name: 'claim',
    label: () => t('认领率', 'Claimed'),
    hint: () => t('已认领／应认领', 'claimed / claimable'),
  },
  {
    key: 'filing',
    name: 'filing',
    label: () => t('备案率', 'Filed'),
    hint: () => t('已备案／已认领', 'filed / claimed'),
  },
  {
    key: 'headInterpretation',
    name: 'head_interpretation',
    label: () => t('主要负责人解读达标', 'Heads’ interpretations'),
    hint: () => t('达标单位／有任务单位', 'units that attained / units with tasks'),
  },
  {
    key: 'interpretation',
    name: 'interpretation',
    label: () => t('解读率', 'Interpreted'),
    hint: () => t('已解读／应解读文件', 'interpreted / must be'),
  },
  {
    key: 'diversified',
    name: 'diversified',
    label: () => t('多元化解读率', 'Diversified'),
    hint: () => t('有非文字形式／已解读文件', 'with other forms / interpreted'),
  },
]

// Also offered for explanation.
export const furtherFigures: Figure[] = [
  {
    key: 'completionSelfReported',
    name: 'completion_self_reported',
    label: () => t('自报完成率', 'Self-reported'),
    hint: () => t('已报送／应办事项', 'submitted / all'),
  },
  {
    key: 'completionWithEvidence',
    name: 'completion_with_evidence',
    label: () => t('有佐证完成率', 'With evidence'),
    hint: () => t('已报送且有佐证／应办事项', 'submitted with evidence / all'),
  },
  {
    key: 'doneLate',
    name: 'done_late',
    label: () => t('逾期完成', 'Done late'),
    hint: () => t('到期后才有效报送', 'submitted after the due date'),
    isCount: true,
  },
  {
    key: 'dueBeforeIssue',
    name: 'due_before_issue',
    label: () => t('时限早于印发', 'Due before issue'),
    hint: () => t('不计入逾期，待重设时限', 'counted nowhere until reset'),
    isCount: true,
  },
  {
    key: 'ongoing',
    name: 'ongoing',
    label: () => t('长期坚持事项', 'Ongoing'),
    hint: () => t('已核验／全部，按季评估', 'verified / all, by quarter'),
  },
  {
    key: 'forms',
    name: 'forms',
    label: () => t('解读形式达标率', 'Enough forms'),
    hint: () => t('形式达标／应解读文件', 'enough forms / must be interpreted'),
  },
]

export function figureByName(name: string): Figure | undefined {
  return [...figures, ...furtherFigures].find((figure) => figure.name === name)
}

export function ratioOf(set: FigureSet | undefined, figure: Figure): Ratio {
  return (set?.[figure.key] as Ratio | undefined) ?? {}
}

export function countOf(set: FigureSet | undefined, figure: Figure): number {
  return Number(set?.[figure.key] ?? 0)
}

export function isApplicable(ratio: Ratio): boolean {
  return (ratio.denominator ?? 0) > 0
}

// Compared as integers, as everywhere.
export type Level = 'good' | 'fair' | 'poor' | 'none'
export function levelOf(ratio: Ratio): Level {
  const { numerator = 0, denominator = 0 } = ratio
  if (denominator === 0) return 'none'
  if (numerator * 100 >= denominator * 90) return 'good'
  return numerator * 100 >= denominator * 60 ? 'fair' : 'poor'
}

// Whether a division or unit has anything to be measured by.
export function hasFigures(set: FigureSet | undefined): boolean {
  return figures.some((figure) =>
    figure.isCount ? countOf(set, figure) > 0 : isApplicable(ratioOf(set, figure)),
  )
}

// 61.5 of {numerator: 8, denominator: 13}: for lengths of bars and colours only.
export function percentOf(ratio: Ratio): number {
  const { numerator = 0, denominator = 0 } = ratio
  return denominator === 0 ? 0 : (numerator / denominator) * 100
}
