// `train`: the run of the tab, one line a step, and the result as a Hugging Face folder.

import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { defaultSettings, type Settings } from '../../config/settings.ts'
import { ProblemError } from '../../problem/problem.ts'
import type { BestEpoch, EpochMean, RunPlan, RunSummary, TrainStep } from '../../protocol/train.ts'
import { slotFiles } from '../../service/saving.ts'
import { modelOf } from '../../service/studio.ts'
import type { StreamedFile } from '../../storage/folder.ts'
import { nodeFolder } from '../../storage/nodeFolder.ts'
import { argumentsOf, deviceOf, deviceOptions, required, settingsFrom } from '../arguments.ts'
import { openData, openSession, quietly, type Session } from '../host.ts'
import { note, print } from '../output.ts'

export async function train(argv: readonly string[]): Promise<void> {
  const { values } = argumentsOf(argv, {
    ...deviceOptions,
    model: { type: 'string' },
    data: { type: 'string' },
    'eval-data': { type: 'string' },
    out: { type: 'string' },
    twin: { type: 'string' },
    config: { type: 'string' },
    resume: { type: 'boolean', default: false },
    'skip-bad': { type: 'boolean', default: false },
  })
  if (values.resume) throw new ProblemError({ code: 'run.not-yet', values: { feature: '--resume' }, where: '' })
  const model = required('model', values.model)
  const data = required('data', values.data)
  const out = required('out', values.out)
  refuseFile(out)
  if (values.twin !== undefined) refuseFile(values.twin)
  const asked = await settingsFrom(values.config, defaultSettings)
  const session = await openSession(deviceOf(values), model, values.adapter)
  const held = values['eval-data']
  const settings: Settings = { ...withOpenAdapter(session, asked), ...(held !== undefined && { eval_strategy: 'epoch' }) }
  await openData(session, data, values['skip-bad'])
  if (held !== undefined) await openData(session, held, values['skip-bad'], true)
  const { ended } = await trainInto(session, { slot: 'tuned', settings, skipBad: values['skip-bad'], json: values.json, out })
  if (values.twin !== undefined && (ended === 'finished' || ended === 'stopped-early')) {
    await trainInto(session, {
      slot: 'twin',
      settings: { ...settings, objective: 'pretrain' },
      skipBad: values['skip-bad'],
      json: values.json,
      out: values.twin,
    })
  }
}

/** An adapter that was given is what is trained, with its own settings where the configuration names none. */
function withOpenAdapter({ studio }: Session, settings: Settings): Settings {
  const { adapter } = modelOf(studio).slots.base
  if (settings.lora !== null || adapter === null) return settings
  const { r, lora_alpha, lora_dropout, use_rslora } = adapter.settings
  return { ...settings, lora: { r, lora_alpha, lora_dropout, use_rslora, target_modules: Object.keys(adapter.scales) } }
}

export type TrainInto = { slot: 'tuned' | 'twin'; settings: Settings; skipBad: boolean; json: boolean; out: string | null }

/** Trains a slot, printing each step, and writes it. Ctrl-C stops after the step under way and keeps what was learned. */
export async function trainInto(
  { studio, handlers }: Session,
  { slot, settings, skipBad, json, out }: TrainInto,
): Promise<RunSummary> {
  const stop = () => void handlers.stopTraining({ slot, keep: true }, quietly())
  const planned: RunPlan[] = []
  let parted = false
  const summary = await handlers
    .train(
      { slot, settings, leaveOutUnlearnable: skipBad, watch: null },
      {
        ...quietly(),
        tell: (event) => {
          if (event.kind === 'planned') {
            planned.push(event.plan)
            if (!json) noteWhatIsCut(event.plan)
            // Before this there is nothing to keep, and Ctrl-C just ends the process.
            process.once('SIGINT', stop)
          }
          if (event.kind === 'step') printStep(json, event.step, planned[0]?.totalSteps ?? 0)
          if (event.kind !== 'epoch') return
          printEpoch(json, event.epoch)
          if (!json && event.epoch.partedFrom !== null && !parted) notePartedFrom(event.epoch.partedFrom)
          parted ||= event.epoch.partedFrom !== null
        },
      },
    )
    .finally(() => process.removeListener('SIGINT', stop))
  const form = settings.lora === null ? ({ kind: 'model', dtype: 'checkpoint' } as const) : ({ kind: 'adapter' } as const)
  if (out !== null) await writeFiles(slotFiles(studio, slot, form), out)
  const { ended, steps, seconds, firstLoss, lastLoss, tokensPerSecond, best } = summary
  print(
    json,
    {
      done: true,
      ended,
      steps,
      seconds,
      firstLoss,
      lastLoss,
      tokensPerSecond,
      records: planned[0]?.records,
      rows: planned[0]?.rows,
      truncated: planned[0]?.truncated,
      dropped: planned[0]?.dropped,
      ...(best && { best, heldOut: planned[0]?.heldOut?.records }),
      out,
    },
    () =>
      [
        `${ended}: ${steps} steps in ${seconds.toFixed(1)} s`,
        `loss ${firstLoss?.toFixed(4)} → ${lastLoss?.toFixed(4)}`,
        ...(best ? [bestWords(best)] : []),
        ...(out === null ? [] : [`written to ${out}`]),
      ].join(', '),
  )
  if (summary.problem !== null) throw new ProblemError(summary.problem)
  return summary
}

