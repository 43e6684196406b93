// Writes the types of the contract's JSON to src/contract/, from the protos. They are types only:
// the build leaves them out, `npm run check` needs them.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const console_ = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const protos = resolve(console_, '../../../proto')
const google = join(protos, 'node_modules/google-proto-files')
const out = join(console_, 'src/contract')

const own = readdirSync(join(protos, 'gongkai'), { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.proto'))
  .map((file) => `gongkai/${file}`)
const imported = ['annotations', 'field_behavior', 'http', 'httpbody'].map(
  (name) => `google/api/${name}.proto`,
)

rmSync(out, { recursive: true, force: true })
mkdirSync(out)
execFileSync('protoc', [
  `-I${protos}`, `-I${google}`, '-I/usr/include',
  `--plugin=${join(console_, 'node_modules/.bin/protoc-gen-es')}`,
  `--es_out=${out}`, '--es_opt=target=dts,json_types=true',
  ...own, ...imported,
])
