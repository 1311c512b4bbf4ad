// How stages are counted: by their exit status or by their report, and never less than one failure when one went wrong.

import { expect, it } from 'vitest'
import { countReport, runStage } from './runStage.mjs'

const stage = (code: string) => ({ name: 'Trial', command: ['-e', code], counts: 'one' as const, limitMinutes: 1 })

it('counts a stage by its exit status', async () => {
  expect(await runStage(stage(''))).toEqual({ passed: 1, failed: 0, skipped: 0 })
  expect(await runStage(stage('process.exit(3)'))).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

it('ends a stage that takes too long, with all that it started', async () => {
  const child =
    "require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'inherit' })"
  const started = Date.now()
  expect(await runStage({ ...stage(child), limitMinutes: 0.01 })).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(Date.now() - started).toBeLessThan(10_000)
})

it('counts a stage without a report as failed', async () => {
  expect(await runStage({ ...stage(''), counts: 'report' })).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

it('counts a file that could not be loaded beside the tests that failed', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{ status: 'failed' }] },
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
  ]
  const text = JSON.stringify({ numPassedTests: 1, numFailedTests: 1, numPendingTests: 0, testResults })
  expect(countReport(text)).toEqual({ passed: 1, failed: 2, skipped: 0 })
})
