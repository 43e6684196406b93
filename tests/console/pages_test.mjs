// Every page, from every seat that has it: nothing breaks, nothing overflows on a phone, and axe
// finds nothing.
import { after, test } from 'node:test'
import { assertAccessible, assertFitsItsWidth, openConsole, seed, shutDown } from './browser.mjs'

const unit = seed.units['县财政局']
const seats = {
  supervisor: { role: 'supervisor', division: 'divisions/370000' },
  office: { role: 'office', division: seed.county },
  clerk: { role: 'clerk', division: seed.county, unit },
  head: { role: 'head', division: seed.county, unit },
  admin: { role: 'admin', division: seed.county },
}
const pages = {
  supervisor: ['/console/start', '/console/divisions/370000?view=heat', '/console/divisions/370100', '/console/nowhere'],
  office: [
    ...['today', 'plans', 'import', 'links', 'board', 'review', 'reminders', 'orders', 'calendar', 'policies',
      'policies?view=gaps', 'targets'].map((one) => `/console/${seed.county}/${one}`),
    `/console/${seed.plan}`,
    `/console/${seed.plan}/tasks/2`,
  ],
  clerk: ['work', 'work?view=recurring', 'work?view=claims', 'work?view=sent', 'calendar'].map((one) => `/console/${unit}/${one}`),
  head: [`/console/${unit}`],
  admin: [...['units', 'groups', 'audit', 'webhooks'].map((one) => `/console/${seed.county}/${one}`), '/console/calendars'],
}
after(shutDown)

for (const [role, paths] of Object.entries(pages)) {
  test(`pages of ${role}`, async (t) => {
    for (const path of paths) {
      await t.test(path, async (t) => {
        const page = await openConsole(t, { seat: seats[role] })
        await page.visit(path)
        await page.settled()
        await assertAccessible(page)
        await page.setViewportSize({ width: 390, height: 844 })
        await assertFitsItsWidth(page)
      })
    }
  })
}

test('an office begins with its navigation by keyboard alone', async (t) => {
  const page = await openConsole(t, { seat: seats.office })
  await page.visit(`/console/${seed.county}/today`)
  await page.settled()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.locator('#content:focus').waitFor()
})

test('due dates leave as a calendar file', async (t) => {
  const page = await openConsole(t, { seat: seats.office })
  await page.visit(`/console/${seed.county}/calendar?month=${seed.year}-12`)
  await page.settled()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 .ics' }).click()])
  const chunks = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  if (!/^BEGIN:VCALENDAR\r\n[\s\S]*DTSTART;VALUE=DATE:\d{8}\r\n[\s\S]*END:VCALENDAR\r\n$/.test(text)) {
    throw new Error(`no calendar: ${text.slice(0, 400)}`)
  }
})

test('the chain of the audit trail is checked from the page', async (t) => {
  const page = await openConsole(t, { seat: seats.admin })
  await page.visit(`/console/${seed.county}/audit`)
  await page.getByRole('button', { name: '校验记录链' }).click()
  await page.getByText(/记录完整：已校验 [1-9]/).waitFor()
})
