// `inspect`: what a model's folder, an adapter's or a data set is, read without training anything.

import { statSync } from 'node:fs'
import { chatFormOf } from '../../config/chatForm.ts'
import { defaultSettings } from '../../config/settings.ts'
import { ProblemError, sayProblem } from '../../problem/problem.ts'
import { type AdapterReport, inspectAdapter } from '../../service/adapters.ts'
import { forecastEverywhere, forecastRun } from '../../service/fitting.ts'
import { planReport } from '../../service/planReport.ts'
import { nodeFolder } from '../../storage/nodeFolder.ts'
import { argumentsOf, deviceOf, deviceOptions, settingsFrom, wholeNumberOf } from '../arguments.ts'
import { openData, openSession, quietly, readingOf } from '../host.ts'
import { histogramLines, limitLines, packedInto } from '../lengthLines.ts'
import { memoryLines } from '../memoryLines.ts'
import { print } from '../output.ts'
import { UsageError } from '../usageError.ts'

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

export async function inspect(argv: readonly string[]): Promise<void> {
  const { values, positionals } = argumentsOf(
    argv,
    {
      ...deviceOptions,
      memory: { type: 'boolean', default: false },
      plan: { type: 'boolean', default: false },
      tokens: { type: 'string' },
      config: { type: 'string' },
      model: { type: 'string' },
      'max-length': { type: 'string' },
      'skip-bad': { type: 'boolean', default: false },
    },
    1,
  )
  const [path] = positionals
  if (path === undefined) throw new UsageError('A folder or a file is needed: inspect DIR_OR_FILE.')
  const info = statSync(path, { throwIfNoEntry: false })
  if (!info)
    throw new ProblemError({ code: 'model.unreadable', values: { message: 'there is no such folder or file' }, where: path })
  if (!info.isDirectory()) return inspectData(path, values)
  const adapter = await inspectAdapter(nodeFolder(path))
  if (adapter !== null) return printAdapter(adapter, values.json)
  const session = await openSession(deviceOf(values), path)
  const summary = session.studio.model?.summary
  if (!summary) throw new Error('the model was not opened')
  const settings = await settingsFrom(values.config, defaultSettings)
  if (values.plan) {
    const tokens = wholeNumberOf('tokens', values.tokens, 64, 2)
    const text = planReport(session.studio, settings, { rows: settings.per_device_train_batch_size, tokens })
    print(values.json, { kind: 'plan', text }, () => text)
    return
  }
  const memoryOn = values.memory ? forecastEverywhere(session.studio, settings) : null
  const memory = values.memory ? forecastRun(session.studio, settings).memory : null
  print(values.json, { kind: 'model', ...summary, ...(memory && { memory, memoryOn }) }, () =>
    [
      `${summary.name}: ${summary.architecture}, ${(summary.parameters / 1e6).toFixed(2)} M parameters, ${megabytes(summary.bytesOnDisk)} in ${summary.dtype}`,
      `  hidden_size ${summary.hidden_size}, ${summary.num_hidden_layers} layers, ${summary.num_attention_heads} heads, ${summary.num_key_value_heads} key heads, intermediate_size ${summary.intermediate_size}`,
      `  vocab_size ${summary.vocab_size}, up to ${summary.max_position_embeddings} positions, ${summary.tied ? 'tied' : 'separate'} head`,
      `  end token ${summary.endToken}, pad token ${summary.padToken}, ${summary.hasChatTemplate ? 'with' : 'without'} a chat template`,
      ...(memoryOn ? Object.entries(memoryOn).flatMap(([place, report]) => memoryLines(place, report)) : []),
    ].join('\n'),
  )
}

function printAdapter(adapter: AdapterReport, json: boolean): void {
  const { name, r, lora_alpha, use_rslora, target_modules, modules, parameters, baseModel, dtype, bytesOnDisk } = adapter
  print(json, { kind: 'adapter', ...adapter }, () =>
    [
      `${name}: a LoRA adapter, ${(parameters / 1e6).toFixed(3)} M parameters, ${megabytes(bytesOnDisk)} in ${dtype}`,
      `  r ${r}, lora_alpha ${lora_alpha}${use_rslora ? ', rsLoRA' : ''}, beside ${modules} linear layers (${[target_modules].flat().join(', ')})`,
      `  of the model ${baseModel === '' ? 'that it does not name' : baseModel}`,
    ].join('\n'),
  )
}

type DataOptions = {
  json: boolean
  config?: string | undefined
  model?: string | undefined
  'max-length'?: string | undefined
  'skip-bad': boolean
}

/** With a model its tokenizer says how long the records are, and what the length limit of the settings does to them. */
async function inspectData(file: string, { json, model, ...values }: DataOptions): Promise<void> {
  const reading = await readingOf(file)
  const lengths = model === undefined ? null : await lengthsOf(file, model, values)
  const { name, format, encoding, kind, rows, goodRows, columns, problems, moreProblems } = reading
  print(json, { ...reading, kind: 'dataset', records: kind, ...lengths?.json }, () =>
    [
      `${name}: ${rows} records in ${format} (${encoding}), ${goodRows} can be used`,
      ...columns.map(({ field, role }) => `  ${field} → ${role}`),
      ...problems.map(({ row, line, severity, problem }) => {
        const { what, remedy } = sayProblem(problem)
        return `  ${severity}, record ${row}${line === null ? '' : `, line ${line}`}: ${what} ${remedy}`
      }),
      ...(moreProblems > 0 ? [`  and ${moreProblems} more`] : []),
      ...(lengths?.lines ?? []),
    ].join('\n'),
  )
}

async function lengthsOf(file: string, model: string, values: Omit<DataOptions, 'json' | 'model'>) {
  const settings = await settingsFrom(values.config, defaultSettings)
  const asked = values['max-length']
  const max_length = asked === undefined ? settings.max_length : wholeNumberOf('max-length', asked, 2, 2)
  const session = await openSession({ choice: 'wasm' }, model)
  await openData(session, file, values['skip-bad'])
  const { mask, overlong } = settings
  const report = await session.handlers.preview(
    { mask, max_length, overlong, heldOut: null, chat: chatFormOf(settings) },
    quietly(),
  )
  const packing = packedInto(report, max_length)
  const packed = `packed into rows of at most ${packing.rowLength} tokens: ${packing.rows}`
  return {
    json: { lengths: report.statistics, packing },
    lines: [...limitLines(report), packed, ...histogramLines(report)].map((line) => `  ${line}`),
  }
}
