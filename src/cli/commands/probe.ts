// `probe`: logits, loss and gradients of one batch, for holding an implementation against another.

import { readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { ProblemError } from '../../problem/problem.ts'
import { probeModel, readProbeBatch } from '../../service/probing.ts'
import { nodeFolder } from '../../storage/nodeFolder.ts'
import { argumentsOf, deviceOf, deviceOptions, required } from '../arguments.ts'
import { openSession } from '../host.ts'
import { print } from '../output.ts'

export async function probe(argv: readonly string[]): Promise<void> {
  const { values } = argumentsOf(argv, {
    ...deviceOptions,
    model: { type: 'string' },
    batch: { type: 'string' },
    out: { type: 'string' },
  })
  const file = required('batch', values.batch)
  const out = required('out', values.out)
  const json = await readJson(file)
  const { studio } = await openSession(deviceOf(values), required('model', values.model), values.adapter)
  const batch = readProbeBatch(studio, json, file)
  const { file: numbers, loss, gradients } = await probeModel(studio, batch, basename(out))
  try {
    await nodeFolder(dirname(out)).write(numbers.path, numbers.chunks())
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new ProblemError({ code: 'run.cannot-write', values: { message }, where: out })
  }
  print(
    values.json,
    { loss, gradients, backend: studio.backend?.backend, out },
    () => `loss ${loss.toFixed(6)}, logits and ${gradients} gradients written to ${out}`,
  )
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ProblemError({ code: 'run.batch', values: { reason }, where: file })
  }
}
