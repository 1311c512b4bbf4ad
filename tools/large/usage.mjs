// Loaded before a measured process' own code: at its end it writes its peak resident memory, in bytes, into the file that the environment names.

import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const { TABTUNE_USAGE: file } = process.env
  if (file) writeFileSync(file, String(process.resourceUsage().maxRSS * 1024))
})
