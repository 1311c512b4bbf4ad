// Which Hub is asked, and with whose token. The token stays in this tab's memory and is gone with it, unless the person wants it kept.
// Must not know: what is fetched.

import { recall, remember } from './memory.ts'
import { createStore, type Readable } from './store.ts'

export type HubAccess = {
  /** As it was typed; empty: the Hub itself. */
  endpoint: string
  token: string
  keepsToken: boolean
}

const key = 'tabtune.hub'
const held = createStore<HubAccess>(remembered())

export const hubAccess: Readable<HubAccess> = held

export function changeHubAccess(change: Partial<HubAccess>) {
  const next = { ...held.get(), ...change }
  held.set(next)
  remember(key, { endpoint: next.endpoint, ...(next.keepsToken && { token: next.token }) })
}

function remembered(): HubAccess {
  const value = recall(key)
  const from: Readonly<Record<string, unknown>> = typeof value === 'object' && value !== null ? { ...value } : {}
  const { endpoint, token } = from
  return {
    endpoint: typeof endpoint === 'string' ? endpoint : '',
    token: typeof token === 'string' ? token : '',
    keepsToken: typeof token === 'string',
  }
}
