// House rules that no linter knows: a file opens with a comment, has at most 400 lines, and names no machine.
// `npm run house` prints what breaks them, and the median length, which STYLE of this project wants at 150 or less.
// Looks at files that git knows or would take; must not know what is in them beyond their words.

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const longestAllowed = 400
const medianWanted = 150

const code = /\.(ts|tsx|mjs|css|wgsl|grit)$/
const text = /\.(ts|tsx|mjs|css|wgsl|grit|json|md|html|yml|svg)$|^\.ci\/|^\.npmrc$|^\.gitignore$/
/** A style sheet of one component: the component beside it says what it is for. */
const speaksForItself = /\.module\.css$/
const opening = /^(#!.*\n)?\s*(\/\/|\/\*|<!--)[ \t]*[^\s/]/

/** What no file may say, and why. @type {readonly (readonly [RegExp, string])[]} */
const forbidden = [
  [/(?<![\w.:/*-])\/(?:work|root|home|Users|tmp)\/\w/, 'names a folder of one machine'],
  [/"resolved":\s*"https?:/, 'names the registry that one machine installs from'],
  [/\bTODO\b|\bFIXME\b|\bXXX\b/, 'keeps a note for later; open an issue instead'],
  [/biome-ignore|@ts-ignore|@ts-expect-error|@ts-nocheck/, 'turns a check off'],
]

/**
 * The faults of one file, as sentences. Exported for its test.
 * @param {string} path
 * @param {string} content
 */
export function faultsOf(path, content) {
  /** @type {string[]} */
  const faults = []
  const lines = content.split('\n')
  if (code.test(path)) {
    if (!speaksForItself.test(path) && !opening.test(content))
      faults.push('does not open with a comment that says what it is for')
    const length = content.endsWith('\n') ? lines.length - 1 : lines.length
    if (length > longestAllowed) faults.push(`has ${length} lines; split it by subject, ${longestAllowed} is the most`)
  }
  for (const [pattern, reason] of forbidden) {
    const line = lines.findIndex((words) => pattern.test(words))
    if (line >= 0) faults.push(`line ${line + 1} ${reason}`)
  }
  return faults
}

function checkAll() {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  const own = ['tools/checkHouse.mjs', 'tools/checkHouse.test.ts']
  const paths = listed.split('\n').filter((path) => text.test(path) && !own.includes(path) && existsSync(`${root}/${path}`))
  /** @type {number[]} */
  const lengths = []
  let faults = 0
  for (const path of paths) {
    const content = readFileSync(`${root}/${path}`, 'utf8')
    if (code.test(path)) lengths.push(content.split('\n').length - 1)
    for (const fault of faultsOf(path, content)) {
      faults += 1
      console.error(`${path}: ${fault}.`)
    }
  }
  lengths.sort((a, b) => a - b)
  const median = lengths[Math.floor(lengths.length / 2)] ?? 0
  console.log(`${lengths.length} files of code, median ${median} lines, longest ${lengths.at(-1) ?? 0}.`)
  if (median > medianWanted) {
    faults += 1
    console.error(`The median length is ${median} lines; ${medianWanted} or less is wanted.`)
  }
  return faults
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(checkAll() > 0 ? 1 : 0)
