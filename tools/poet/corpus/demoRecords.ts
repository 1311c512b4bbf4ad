// Reads the demo data that ships with the page, for the tests of what the corpus and the tokenizer owe it.
// The form is checked here, so that the tests hold records and not unknown JSON.
import { readFileSync } from 'node:fs'

export type DemoRecord = { readonly instruct: string; readonly input: string; readonly label: string }

function isDemoRecord(value: unknown): value is DemoRecord {
  if (typeof value !== 'object' || value === null) return false
  const fields = Object.entries(value)
  return fields.map(([name]) => name).join() === 'instruct,input,label' && fields.every(([, text]) => typeof text === 'string')
}

/** The records of `public/data/poems.<language>.json`. Throws if one has other fields than the three strings. */
export function demoRecords(language: 'zh' | 'en'): readonly DemoRecord[] {
  const records: unknown = JSON.parse(readFileSync(`public/data/poems.${language}.json`, 'utf8'))
  if (!Array.isArray(records) || !records.every(isDemoRecord)) throw new Error('The demo data has another form')
  return records
}

/** Every Han character of the Chinese demo data, once. */
export function demoCharacters(): readonly string[] {
  const text = demoRecords('zh').flatMap(({ instruct, input, label }) => [instruct, input, label])
  return [...new Set(text.join('').match(/\p{Script=Han}/gu) ?? [])]
}
