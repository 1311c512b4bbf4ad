// Set-up and all stages of `npm test`, with a heading and a time for each and the sum as the last line.

import { buildKernels } from '../kernels/build.mjs'
import { browserMissing, findBrowser } from '../setup/browser.mjs'
import { prepareDebian } from '../setup/debian.mjs'
import { installPackages } from '../setup/packages.mjs'
import { runStage } from './runStage.mjs'
import { stages } from './stages.mjs'

/** @param {number} since */
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`

/** Runs everything; returns how many checks failed. Rejects when the packages cannot be installed. */
export async function runAll() {
  const started = Date.now()
  installPackages()
  prepareDebian()
  await buildKernels()
  if (findBrowser() === null) console.log(`Set-up: ${browserMissing} The tests of the page will fail.`)
  console.log(`Set-up: ${seconds(started)}`)
  const sum = { passed: 0, failed: 0, skipped: 0 }
  const table = []
  for (const stage of stages) {
    console.log(`\n== ${stage.name} ==`)
    const stageStarted = Date.now()
    const { passed, failed, skipped } = await runStage(stage)
    sum.passed += passed
    sum.failed += failed
    sum.skipped += skipped
    const line = `${stage.name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}, ${seconds(stageStarted)}`
    console.log(line)
    table.push(line)
  }
  console.log(`\n${table.join('\n')}\nAll: ${seconds(started)}`)
  if (sum.skipped > 0) console.log(`${sum.skipped} skipped: what they need is not on this machine; they say what.`)
  console.log(`${sum.passed} passed, ${sum.failed} failed`)
  return sum.failed
}
