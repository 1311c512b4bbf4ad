// A batch as JSON, checked, and what the model makes of it, as a safetensors file under the names of the reference numbers:
// `logits` [B, T, V], `loss` [1], and `grad.` with the name of each parameter that is trained.

import * as v from 'valibot'
import { valuesOf, type Weight } from '../engine/weight.ts'
import { savedName } from '../formats/peft/names.ts'
import { safetensorsBytes, safetensorsChunks, type TensorToWrite } from '../formats/safetensors/write.ts'
import type { Decoder } from '../models/decoder.ts'
import { decoderOnDevice, disposeDecoder } from '../models/held.ts'
import { ProblemError } from '../problem/problem.ts'
import { IGNORED } from '../sft/example.ts'
import { learnedOf, type Probe, type ProbeBatch, probe, probeByPlan } from '../sft/probe.ts'
import type { StreamedFile } from '../storage/folder.ts'
import { placedFor } from './placing.ts'
import { decoderOf, exclusively, modelOf, type Studio } from './studio.ts'

const rows = v.array(v.array(v.pipe(v.number('must be numbers'), v.integer('must be whole numbers')), 'must be a list of rows'))
const batchSchema = v.object({ input_ids: rows, attention_mask: rows, labels: rows })

/** Checks a parsed batch file against the open model. Rejects with `run.batch` or `model.ids-out-of-range`. */
export function readProbeBatch(studio: Studio, json: unknown, where: string): ProbeBatch {
  const { config } = modelOf(studio)
  const refused = (reason: string) => new ProblemError({ code: 'run.batch', values: { reason }, where })
  const parsed = v.safeParse(batchSchema, json)
  if (!parsed.success) {
    const [issue] = parsed.issues
    throw refused(`${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`)
  }
  const batch = parsed.output
  const width = batch.input_ids[0]?.length ?? 0
  if (width === 0) throw refused('input_ids holds no tokens')
  for (const name of ['input_ids', 'attention_mask', 'labels'] as const) {
    if (batch[name].length !== batch.input_ids.length || batch[name].some((row) => row.length !== width))
      throw refused(`${name} has not ${batch.input_ids.length} rows of ${width}`)
  }
  for (const [at, row] of batch.attention_mask.entries()) checkMask(row, at, batch.labels[at] ?? [], refused)
  const labelled = batch.labels.flat().filter((label) => label !== IGNORED)
  const outside = [...batch.input_ids.flat(), ...labelled].find((id) => id < 0 || id >= config.vocab_size)
  if (outside !== undefined)
    throw new ProblemError({ code: 'model.ids-out-of-range', values: { id: outside, rows: config.vocab_size }, where })
  if (learnedOf(batch).targets.length === 0) throw refused('labels holds no token to learn: all are -100 or first in their row')
  return batch
}

function checkMask(
  mask: readonly number[],
  row: number,
  labels: readonly number[],
  refused: (reason: string) => ProblemError,
): void {
  if (!/^0*1+0*$/.test(mask.join('')))
    throw refused(`attention_mask, row ${row}: one run of 1 is expected, with 0 before or behind it`)
  // A padded position predicts nothing that means anything, so nothing can be learned there.
  const stray = labels.findIndex((label, at) => at > 0 && label !== IGNORED && mask[at - 1] === 0)
  if (stray >= 0) throw refused(`labels, row ${row}: position ${stray} is learned behind padding`)
}

export type ProbedFile = {
  /** Numbers on the device are read when they are written. */
  file: StreamedFile
  /** In nats. */
  loss: number
  gradients: number
}

/** Probes the base model, with its adapter where one is open. */
export function probeModel(studio: Studio, batch: ProbeBatch, path: string): Promise<ProbedFile> {
  return exclusively(studio, 'probing', async () => {
    const model = decoderOf(studio, 'base')
    const numbers =
      studio.target === null
        ? await probeEagerly(model, batch)
        : await probeByPlan(model, batch, { target: studio.target, placed: await placedFor(studio, model) })
    const [loss = Number.NaN] = await valuesOf(numbers.loss)
    const names = Object.keys(numbers.gradients)
    return {
      file: fileOf(path, numbers, batch, model.adapter === null ? (name) => name : savedName),
      loss,
      gradients: names.length,
    }
  })
}

async function probeEagerly(model: Decoder<Weight>, batch: ProbeBatch): Promise<Probe> {
  const own = await decoderOnDevice(model)
  const numbers = probe(own, batch)
  disposeDecoder(own)
  return numbers
}

function fileOf(
  path: string,
  { logits, loss, gradients }: Probe<Weight>,
  batch: ProbeBatch,
  savedName: (name: string) => string,
): StreamedFile {
  const shape = [batch.input_ids.length, batch.input_ids[0]?.length ?? 0, logits.shape[1] ?? 0]
  const tensors = [
    tensorToWrite('logits', shape, logits),
    tensorToWrite('loss', [1], loss),
    ...Object.entries(gradients).map(([name, gradient]) => tensorToWrite(`grad.${savedName(name)}`, gradient.shape, gradient)),
  ]
  return { path, bytes: safetensorsBytes(tensors), chunks: () => safetensorsChunks(tensors) }
}

/** Freed once it is read: a probe is written once. */
function tensorToWrite(name: string, shape: readonly number[], tensor: Weight): TensorToWrite {
  return {
    name,
    shape,
    dtype: 'F32',
    values: async () => {
      const values = await valuesOf(tensor)
      tensor.dispose()
      return values
    },
  }
}
