// `export`: the model, with an adapter merged into it, or an adapter, as the files that other tools load.

import { slotFiles } from '../../service/saving.ts'
import { argumentsOf, deviceOf, deviceOptions, oneOf, required } from '../arguments.ts'
import { openSession } from '../host.ts'
import { print } from '../output.ts'
import { UsageError } from '../usageError.ts'
import { refuseFile, writeFiles } from './train.ts'

const dtypes = { checkpoint: 'checkpoint', f32: 'F32', f16: 'F16', bf16: 'BF16' } as const

export async function exportModel(argv: readonly string[]): Promise<void> {
  const { values } = argumentsOf(argv, {
    ...deviceOptions,
    model: { type: 'string' },
    format: { type: 'string' },
    dtype: { type: 'string' },
    out: { type: 'string' },
  })
  const format = oneOf('format', required('format', values.format), ['hf', 'peft'], 'hf')
  const dtype = dtypes[oneOf('dtype', values.dtype, ['checkpoint', 'f32', 'f16', 'bf16'], 'checkpoint')]
  if (format === 'peft' && dtype !== 'checkpoint')
    throw new UsageError('--dtype goes with --format hf: an adapter is written in f32.')
  const out = required('out', values.out)
  refuseFile(out)
  const { studio } = await openSession(deviceOf(values), required('model', values.model), values.adapter)
  const files = slotFiles(studio, 'base', format === 'peft' ? { kind: 'adapter' } : { kind: 'model', dtype })
  await writeFiles(files, out)
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  print(values.json, { format, out, files: files.map(({ path }) => path), bytes }, () =>
    [`${out}: ${(bytes / 1e6).toFixed(1)} MB`, ...files.map(({ path }) => `  ${path}`)].join('\n'),
  )
}
