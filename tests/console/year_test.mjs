// One county's year: the office imports and issues, a clerk claims, files and reports, the office
// returns and verifies, the head and the supervisor see it.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { assertAccessible, openConsole, seed, shutDown, url } from './browser.mjs'

const county = 'divisions/370124'
const office = { role: 'office', division: county }
const textFile = (name, text) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
let plan
let unit

after(shutDown)

test('the office drops the document, corrects a field beside its source, and issues the plan', async (t) => {
  const page = await openConsole(t, { seat: office })
  await page.visit(`/console/${county}/import`)
  await page.locator('input[type=file]').setInputFiles(textFile('方案.txt', seed.document))
  await page.waitForURL(/\/plans\/\d+$/)
  plan = new URL(page.url()).pathname.slice('/console/'.length)
  await page.getByText('识别出 5 项任务').waitFor()
  await page.getByRole('button', { name: /财政信息/ }).click()
  const title = page.getByLabel(/任务名称/)
  await page.locator('.task-form').getByRole('button', { name: '看原文' }).first().click()
  assert.equal(await page.locator('.document .focus').first().textContent(), '财政信息')
  await title.fill('财政预决算信息')
  await page.getByRole('button', { name: '保存修改' }).click()
  await page.getByRole('button', { name: /财政预决算信息/ }).waitFor()
  await assertAccessible(page)
  await page.getByRole('button', { name: '印发' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('印发日期').fill(`${seed.year}-01-02`)
  await dialog.getByRole('button', { name: '印发' }).click()
  await page.getByRole('table', { name: '任务分解表' }).getByText('财政预决算信息').first().waitFor()
})

test('a clerk claims everything, files measures once and is offered them again', async (t) => {
  const page = await openConsole(t, { seat: office })
  await page.visit(`/console/${plan}`)
  const link = page.getByRole('table').getByRole('link', { name: '县财政局' }).first()
  unit = (await link.getAttribute('href')).slice('/console/'.length)

  const clerk = await openConsole(t, { seat: { role: 'clerk', division: county, unit } })
  await clerk.visit(`/console/${unit}/work?view=claims`)
  await clerk.getByRole('button', { name: '全部认领' }).click()
  await clerk.getByRole('heading', { name: '待备案 3 项' }).waitFor()
  await clerk.getByRole('button', { name: '填写措施' }).first().click()
  const dialog = clerk.getByRole('dialog', { name: '备案工作措施' })
  await dialog.getByLabel('具体工作措施').fill('每季度首月十日前发布。')
  await dialog.getByLabel('责任科室').fill('预算科')
  await dialog.getByLabel('责任人').fill('李某')
  await dialog.getByLabel('联系方式').fill('0531-80000001')
  await assertAccessible(clerk)
  await dialog.getByRole('button', { name: '备案' }).click()
  await clerk.getByRole('heading', { name: '待备案 2 项' }).waitFor()
  await clerk.getByRole('button', { name: '填写措施' }).first().click()
  assert.equal(await dialog.getByLabel('责任科室').inputValue(), '预算科')
  await dialog.getByRole('button', { name: '沿用上次备案的措施' }).click()
  assert.equal(await dialog.getByLabel('具体工作措施').inputValue(), '每季度首月十日前发布。')
})

test('the breakdown table shows what others do while it is open', async (t) => {
  const page = await openConsole(t, { seat: office })
  await page.visit(`/console/${plan}?q=招生`)
  await page.getByText('● 实时').waitFor()
  const row = page.getByRole('row', { name: /县教育和体育局/ })
  await row.getByText('待认领').waitFor()
  const assignments = await (await fetch(`${url}/v1/${county}/plans/-/tasks/3/assignments`)).json()
  const claimed = await fetch(`${url}/v1/${assignments.assignments[0].name}:claim`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
  })
  assert.equal(claimed.status, 200)
  await row.getByText('已认领').waitFor()
})

test('a clerk reports with evidence by address and by file, the office returns it, and sees it again', async (t) => {
  const clerk = await openConsole(t, { seat: { role: 'clerk', division: county, unit } })
  await clerk.visit(`/console/${unit}/work`)
  await clerk.getByRole('link', { name: /财政预决算信息.*第四季度/ }).click()
  await clerk.getByLabel('办理情况').fill('第四季度预决算已公布。')
  await clerk.getByLabel('网址或文号').fill('https://www.example.gov.cn/q4.html')
  await clerk.getByLabel('说明').fill('预决算专栏')
  await clerk.getByRole('button', { name: '添加' }).click()
  await clerk.locator('input[type=file]').setInputFiles(textFile('公示记录.txt', '公示记录：第四季度'))
  await clerk.getByText('公示记录.txt').first().waitFor()
  await assertAccessible(clerk)
  await clerk.getByRole('button', { name: '报送' }).click()
  await clerk.waitForURL(/\/work$/)

  const page = await openConsole(t, { seat: office })
  await page.visit(`/console/${county}/review`)
  await page.getByText('第四季度预决算已公布。').waitFor()
  await assertAccessible(page)
  await page.keyboard.press('r')
  await page.getByLabel('退回原因').fill('请补充政府性基金预算。')
  await page.getByRole('dialog').getByRole('button', { name: '退回' }).click()
  await page.getByText('没有待核验的事项').waitFor()

  await clerk.getByText('退回原因：请补充政府性基金预算。').waitFor()
  await clerk.getByRole('link', { name: /请补充政府性基金预算/ }).click()
  await clerk.getByLabel('办理情况').fill('已补充政府性基金预算。')
  await clerk.getByRole('button', { name: '报送' }).click()
  await clerk.waitForURL(/\/work$/)

  await page.getByText('已补充政府性基金预算。').waitFor()
  await page.keyboard.press('v')
  await page.getByText('没有待核验的事项').waitFor()
})

test('last period’s answer is offered for the next one', async (t) => {
  const clerk = await openConsole(t, { seat: { role: 'clerk', division: seed.county, unit: seed.units['县财政局'] } })
  await clerk.visit(`/console/${seed.units['县财政局']}/work?view=recurring`)
  await clerk.getByRole('link', { name: /财政信息.*第四季度/ }).click()
  await clerk.getByRole('button', { name: '带入文字' }).click()
  assert.equal(await clerk.getByLabel('办理情况').inputValue(), seed.reportText)
})

test('the head sees what the unit owes, the supervisor what the county did', async (t) => {
  const head = await openConsole(t, { seat: { role: 'head', division: county, unit } })
  await head.visit(`/console/${unit}`)
  await head.getByText(/今年还差 2 次/).waitFor()
  await assertAccessible(head)
  const supervisor = await openConsole(t, { seat: { role: 'supervisor', division: 'divisions/370000' } })
  await supervisor.visit('/console/divisions/370000')
  await supervisor.getByRole('row', { name: /平阴县/ }).getByText(/^1／\d+$/).first().waitFor()
})

test('a changed document shows its differences before anything changes', async (t) => {
  const page = await openConsole(t, { seat: office })
  await page.visit(`/console/${plan}`)
  await page.getByRole('button', { name: '重新导入' }).click()
  const dialog = page.getByRole('dialog', { name: '重新导入' })
  const changed = seed.document.replace('公布招生范围和办法。', '公布招生范围、办法和结果。')
  await dialog.locator('input[type=file]').setInputFiles(textFile('修订.txt', changed))
  await dialog.getByText('招生信息').waitFor()
  await dialog.getByText('公布招生范围、办法和结果。').waitFor()
  await assertAccessible(page)
  await dialog.getByLabel(/变更理由/).fill('按上级要求补充。')
  await dialog.getByRole('button', { name: '提出变更' }).click()
  await page.getByText('变更已提出，批准后生效').waitFor()
})

const corpus = process.env.GONGKAI_CORPUS_DIR
const documents = corpus ? readdirSync(corpus).filter((file) => /^\d+_.*\.txt$/.test(file)) : []
test('every document of the corpus comes in through the wizard', { skip: !documents.length }, async (t) => {
  const page = await openConsole(t, { seat: office })
  for (const file of documents) {
    await page.visit(`/console/${county}/import`)
    await page.locator('input[type=file]').setInputFiles({
      name: file,
      mimeType: 'text/plain',
      buffer: readFileSync(join(corpus, file)),
    })
    await page.waitForURL(/\/plans\/\d+$/)
    await page.getByText(/识别出 \d+ 项任务/).waitFor()
    assert.ok((await page.locator('.tasks > li').count()) > 0, file)
  }
})
