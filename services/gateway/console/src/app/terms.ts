// Words of the contract, as users say them.
import { t } from './locale'
import type { DueRule, Evidence, Role } from '@/api/types'

export type Tone = 'good' | 'fair' | 'poor' | 'plain' | 'off'

const states: Record<string, [string, string, Tone]> = {
  // assignments
  ASSIGNED: ['待认领', 'to claim', 'plain'],
  CLAIMED: ['已认领', 'claimed', 'fair'],
  FILED: ['已备案', 'filed', 'good'],
  DECLINED: ['提出异议', 'declined', 'poor'],
  // occurrences
  OPEN: ['待办', 'open', 'plain'],
  SUBMITTED: ['待核验', 'submitted', 'fair'],
  RETURNED: ['已退回', 'returned', 'poor'],
  VERIFIED: ['已核验', 'verified', 'good'],
  CANCELLED: ['已取消', 'cancelled', 'off'],
  // plans
  DRAFT: ['草稿', 'draft', 'plain'],
  CONSULTATION: ['征求意见', 'consultation', 'fair'],
  ISSUED: ['已印发', 'issued', 'good'],
  CLOSED: ['已办结', 'closed', 'off'],
  // tasks, units
  ACTIVE: ['有效', 'active', 'good'],
  DELETED: ['已删除', 'deleted', 'off'],
  PROVISIONAL: ['待确认', 'to confirm', 'fair'],
  // orders
  ANSWERED: ['已反馈', 'answered', 'fair'],
  // links
  LINKED: ['已承接', 'linked', 'good'],
  NOT_APPLICABLE: ['不适用', 'not applicable', 'off'],
  WITHDRAWN: ['已撤回', 'withdrawn', 'off'],
  // deliveries
  WAITING: ['待发送', 'waiting', 'plain'],
  GIVEN_UP: ['已放弃', 'given up', 'poor'],
  // tasks without work
  NOT_STARTED: ['未开始', 'not started', 'plain'],
}

export function stateText(state: string | undefined, overdue = false): string {
  const known = states[state ?? '']
  const text = known ? t(known[0], known[1]) : (state ?? '')
  return overdue ? t(`逾期 · ${text}`, `late · ${text}`) : text
}

export function stateTone(state: string | undefined): Tone {
  return states[state ?? '']?.[2] ?? 'plain'
}

export function roleWord(role: Role | undefined): string {
  if (role === 'LEAD') return t('牵头', 'lead')
  if (role === 'SUPPORTING') return t('配合', 'supporting')
  return t('负责', 'responsible')
}

export const unitKinds: [string, string, string][] = [
  ['DEPARTMENT', '政府部门', 'department'],
  ['TOWN', '乡镇', 'town'],
  ['STREET', '街道', 'street'],
  ['DEVELOPMENT_ZONE', '开发区', 'development zone'],
  ['PARTY_ORGAN', '党委部门', 'party organ'],
  ['VERTICAL_AGENCY', '垂直管理机构', 'vertical agency'],
  ['PUBLIC_INSTITUTION', '事业单位', 'public institution'],
  ['ENTERPRISE', '企业', 'enterprise'],
]

export const interpretationForms: [string, string, string][] = [
  ['TEXT', '文字', 'text'],
  ['QA', '问答', 'questions and answers'],
  ['CHART', '图解', 'chart'],
  ['VIDEO', '视频', 'video'],
  ['ANIMATION', '动漫', 'animation'],
  ['LIVE', '在线访谈', 'live'],
  ['PRESS_CONFERENCE', '新闻发布会', 'press conference'],
  ['EXPERT', '专家解读', 'expert'],
  ['MEDIA_INTERVIEW', '媒体专访', 'media interview'],
  ['ON_SITE', '现场宣讲', 'on site'],
]

export const interpreters: [string, string, string][] = [
  ['PRINCIPAL_HEAD', '主要负责人', 'principal head'],
  ['DEPUTY_HEAD', '分管负责人', 'deputy head'],
  ['EXPERT_OUTSIDE', '专家', 'expert'],
  ['MEDIA', '媒体', 'media'],
  ['STAFF', '工作人员', 'staff'],
]

export function wordOf(words: [string, string, string][], key: string | undefined): string {
  const found = words.find(([name]) => name === key)
  return found ? t(found[1], found[2]) : (key ?? '')
}

const cadences: Record<string, [string, string]> = {
  MONTHLY: ['每月', 'monthly'],
  QUARTERLY: ['每季度', 'quarterly'],
  HALF_YEARLY: ['每半年', 'half-yearly'],
  YEARLY: ['每年', 'yearly'],
}

// 时限, in the words of the plan where it has some.
export function dueText(due: DueRule | undefined): string {
  if (!due) return ''
  if (due.text) return due.text
  if (due.kind === 'RECURRING') {
    const cadence = cadences[due.cadence ?? '']
    return cadence ? t(cadence[0], cadence[1]) : ''
  }
  if (due.kind === 'UNSTATED') return t('未明确（按年底计）', 'not stated (end of the year)')
  return due.date ?? ''
}

export function evidenceText(evidence: Evidence): string {
  return evidence.title || evidence.documentNumber || evidence.url || t('附件', 'file')
}
