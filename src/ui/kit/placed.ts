// Things of a list whose only identity is their place in it (tokens, segments, problems), as React wants them: with that place as key.

export function placed<T>(items: readonly T[]): readonly { place: string; item: T }[] {
  return items.map((item, index) => ({ place: String(index), item }))
}
