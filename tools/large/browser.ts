// How much JavaScript's memory grows in Chromium while the large checkpoint is dropped on the page and writes its first tokens:
// one line of JSON.
//   node tools/run.mjs tools/large/browser.ts --model DIR

import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { dropPaths } from '../../test/page/hand.ts'
import { around, goTo, modelIsReady, stepSays } from '../../test/page/steps.ts'
import { openStudio, type Studio } from '../../test/page/studio.ts'
import { buildPage } from '../setup/page.mjs'

const { values } = parseArgs({ options: { model: { type: 'string', default: '' } } })

const usageSchema = v.object({ result: v.object({ usedSize: v.number(), backingStorageSize: v.number() }) })

/** Milliseconds between two looks at the worker's memory. */
const LOOK_MS = 100

/** Looks at the memory of the page's worker again and again: objects, and array buffers beside those that the kernels compute in. */
async function watchWorker({ page }: Studio): Promise<{ most: () => number; now: () => number; stop: () => void }> {
  const session = await page.context().newCDPSession(page)
  let [most, now] = [0, 0]
  let worker: string | null = null
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') worker ??= sessionId
  })
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const parsed = v.safeParse(usageSchema, JSON.parse(message))
    if (!parsed.success) return
    const { usedSize, backingStorageSize } = parsed.output.result
    now = usedSize + backingStorageSize
    most = Math.max(most, now)
  })
  // Not flat: the sessions of workers are spoken to through this one.
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  let id = 0
  const timer = setInterval(() => {
    id++
    const message = JSON.stringify({ id, method: 'Runtime.getHeapUsage' })
    if (worker !== null) session.send('Target.sendMessageToTarget', { sessionId: worker, message }).catch(() => undefined)
  }, LOOK_MS)
  return { most: () => most, now: () => now, stop: () => clearInterval(timer) }
}

await buildPage()
const studio = await openStudio()
const { page, words } = studio
await modelIsReady(studio)
const watch = await watchWorker(studio)
await page.waitForTimeout(2000)
const before = watch.now()
const startedMs = performance.now()
await dropPaths(page, [resolve(values.model)])
await stepSays(
  studio,
  'model',
  around((parameters) => words.app.modelReady('qwen2.5-0.5b-random', parameters)),
  300_000,
)
const openedMs = performance.now()
await goTo(studio, 'play')
const main = page.getByRole('main')
await main.getByRole('textbox', { name: words.playground.subject.instruct }).fill('The sky is')
await main.getByRole('textbox', { name: words.playground.sampling.max_new_tokens.name }).fill('4')
await page.keyboard.press('Enter')
const write = main.getByRole('button', { name: new RegExp(`^${words.playground.write}`) })
await write.click()
await main.getByRole('button', { name: words.playground.stop, exact: true }).waitFor({ state: 'visible', timeout: 60_000 })
await write.waitFor({ state: 'visible', timeout: 300_000 })
watch.stop()
const seconds = (performance.now() - startedMs) / 1000
console.log(
  JSON.stringify({
    growth: watch.most() - before,
    before,
    seconds,
    openedSeconds: (openedMs - startedMs) / 1000,
    complaints: studio.complaints,
  }),
)
await studio.close()
process.exit(0)
