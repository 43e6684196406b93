// A real Chromium at the console of a real stack, for the tests.
//
//   const page = await openConsole(t, { seat: { role: 'office', division } })
//   await page.visit('/console/divisions/370126')
//
// A page that writes an error to the browser's console, or breaks its own policy, fails its test.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

export const url = process.env.GONGKAI_URL
export const seed = JSON.parse(process.env.GONGKAI_SEED ?? '{}')

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const shots = process.env.GONGKAI_SHOTS

// One browser for a file of tests.
let browser
export async function launch() {
  browser ??= await chromium.launch({
    executablePath: process.env.GONGKAI_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
  return browser
}
export async function shutDown() {
  await browser?.close()
}

// `t`: the test, which closes the page. `expected`: errors that the test brings about on purpose.
export async function openConsole(t, { seat, width = 1366, height = 768, expected = [] } = {}) {
  const context = await (await launch()).newContext({
    viewport: { width, height },
    locale: 'zh-CN',
    acceptDownloads: true,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  if (seat) {
    await page.addInitScript((value) => {
      if (!localStorage.getItem('gongkai.seat')) localStorage.setItem('gongkai.seat', value)
    }, JSON.stringify(seat))
  }
  t.after(async () => {
    if (shots) await page.screenshot({ path: `${shots}/${t.name.replace(/\W+/g, '_')}.png`, fullPage: true })
    await context.close()
    // That there is no such service is how the console learns to hide what needs it.
    const known = [/status of 404/, ...expected]
    assert.deepEqual(faults.filter((text) => !known.some((one) => one.test(text))), [])
  })
  return Object.assign(page, {
    faults,
    visit: (path) => page.goto(url + path),
    // The page's title has come, and whatever it reads.
    settled: async () => {
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.locator('.skeleton, [aria-busy="true"]').first().waitFor({ state: 'detached' })
    },
  })
}

// No rule of WCAG 2.1 A and AA is broken on the page as it is.
export async function assertAccessible(page) {
  // The page's own policy forbids scripts from elsewhere, so the checker comes by the browser.
  await page.evaluate(axe)
  const violations = await page.evaluate(async () => {
    const result = await globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    })
    return result.violations.map(
      (one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
    )
  })
  assert.deepEqual(violations, [])
}

export async function assertFitsItsWidth(page) {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ])
  assert.ok(content <= window, `the page is ${content} px wide in a window of ${window} px`)
}
