// Runs one stage of `npm test` in a process group of its own and counts its checks. Never hangs: a stage over its limit is ended.
// Must not know: which stages there are.

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const reports = join(root, '.cache', 'test')

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/**
 * The tests that Vitest's JSON report counts. A file that could not even be loaded counts as one failed test.
 * @param {string} text
 * @returns {Count}
 */
export function countReport(text) {
  /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  const report = JSON.parse(text)
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length, skipped: report.numPendingTests }
}

/** @param {import('node:child_process').ChildProcess} child */
function end(child) {
  if (child.pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

/**
 * Runs a stage. Its output is shown as it comes when it has tests to report, otherwise only if it fails.
 * @param {import('./stages.mjs').Stage} stage
 * @returns {Promise<Count>}
 */
export function runStage({ name, command, counts, limitMinutes }) {
  const report = join(reports, `${name.toLowerCase().replaceAll(' ', '-')}.json`)
  mkdirSync(reports, { recursive: true })
  rmSync(report, { force: true })
  const reporters = counts === 'report' ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : []
  const args = [...command, ...reporters]
  const environment = { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' }
  const child = spawn(process.execPath, args, { cwd: root, env: environment, detached: process.platform !== 'win32' })
  let held = ''
  const take = (/** @type {Buffer} */ chunk) => {
    if (counts === 'report') process.stdout.write(chunk)
    else held += chunk
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  const stop = () => end(child)
  process.once('exit', stop)
  return new Promise((resolve) => {
    let late = false
    const limit = setTimeout(() => {
      late = true
      end(child)
    }, limitMinutes * 60_000)
    child.on('close', (status) => {
      clearTimeout(limit)
      process.off('exit', stop)
      end(child)
      if (late) console.log(`${name} took more than ${limitMinutes} minutes and was ended.`)
      if (status !== 0) process.stdout.write(held)
      const wrong = status === 0 ? 0 : 1
      if (counts === 'one') return resolve({ passed: 1 - wrong, failed: wrong, skipped: 0 })
      if (!existsSync(report)) return resolve({ passed: 0, failed: 1, skipped: 0 })
      const count = countReport(readFileSync(report, 'utf8'))
      return resolve({ ...count, failed: Math.max(count.failed, wrong) })
    })
  })
}
