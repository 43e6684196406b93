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
    return { path: '/console/login', query: { to: to.fullPath } }
  }
  return true
})
