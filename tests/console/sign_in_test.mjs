// Where people sign in: each comes to the pages of the own role, and nowhere is refused.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { assertAccessible, openConsole, seed, shutDown, url } from './browser.mjs'

const unit = seed.units['县财政局']
const own = {
  supervisor: ['/console/divisions/370000', `/console/${seed.county}`, `/console/${unit}`, `/console/${seed.plan}/tasks/2`],
  office: ['today', 'plans', 'board', 'review', 'reminders', 'orders', 'calendar', 'policies', 'targets', 'links'].map(
    (one) => `/console/${seed.county}/${one}`,
  ),
  clerk: [`/console/${unit}/work`, `/console/${unit}`, `/console/${unit}/calendar`],
  head: [`/console/${unit}`, `/console/${unit}/work`],
}
after(shutDown)

async function signIn(page, account, password = seed.passwords[account]) {
  await page.getByLabel('账号').fill(account)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
}

for (const [account, pages] of Object.entries(own)) {
  test(`${account} signs in and finds every page of the role`, async (t) => {
    const page = await openConsole(t, { expected: [/status of 40[13]/] })
    await page.visit('/')
    await page.waitForURL(/\/console\/login/)
    await signIn(page, account)
    await page.waitForURL((address) => address.pathname === pages[0])
    for (const path of pages) {
      await page.visit(path)
      await page.settled()
      assert.deepEqual(await page.getByRole('alert').allTextContents(), [], path)
    }
  })
}

test('a wrong password is told, and after signing in the same address is shown', async (t) => {
  const page = await openConsole(t, { expected: [/status of 401/] })
  const path = `/console/${seed.county}/board?only=ASSIGNED`
  await page.visit(path)
  await page.waitForURL(/\/console\/login/)
  await assertAccessible(page)
  await signIn(page, 'office', 'wrong')
  await page.getByRole('alert').first().waitFor()
  await signIn(page, 'office')
  await page.waitForURL(url + path)
  await page.getByRole('button', { name: '退出' }).click()
  await page.waitForURL(/\/console\/login/)
})

test('a session that ends while a clerk writes loses nothing', async (t) => {
  const page = await openConsole(t, { expected: [/status of 40[13]/] })
  await page.visit(`/console/${unit}/work?view=recurring`)
  await signIn(page, 'clerk')
  await page.getByRole('link', { name: /财政信息.*第四季度/ }).click()
  await page.getByLabel('办理情况').fill('登录失效前写的内容。')
  const address = page.url()
  await page.evaluate(async () => {
    const token = sessionStorage.getItem('gongkai.accessToken')
    await fetch('/v1/sessions/current', { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } })
  })
  await page.getByRole('button', { name: '报送' }).click()
  await page.waitForURL(/\/console\/login/)
  await signIn(page, 'clerk')
  await page.waitForURL(address)
  await page.getByText('已恢复上次没有提交的内容。').waitFor()
  assert.equal(await page.getByLabel('办理情况').inputValue(), '登录失效前写的内容。')
})
