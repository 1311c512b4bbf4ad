// JSON as a type, and the few questions that readers ask of it.
// Fields are asked for as own properties only, so a file that brings `__proto__` or `constructor` gets nothing by it.
// Must not know: what any file means.

export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = { readonly [field: string]: Json }
export type JsonKind = 'null' | 'boolean' | 'number' | 'text' | 'list' | 'object'

/** Throws a SyntaxError, as JSON.parse does. */
export function parseJson(text: string): Json {
  const value: Json = JSON.parse(text)
  return value
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isJsonList(value: unknown): value is readonly Json[] {
  return Array.isArray(value)
}

/** The object's own field; undefined when it has none of this name. */
export function fieldOf(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

export function jsonKind(value: Json): JsonKind {
  if (value === null) return 'null'
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'boolean'
  return isJsonList(value) ? 'list' : 'object'
}
