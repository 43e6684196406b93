// Which pages a seat has at hand.
import { t } from './locale'
import type { Seat } from './session'

export interface NavItem {
  to: string
  label: string
  icon: string
}

export interface NavGroup {
  label: string
  items: NavItem[]
}

function overview(division: string): NavGroup {
  return {
    label: t('情况', 'Figures'),
    items: [{ to: division, label: t('工作总览', 'Overview'), icon: 'overview' }],
  }
}

function office(division: string): NavGroup[] {
  return [
    {
      label: t('方案', 'Plans'),
      items: [
        { to: `${division}/today`, label: t('今日工作', 'Today'), icon: 'work' },
        { to: `${division}/plans`, label: t('工作方案', 'Plans'), icon: 'plan' },
        { to: `${division}/import`, label: t('导入方案', 'Import'), icon: 'import' },
        { to: `${division}/links`, label: t('上级任务承接', 'Upstream'), icon: 'link' },
      ],
    },
    {
      label: t('办理', 'Work'),
      items: [
        { to: `${division}/board`, label: t('认领备案', 'Claims'), icon: 'board' },
        { to: `${division}/review`, label: t('核验', 'Review'), icon: 'review' },
        { to: `${division}/reminders`, label: t('催办', 'Reminders'), icon: 'bell' },
        { to: `${division}/orders`, label: t('督办', 'Orders'), icon: 'order' },
        { to: `${division}/calendar`, label: t('到期日历', 'Calendar'), icon: 'calendar' },
      ],
    },
    {
      label: t('解读与指标', 'Policies'),
      items: [
        { to: `${division}/policies`, label: t('政策文件与解读', 'Policies'), icon: 'policy' },
        { to: `${division}/targets`, label: t('量化指标', 'Targets'), icon: 'target' },
      ],
    },
  ]
}

function administration(division: string): NavGroup {
  return {
    label: t('管理', 'Administration'),
    items: [
      { to: `${division}/units`, label: t('责任单位', 'Units'), icon: 'units' },
      { to: `${division}/groups`, label: t('单位集合', 'Groups'), icon: 'group' },
      { to: '/console/calendars', label: t('工作日历', 'Working days'), icon: 'calendar' },
      { to: `${division}/audit`, label: t('操作记录', 'Audit trail'), icon: 'audit' },
      { to: `${division}/webhooks`, label: t('事件推送', 'Webhooks'), icon: 'webhook' },
    ],
  }
}

export function navigationOf(seat: Seat | undefined): NavGroup[] {
  if (!seat?.division) return []
  const division = `/console/${seat.division}`
  if (seat.role === 'office') return [...office(division), overview(division), administration(division)]
  if (seat.role === 'admin') return [administration(division), overview(division)]
  if (seat.unit) {
    const unit = `/console/${seat.unit}`
    const own: NavGroup = {
      label: t('本单位', 'My unit'),
      items: [
        { to: `${unit}/work`, label: t('我的任务', 'My tasks'), icon: 'work' },
        { to: unit, label: t('本单位情况', 'My unit'), icon: 'person' },
        { to: `${unit}/calendar`, label: t('到期日历', 'Calendar'), icon: 'calendar' },
        { to: `${division}/policies`, label: t('政策文件与解读', 'Policies'), icon: 'policy' },
      ],
    }
    return [own, overview(division)]
  }
  return [
    {
      ...overview(division),
      items: [
        ...overview(division).items,
        { to: `${division}/plans`, label: t('本级方案', 'Plans'), icon: 'plan' },
        { to: `${division}/orders`, label: t('督办', 'Orders'), icon: 'order' },
      ],
    },
  ]
}
