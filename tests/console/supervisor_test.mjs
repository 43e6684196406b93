// A supervisor goes from the province's figures down to the evidence of one task.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { assertAccessible, assertFitsItsWidth, openConsole, seed, shutDown, url } from './browser.mjs'

const seat = { role: 'supervisor', division: 'divisions/370000' }
after(shutDown)

test('the address alone leads to a place for whoever has no seat yet', async (t) => {
  const page = await openConsole(t)
  await page.visit('/')
  await page.getByRole('radio', { name: /省市督查/ }).check()
  await page.getByRole('button', { name: '进入' }).click()
  await page.waitForURL(`${url}/console/divisions/370000`)
  await page.getByRole('heading', { level: 1, name: /山东省.*工作总览/ }).waitFor()
})

test('key figures show numerator and denominator, and open what they count', async (t) => {
  const page = await openConsole(t, { seat })
  await page.visit('/console/divisions/370000')
  const card = page.getByRole('article').filter({ hasText: '认领率' })
  const claim = seed.figures.claim
  await card.getByText(`${claim.numerator}／${claim.denominator}`).waitFor()
  await assertAccessible(page)
  await page.getByRole('button', { name: '认领率：怎么算的' }).click()
  const drawer = page.getByRole('dialog', { name: /认领率 · 怎么算的/ })
  await drawer.getByText(/认领率：/).waitFor()
  assert.equal(new URL(page.url()).searchParams.get('explain'), 'claim')
  await drawer.getByRole('tab', { name: '计入分子' }).click()
  await drawer.locator('tbody tr').first().waitFor()
  assert.equal(await drawer.locator('tbody tr').count(), claim.numerator)
  await assertAccessible(page)
})

test('province, county, unit, task and evidence follow each other by links', async (t) => {
  const page = await openConsole(t, { seat })
  await page.visit('/console/divisions/370000')
  await page.getByRole('link', { name: '商河县' }).click()
  await page.getByRole('heading', { level: 1, name: /商河县.*工作总览/ }).waitFor()
  await page.getByRole('link', { name: '县财政局' }).click()
  await page.getByRole('heading', { level: 1, name: '县财政局' }).waitFor()
  await page.getByRole('tab', { name: /全部/ }).click()
  await page.locator('tbody tr', { hasText: '已核验' }).getByRole('link').first().click()
  await page.getByText(seed.reportText).waitFor()
  await page.getByRole('link', { name: seed.evidenceTitle }).waitFor()
  await assertAccessible(page)
})

test('a view that was chosen can be sent to somebody by its address', async (t) => {
  const page = await openConsole(t, { seat })
  await page.visit('/console/divisions/370000')
  await page.getByRole('tab', { name: '指标热力表' }).click()
  await page.getByRole('columnheader', { name: '备案率' }).getByRole('button').click()
  await page.waitForURL(/by=filing/)
  const other = await openConsole(t, { seat })
  await other.goto(page.url())
  const heading = other.getByRole('columnheader', { name: /备案率/ })
  await heading.waitFor()
  assert.equal(await heading.getAttribute('aria-sort'), 'descending')
  await assertAccessible(other)
})

test('trend and overdue list of a county, on a phone', async (t) => {
  const page = await openConsole(t, { seat, width: 390, height: 844 })
  await page.visit(`/console/${seed.county}?view=trend`)
  await page.getByRole('region', { name: '趋势数据' }).waitFor()
  await page.locator('.chart svg').waitFor()
  await assertFitsItsWidth(page)
  await assertAccessible(page)
  await page.getByRole('tab', { name: '逾期事项' }).click()
  await page.getByText(/逾期事项|没有逾期/).first().waitFor()
  await assertFitsItsWidth(page)
})

test('a day before anything was recorded says since when there is something', async (t) => {
  const page = await openConsole(t, { seat, expected: [/status of 400/] })
  await page.visit('/console/divisions/370000?asOf=2020-01-01')
  await page.getByRole('alert').getByText(/可查询的最早日期/).waitFor()
})

test('English and large text stay chosen', async (t) => {
  const page = await openConsole(t, { seat })
  await page.visit('/console/divisions/370000')
  await page.getByRole('button', { name: 'EN', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: /overview/ }).waitFor()
  await page.getByRole('button', { name: 'Large text' }).click()
  await page.reload()
  await page.getByRole('heading', { level: 1, name: /overview/ }).waitFor()
  assert.equal(await page.evaluate(() => document.documentElement.className), 'large-text')
  await assertFitsItsWidth(page)
})

test('the first page brings no more than 250 KB of script', async (t) => {
  const page = await openConsole(t, { seat })
  const sizes = new Map()
  page.on('response', async (response) => {
    if (/\.js$/.test(new URL(response.url()).pathname)) {
      sizes.set(response.url(), (await response.request().sizes()).responseBodySize)
    }
  })
  await page.visit('/console/divisions/370000')
  await page.getByRole('link', { name: '商河县' }).waitFor()
  await page.waitForLoadState('networkidle')
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  assert.ok(sizes.size > 2 && total > 20_000, `only ${sizes.size} scripts of ${total} bytes were seen`)
  assert.ok(total <= 250 * 1024, `${Math.round(total / 1024)} KB of script`)
})