/** Into a folder on disk, or `run.cannot-write`. */
export async function writeFiles(files: readonly StreamedFile[], out: string): Promise<void> {
  const folder = nodeFolder(out)
  try {
    for (const file of files) await folder.write(file.path, file.chunks())
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new ProblemError({ code: 'run.cannot-write', values: { message }, where: out })
  }
}

/** Nothing is cut or left out silently; with --json the last line has the same numbers. */
function noteWhatIsCut({ truncated, dropped, records, rows, heldOut }: RunPlan): void {
  if (rows < records) note(`${records} records are packed into ${rows} rows.`)
  if (truncated > 0) note(`${truncated} of ${records} records are too long and are cut: their end token is not learned.`)
  if (dropped > 0) note(`${dropped} records are too long and are left out.`)
  if (heldOut === null) return
  note(
    `${heldOut.records} records (${heldOut.learnedTokens} learned tokens) are held out: their loss is measured, never learned.`,
  )
  if (heldOut.truncated > 0) note(`${heldOut.truncated} held-out records are too long and are cut.`)
  if (heldOut.unused > 0) note(`${heldOut.unused} held-out records are too long or have nothing to learn and are not measured.`)
}

/** With --json a line where something was measured; the steps have lines of their own. */
function printEpoch(json: boolean, { epoch, step, meanLoss, evalLoss, seconds }: EpochMean): void {
  if (json) {
    if (evalLoss !== null) console.log(JSON.stringify({ step, epoch, evalLoss }))
    return
  }
  const held = evalLoss === null ? '' : `, held-out loss ${evalLoss.toFixed(4)}`
  console.log(`epoch ${epoch}: mean loss ${meanLoss.toFixed(4)}${held}, ${seconds.toFixed(1)} s`)
}

function notePartedFrom(epoch: number): void {
  note(`From epoch ${epoch} on it learns the records by heart: the held-out loss rises while the training loss falls.`)
}

function bestWords({ epoch, evalLoss, restored }: BestEpoch): string {
  return `held-out loss lowest after epoch ${epoch} (${evalLoss.toFixed(4)})${restored ? ', whose weights are kept' : ''}`
}

function printStep(
  json: boolean,
  { step, epoch, loss, gradNorm, learningRate, tokensPerSecond }: TrainStep,
  totalSteps: number,
): void {
  print(json, { step, epoch, loss, gradNorm, learningRate, tokensPerSecond }, () =>
    [
      `step ${step}/${totalSteps}`,
      `epoch ${epoch.toFixed(2)}`,
      `loss ${loss.toFixed(4)}`,
      `grad norm ${gradNorm.toFixed(3)}`,
      `rate ${learningRate.toExponential(2)}`,
      `${tokensPerSecond.toFixed(0)} tokens/s`,
    ].join('  '),
  )
}

/** Before an hour of training, not after it. */
export function refuseFile(out: string): void {
  let place = resolve(out)
  while (!existsSync(place)) place = dirname(place)
  if (!statSync(place).isDirectory())
    throw new ProblemError({ code: 'run.cannot-write', values: { message: `${place} is a file, not a folder` }, where: out })
  if (place === resolve(out) && readdirSync(out).length > 0)
    note(`${out} is not empty: files of the same names will be replaced.`)
}
