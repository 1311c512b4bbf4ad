// What a report of measured times says of the machine.

import { readFile } from 'node:fs/promises'
import { cpus } from 'node:os'

export async function processor(): Promise<string> {
  const info = await readFile('/proc/cpuinfo', 'utf8').catch(() => '')
  return /model name\s*:\s*(.*)/.exec(info)?.[1]?.trim() ?? cpus()[0]?.model ?? 'unknown processor'
}
