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

export function navigationOf(seat: Seat | undefined): NavGroup[] {
  if (!seat) return []
  const division = `/console/${seat.division}`
  if (seat.unit) {
    const unit = `/console/${seat.unit}`
    return [
      {
        label: t('本单位', 'My unit'),
        items: [{ to: unit, label: t('本单位情况', 'My unit'), icon: 'person' }],
      },
      overview(division),
    ]
  }
  return [overview(division)]
}
