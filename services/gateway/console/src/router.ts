import { shallowRef } from 'vue'
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { homeOf, mustSignIn, seat } from './app/session'

const division = '/console/divisions/:division(\\d{6})'
const unit = `${division}/units/:unit(\\d+)`
const plan = `${division}/plans/:plan(\\d+)`

const routes: RouteRecordRaw[] = [
  { path: '/', redirect: () => homeOf(seat.value) },
  { path: '/console', redirect: () => homeOf(seat.value) },
  { path: '/console/login', component: () => import('./pages/login/LoginPage.vue'), meta: { bare: true } },
  { path: '/console/start', component: () => import('./pages/start/StartPage.vue') },
  { path: division, component: () => import('./pages/supervisor/DivisionPage.vue') },
  { path: `${division}/today`, component: () => import('./pages/today/TodayPage.vue') },
  { path: `${division}/import`, component: () => import('./pages/import/ImportPage.vue') },
  { path: `${division}/plans`, component: () => import('./pages/plan/PlansPage.vue') },
  { path: `${division}/board`, component: () => import('./pages/board/BoardPage.vue') },
  { path: `${division}/review`, component: () => import('./pages/review/ReviewPage.vue') },
  { path: `${division}/reminders`, component: () => import('./pages/reminders/RemindersPage.vue') },
  { path: `${unit}/work`, component: () => import('./pages/work/WorkPage.vue') },
  {
    path: `${unit}/work/:plan(\\d+)/:task(\\d+)/:assignment/:occurrence(\\d+)`,
    component: () => import('./pages/work/ReportPage.vue'),
  },
  { path: `${division}/orders`, component: () => import('./pages/orders/OrdersPage.vue') },
  { path: `${division}/policies`, component: () => import('./pages/policies/PoliciesPage.vue') },
  { path: `${division}/targets`, component: () => import('./pages/targets/TargetsPage.vue') },
  { path: `${division}/links`, component: () => import('./pages/links/LinksPage.vue') },
  { path: `${division}/calendar`, component: () => import('./pages/calendar/CalendarPage.vue') },
  { path: `${unit}/calendar`, component: () => import('./pages/calendar/CalendarPage.vue') },
  { path: `${division}/units`, component: () => import('./pages/admin/UnitsPage.vue') },
  { path: `${division}/groups`, component: () => import('./pages/admin/GroupsPage.vue') },
  { path: `${division}/audit`, component: () => import('./pages/admin/AuditPage.vue') },
  { path: `${division}/webhooks`, component: () => import('./pages/admin/WebhooksPage.vue') },
  { path: '/console/calendars', component: () => import('./pages/admin/CalendarsPage.vue') },
  { path: plan, component: () => import('./pages/plan/PlanPage.vue') },
  { path: unit, component: () => import('./pages/unit/UnitPage.vue') },
  { path: `${plan}/tasks/:task(\\d+)`, component: () => import('./pages/task/TaskPage.vue') },
  { path: '/:rest(.*)*', component: () => import('./pages/start/MissingPage.vue') },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (to, from, saved) =>
    saved ?? (to.path === from.path ? undefined : { top: 0 }),
})

router.beforeEach((to) => {
  if (mustSignIn.value && to.path !== '/console/login') {
    const isPlace = to.path !== '/console/start'
    return { path: '/console/login', query: isPlace ? { to: to.fullPath } : {} }
  }
  return true
})

// The page that could not be brought from the server, as when the network is lost.
export const unreachablePage = shallowRef<string>()
router.onError((_, to) => (unreachablePage.value = to.fullPath))
router.afterEach(() => (unreachablePage.value = undefined))
