// What goes wrong: says so, says what to do, and loses nothing.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { assertAccessible, openConsole, seed, shutDown, url } from './browser.mjs'

const office = { role: 'office', division: seed.county }
const unit = seed.units['县财政局']
const clerk = { role: 'clerk', division: seed.county, unit }
after(shutDown)

test('a file that is no plan is refused with its reason', async (t) => {
  const page = await openConsole(t, { seat: office, expected: [/status of 400/] })
  await page.visit(`/console/${seed.county}/import`)
  await page.locator('input[type=file]').setInputFiles({
    name: 'picture.png', mimeType: 'image/png', buffer: Buffer.from('89504e470d0a1a0a', 'hex'),
  })
  await page.getByRole('alert').getByText(/./).first().waitFor()
  assert.match(page.url(), /\/import$/)
  await assertAccessible(page)
})

test('of two who correct the same task the later one is told, and keeps the text', async (t) => {
  const county = 'divisions/370124'
  const plan = await (await fetch(`${url}/v1/${county}/plans:import`, {
    method: 'POST', headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: seed.document,
  })).json()
  const seat = { role: 'office', division: county }
  const first = await openConsole(t, { seat })
  const second = await openConsole(t, { seat, expected: [/status of 409/] })
  for (const page of [first, second]) {
    await page.visit(`/console/${plan.name}`)
    await page.getByRole('button', { name: /年度报告/ }).click()
  }
  await first.getByLabel(/任务名称/).fill('年度报告甲')
  await first.getByRole('button', { name: '保存修改' }).click()
  await first.getByRole('button', { name: /年度报告甲/ }).waitFor()
  await second.getByLabel(/任务名称/).fill('年度报告乙')
  await second.getByRole('button', { name: '保存修改' }).click()
  await second.getByRole('alert').getByText(/./).first().waitFor()
  assert.equal(await second.getByLabel(/任务名称/).inputValue(), '年度报告乙')
})

test('what a clerk writes outlives a lost network and a closed page', async (t) => {
  const page = await openConsole(t, { seat: clerk, expected: [/ERR_INTERNET_DISCONNECTED/] })
  const form = `/console/${unit}/work?view=recurring`
  await page.visit(form)
  await page.getByRole('link', { name: /财政信息.*第四季度/ }).click()
  await page.getByLabel('办理情况').fill('网络断开时写的内容。')
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '报送' }).click()
  await page.getByRole('alert').getByText(/连接不上服务器/).first().waitFor()
  assert.equal(await page.getByLabel('办理情况').inputValue(), '网络断开时写的内容。')
  await page.context().setOffline(false)
  await page.reload()
  await page.getByText('已恢复上次没有提交的内容。').waitFor()
  assert.equal(await page.getByLabel('办理情况').inputValue(), '网络断开时写的内容。')
  await page.getByRole('button', { name: '报送' }).click()
  await page.waitForURL(/\/work$/)
})

test('a page that cannot reach the server says so and goes on by itself', async (t) => {
  const page = await openConsole(t, { seat: clerk, expected: [/ERR_INTERNET_DISCONNECTED/] })
  await page.visit(`/console/${unit}/work`)
  await page.settled()
  await page.context().setOffline(true)
  await page.getByRole('link', { name: '本单位情况' }).click()
  await page.getByRole('alert').first().waitFor()
  await page.context().setOffline(false)
  await page.getByRole('button', { name: '重试' }).first().click()
  await page.getByText('主要负责人解读').first().waitFor()
})
