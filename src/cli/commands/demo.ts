// `demo`: the whole loop without a page, on the demo poems with the embedded model: loss curve, four panes (six with the twin), verdicts.

import { chatFormOf } from '../../config/chatForm.ts'
import { presets } from '../../config/presets.ts'
import type { Evaluation } from '../../protocol/generate.ts'
import type { Slot } from '../../protocol/model.ts'
import { argumentsOf, deviceOf, deviceOptions, oneOf, settingsFrom, wholeNumberOf } from '../arguments.ts'
import { openData, openSession, quietly } from '../host.ts'
import { oneLine, print } from '../output.ts'
import { verdictWords } from './evaluate.ts'
import { refuseFile, trainInto } from './train.ts'

const EMBEDDED = 'public/models/tabtune-poet'

export async function demo(argv: readonly string[]): Promise<void> {
  const { values } = argumentsOf(argv, {
    ...deviceOptions,
    lang: { type: 'string' },
    config: { type: 'string' },
    out: { type: 'string' },
    record: { type: 'string' },
    'no-twin': { type: 'boolean', default: false },
  })
  const language = oneOf('lang', values.lang, ['zh', 'en'], 'zh')
  const settings = await settingsFrom(values.config, presets.firstMinute)
  const record = wholeNumberOf('record', values.record, 1, 1)
  if (values.out !== undefined) refuseFile(values.out)
  const { json } = values
  const startedMs = performance.now()
  const session = await openSession(deviceOf(values), EMBEDDED)
  await openData(session, `public/data/poems.${language}.json`, false)
  const { ended } = await trainInto(session, { slot: 'tuned', settings, skipBad: false, json, out: values.out ?? null })
  const slots: Slot[] = ['base', 'tuned']
  if (!values['no-twin'] && (ended === 'finished' || ended === 'stopped-early')) {
    await trainInto(session, { slot: 'twin', settings: { ...settings, objective: 'pretrain' }, skipBad: false, json, out: null })
    slots.push('twin')
  }
  const evaluation = await session.handlers.evaluate({ slots, max_new_tokens: 64, chat: chatFormOf(settings) }, quietly())
  printPanes(json, evaluation, record)
  for (const { slot, verdict } of evaluation.slots) {
    print(json, { ...verdict.score, slot, verdict: verdict.kind }, () => `${slot.padEnd(6)} ${verdictWords(verdict)}`)
  }
  const seconds = (performance.now() - startedMs) / 1000
  print(json, { done: true, seconds }, () => `${seconds.toFixed(1)} s in all`)
}

/** One record in every pane. */
function printPanes(json: boolean, { slots }: Evaluation, record: number): void {
  for (const { slot, records } of slots) {
    const judged = records[record - 1]
    if (!judged) continue
    const { instruct, input, label, fromInstruct, fromBoth } = judged
    print(json, { slot, instruct, input, label, fromInstruct: fromInstruct.text, fromBoth: fromBoth.text }, () =>
      [
        slot === 'base' ? `\n${oneLine(instruct)} ${oneLine(input)}\nlabel: ${oneLine(label)}\n` : '',
        `${slot.padEnd(6)} instruct           ${oneLine(fromInstruct.text)}`,
        `${slot.padEnd(6)} instruct + input   ${oneLine(fromBoth.text)}`,
      ]
        .filter((line) => line !== '')
        .join('\n'),
    )
  }
}
