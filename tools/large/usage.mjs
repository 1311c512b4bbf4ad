// Loaded before a measured process' own code: at its end it writes its peak resident memory (bytes) and its processor time (seconds)
// into the file that the environment names.

import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const { TABTUNE_USAGE: file } = process.env
  if (!file) return
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  writeFileSync(file, JSON.stringify({ peakBytes: maxRSS * 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 }))
})
