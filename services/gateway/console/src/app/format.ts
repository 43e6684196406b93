// Dates and numbers as the reader writes them. Days are days in Asia/Shanghai, `YYYY-MM-DD`.
import { locale, t } from './locale'

const kDayMs = 86_400_000
const shanghaiDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })

// The present day in Shanghai, wherever the browser is.
export function today(): string {
  return shanghaiDay.format(new Date())
}

// 2026-06-30 → 2026年6月30日; the year is left out where it is the present one and `short` is set.
export function dateText(day: string | undefined, short = false): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)/.exec(day ?? '')
  if (!match) return day ?? ''
  const [, year, month, date] = match.map(Number) as [number, number, number, number]
  if (locale.value === 'en') return match[0]!
  const monthDay = `${month}月${date}日`
  return short && String(year) === today().slice(0, 4) ? monthDay : `${year}年${monthDay}`
}

// A moment (RFC 3339) → 2026年6月30日 14:05, in Shanghai.
export function timeText(moment: string | undefined): string {
  if (!moment) return ''
  const text = new Date(moment).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })
  return `${dateText(text.slice(0, 10))} ${text.slice(11, 16)}`
}

// 1186 → 1,186.
export function numberText(value: number | string | undefined): string {
  return Number(value ?? 0).toLocaleString('zh-CN')
}

// 2026-Q2 → 2026年第二季度, or 第二季度 where the year is clear; see Occurrence.period.
export function periodText(period: string | undefined, short = false): string {
  if (!period) return ''
  if (locale.value === 'en') return period
  const [, year, half, quarter, month, day] =
    /^(\d{4})(?:-H(\d)|-Q(\d)|-(\d\d)(?:-(\d\d))?)?$/.exec(period) ?? []
  if (!year) return period
  if (day) return dateText(period, short)
  const inYear = short && (half || quarter || month) ? '' : `${year}年`
  if (half) return `${inYear}${half === '1' ? '上' : '下'}半年`
  if (quarter) return `${inYear}第${'一二三四'[Number(quarter) - 1]}季度`
  return month ? `${inYear}${Number(month)}月` : inYear
}

// Days from today to a day: 0 on the day itself, -3 three days after it.
export function daysLeft(day: string): number {
  return Math.round((Date.parse(day) - Date.parse(today())) / kDayMs)
}

export function daysLeftText(days: number): string {
  if (days < 0) return t(`逾期 ${numberText(-days)} 天`, `${-days} days late`)
  if (days === 0) return t('今天到期', 'due today')
  return t(`还剩 ${numberText(days)} 天`, `${days} days left`)
}

// 20480 → 20 KB.
export function sizeText(bytes: number | undefined): string {
  const size = bytes ?? 0
  if (size < 1024) return `${size} B`
  if (size < 1024 * 1024) return `${Math.round(size / 1024)} KB`
  return `${(size / 1024 / 1024).toFixed(1)} MB`
}
