// Who sits here: signed in, or, where the installation asks for no login, on a seat of choice.
import { computed, ref, watch } from 'vue'
import { actorName } from '@/api/actor'
import { get, post, request } from '@/api/client'
import { ApiError } from '@/api/error'
import { upTo } from '@/api/names'
import { currentToken, forgetToken, keepToken, sessionLost } from '@/api/token'
import { t } from './locale'

// supervisor: compares counties. office: a county's openness office. clerk and head: of one unit.
export type Role = 'supervisor' | 'office' | 'clerk' | 'head' | 'admin'
export const roles: Role[] = ['supervisor', 'office', 'clerk', 'head', 'admin']

export interface Seat {
  role: Role
  // `divisions/370124`
  division: string
  // `divisions/370124/units/17`, of clerk and head.
  unit?: string
}

interface Grant {
  role?: string
  division?: string
  unit?: string
}

interface Session {
  accessToken?: string
  displayName?: string
  grants?: Grant[]
  authentication?: string
}

export type Authentication = 'UNKNOWN' | 'NONE' | 'REQUIRED' | 'SIGNED_IN'

const kSeat = 'gongkai.seat'

function storedSeat(): Seat | undefined {
  try {
    return JSON.parse(localStorage.getItem(kSeat) ?? '') as Seat
  } catch {
    return undefined
  }
}

export const authentication = ref<Authentication>('UNKNOWN')
export const displayName = ref('')
// Of whoever is signed in; the first one is taken at first.
export const seats = ref<Seat[]>([])
export const seat = ref<Seat | undefined>(storedSeat())
export const mustSignIn = computed(
  () => authentication.value === 'REQUIRED' || (sessionLost.value && authentication.value !== 'NONE'),
)

watch(
  seat,
  (value) => {
    if (!value) return
    localStorage.setItem(kSeat, JSON.stringify(value))
    const place = (value.unit ?? value.division).replace(/divisions\/|units\//g, '')
    actorName.value = `${value.role}-${place.replace('/', '-')}`
  },
  { immediate: true },
)

export function roleText(role: Role): string {
  return {
    supervisor: t('省市督查', 'Supervisor'),
    office: t('县政务公开办', 'County office'),
    clerk: t('单位经办人', 'Unit clerk'),
    head: t('单位负责人', 'Unit head'),
    admin: t('系统管理', 'Administrator'),
  }[role]
}

// Roles of the server → the seat from which the console is shown.
function roleOf(grant: Grant): Role {
  const role = (grant.role ?? '').toLowerCase()
  if (/clerk/.test(role)) return 'clerk'
  if (/head|leader/.test(role)) return 'head'
  if (/admin|security|audit/.test(role)) return 'admin'
  if (/superv|province|city/.test(role)) return 'supervisor'
  return grant.unit ? 'clerk' : 'office'
}

function resource(collection: string, id: string, parent = ''): string {
  return id.includes('/') ? id : `${parent}${collection}/${id}`
}

function seatOf(grant: Grant): Seat {
  const named = grant.division || upTo(grant.unit, 'divisions')
  const division = named ? resource('divisions', named) : ''
  const unit = grant.unit ? resource('units', grant.unit, `${division}/`) : undefined
  return { role: roleOf(grant), division, unit }
}

function enter(session: Session): void {
  displayName.value = session.displayName ?? ''
  seats.value = (session.grants ?? []).map(seatOf)
  const kept = seats.value.find(
    (one) => one.role === seat.value?.role && (!one.division || JSON.stringify(one) === JSON.stringify(seat.value)),
  )
  if (!kept) seat.value = seats.value[0]
  authentication.value = 'SIGNED_IN'
}

// Asks the server once whether it wants a login, and who holds the token that the tab has.
export async function findSession(): Promise<void> {
  try {
    const session = await get<Session>('sessions/current')
    if (session.authentication === 'NONE') authentication.value = 'NONE'
    else enter(session)
  } catch (error) {
    if (error instanceof ApiError && error.isMissing) authentication.value = 'NONE'
    else if (error instanceof ApiError && error.status === 401) authentication.value = 'REQUIRED'
    // Not reached: the page itself will say so.
    else authentication.value = currentToken() ? 'SIGNED_IN' : 'NONE'
  }
}

export async function signIn(account: string, password: string): Promise<void> {
  const session = await post<Session>('sessions', { account, password })
  keepToken(session.accessToken ?? '')
  enter(session)
}

export async function signOut(): Promise<void> {
  await request('DELETE', 'sessions/current').catch(() => undefined)
  forgetToken()
  authentication.value = 'REQUIRED'
}

// Where a seat begins its day.
export function homeOf(place: Seat | undefined): string {
  // Whoever may go everywhere says where.
  if (!place?.division) return '/console/start'
  const unit = place.unit
  if (place.role === 'clerk' && unit) return `/console/${unit}/work`
  if (place.role === 'head' && unit) return `/console/${unit}`
  if (place.role === 'office') return `/console/${place.division}/today`
  if (place.role === 'admin') return `/console/${place.division}/units`
  return `/console/${place.division}`
}
