// node embed_list.mjs DIST LIST: names the files of the built console for assets.cc.
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const [dist, list] = process.argv.slice(2).map((path) => resolve(path))
const lines = readdirSync(dist, { recursive: true })
  .map(String)
  .filter((file) => statSync(join(dist, file)).isFile())
  .sort()
  .map((file, number) => `CONSOLE_FILE(${number}, "/${file}", "${join(dist, file)}")\n`)
writeFileSync(list, lines.join(''))
