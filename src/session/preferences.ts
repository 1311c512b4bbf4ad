// How the page should look and speak: what the person chose, or what the browser says.
// Must not know: the words and the colours themselves.

import { recall, remember } from './memory.ts'
import { createStore, type Readable } from './store.ts'

export type Language = 'en' | 'zh'
export type Theme = 'auto' | 'light' | 'dark'
export type Preferences = { language: Language; theme: Theme }

const key = 'tabtune.preferences'
const held = createStore<Preferences>(remembered())

export const preferences: Readable<Preferences> = held

export function chooseLanguage(language: Language) {
  change({ ...held.get(), language })
}

export function chooseTheme(theme: Theme) {
  change({ ...held.get(), theme })
}

/** The first of the browser's languages that the page speaks; English if there is none. */
export function preferredLanguage(languages: readonly string[]): Language {
  for (const language of languages) {
    const [primary] = language.toLowerCase().split('-')
    if (primary === 'zh') return 'zh'
    if (primary === 'en') return 'en'
  }
  return 'en'
}

function change(next: Preferences) {
  held.set(next)
  remember(key, next)
}

function remembered(): Preferences {
  const value = recall(key)
  const from: Readonly<Record<string, unknown>> = typeof value === 'object' && value !== null ? { ...value } : {}
  const { language, theme } = from
  return {
    language: language === 'en' || language === 'zh' ? language : preferredLanguage(globalThis.navigator?.languages ?? []),
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
  }
}
