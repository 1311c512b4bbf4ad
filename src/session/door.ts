// The one worker of this tab, for every store: `call` asks it, `onRestart` tells when it had to be replaced.
// Nothing is started before the first call. Must not know: what the calls mean.

import { createClient } from './client.ts'
import { startWorker } from './startWorker.ts'

export const { call, onRestart } = createClient(startWorker)
