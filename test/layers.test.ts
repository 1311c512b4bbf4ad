// Holds the walls of the house against the lint rules that build them: every forbidden import is refused, with one
// sentence that says where the code belongs, and every allowed one passes. So no rule can die in silence.
// Must not know: any source of the project; it lints snippets of its own in a folder of its own.

import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as v from 'valibot'
import { beforeAll, describe, expect, it } from 'vitest'

/** From a folder under src/ to what it may import beside itself and problem/. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  ui: ['session', 'protocol', 'config', 'react', 'react-dom', '@base-ui/react/dialog', 'uplot', '@tanstack/react-virtual'],
  session: ['protocol', 'config'],
  protocol: ['config'],
  config: [],
  worker: ['service', 'protocol', 'config', 'storage'],
  cli: ['service', 'protocol', 'config', 'storage'],
  service: ['sft', 'models', 'engine', 'formats', 'storage', 'config', 'protocol'],
  sft: ['models', 'engine', 'formats', 'config', 'protocol'],
  models: ['engine', 'config', 'formats/json'],
  engine: ['protocol', '@tensorflow/tfjs-core'],
  formats: ['storage', 'config', 'protocol'],
  storage: [],
  problem: [],
}
const packages = [
  'react',
  'react-dom/client',
  '@base-ui/react/dialog',
  'uplot',
  '@tanstack/react-virtual',
  '@tensorflow/tfjs-core',
]
const folders = Object.keys(mayImport)
const targets = [...folders, 'formats/json', ...packages]
const importRule = 'lint/style/noRestrictedImports'
const globalRule = 'lint/style/noRestrictedGlobals'
const pageGlobals = ['document', 'window', 'localStorage']

function isAllowed(from: string, to: string): boolean {
  if (from === to || to === `${from}/json`) return true
  if (to === 'problem') return from !== 'config'
  const allowed = mayImport[from] ?? []
  return allowed.includes(to) || allowed.includes(to.split('/')[0] ?? to)
}

const snippetPath = (from: string, to: string) => `src/${from}/${to.replaceAll(/\W/g, '_')}.ts`
function snippet(from: string, to: string): string {
  const target = packages.includes(to) ? to : `../${to}/some.ts`
  return from === 'protocol' ? `import type { Some } from '${target}'\n\nexport type Own = Some\n` : `import '${target}'\n`
}

const reportSchema = v.object({
  diagnostics: v.array(v.object({ message: v.string(), category: v.string(), location: v.object({ path: v.string() }) })),
})
type Finding = { message: string; category: string }

/** Lints files (path → text) under a copy of the project's rules. */
async function lint(files: ReadonlyMap<string, string>): Promise<(path: string) => readonly Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tabtune-layers-'))
  try {
    const rules = await readFile('biome.json', 'utf8')
    await writeFile(join(folder, 'biome.json'), rules.replace(/"vcs": \{[^}]*\},/, ''))
    await cp('tools/lint', join(folder, 'tools/lint'), { recursive: true })
    for (const [path, text] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    const biome = join(process.cwd(), 'node_modules/@biomejs/biome/bin/biome')
    const output = await new Promise<string>((resolve) => {
      const options = { cwd: folder, maxBuffer: 1 << 26 }
      const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.']
      execFile(process.execPath, args, options, (_, stdout) => resolve(stdout))
    })
    const { diagnostics } = v.parse(reportSchema, JSON.parse(output))
    return (path) => diagnostics.filter(({ location }) => location.path === path)
  } finally {
    await rm(folder, { recursive: true })
  }
}

const casts =
  "export const read = (text: string): unknown => JSON.parse(text) as string[]\nexport const two = ['a', 'b'] as const\n"
let found: (path: string) => readonly Finding[]

beforeAll(async () => {
  const files = new Map<string, string>()
  for (const from of folders) for (const to of targets) files.set(snippetPath(from, to), snippet(from, to))
  for (const from of folders) {
    for (const name of pageGlobals) files.set(`src/${from}/uses_${name}.ts`, `export const own = ${name}\n`)
  }
  files.set('src/protocol/value.ts', "import { codes } from '../problem/problem.ts'\n\nexport const own = codes\n")
  files.set('src/sft/casts.ts', casts)
  files.set('src/sft/any.ts', 'export const own = (value: any) => value\n')
  files.set('src/sft/bang.ts', 'export const own = (value: string | null) => value!.length\n')
  files.set('src/sft/default.ts', 'export default 1\n')
  files.set('src/sft/one.ts', "import { two } from './two.ts'\n\nexport const one = () => two()\n")
  files.set('src/sft/two.ts', "import { one } from './one.ts'\n\nexport const two = (): unknown => one\n")
  found = await lint(files)
})

describe.each(folders)('%s/', (from) => {
  it('may import what lies below it', () => {
    for (const to of targets) if (isAllowed(from, to)) expect(found(snippetPath(from, to)), to).toEqual([])
  })
  it('may import nothing else, and is told in one sentence where the code belongs', () => {
    for (const to of targets) {
      if (isAllowed(from, to)) continue
      const messages = found(snippetPath(from, to)).flatMap(({ category, message }) => (category === importRule ? [message] : []))
      expect(messages, to).toEqual([expect.stringMatching(/^(?=.*(\w\/|layer)).+\.$/)])
    }
  })
  it('touches the page only above the door', () => {
    const refused = pageGlobals.filter((name) =>
      found(`src/${from}/uses_${name}.ts`).some(({ category }) => category === globalRule),
    )
    expect(refused).toEqual(from === 'ui' || from === 'session' ? [] : pageGlobals)
  })
})

it.each([
  ['code at the door', 'src/protocol/value.ts', 'plugin'],
  ['a cast, but not as const', 'src/sft/casts.ts', 'lint/nursery/noUnsafeTypeAssertion'],
  ['any', 'src/sft/any.ts', 'lint/suspicious/noExplicitAny'],
  ['a non-null assertion', 'src/sft/bang.ts', 'lint/style/noNonNullAssertion'],
  ['a default export', 'src/sft/default.ts', 'lint/style/noDefaultExport'],
  ['a cycle of imports', 'src/sft/one.ts', 'lint/suspicious/noImportCycles'],
])('refuses %s', (_, path, category) => {
  const findings = found(path).filter((finding) => finding.category === category)
  expect(findings).toHaveLength(1)
})
