// Which modules the names in adapter_config.json mean. PEFT reads them in three ways: a name means each module that it is or ends;
// a text for `target_modules` is a regular expression of whole names; a key of rank_pattern or alpha_pattern is one of ends of names.
// Must not know: weights, what is done to a module.

export type ModuleNames = {
  target_modules: string | readonly string[] | null | undefined
  exclude_modules: string | readonly string[] | null | undefined
  /** Indices of the blocks that are meant; asked only where `target_modules` is a list, as PEFT does. */
  layers_to_transform: number | readonly number[] | null | undefined
}

/** Whether a module is meant; null where that cannot be told, because no name is there or a regular expression is Python's own. */
export function moduleMatcher({
  target_modules,
  exclude_modules,
  layers_to_transform,
}: ModuleNames): ((module: string) => boolean) | null {
  const targeted = namesMatcher(target_modules)
  const excluded = exclude_modules == null ? () => false : namesMatcher(exclude_modules)
  if (targeted === null || excluded === null) return null
  const layers = layers_to_transform == null ? [] : [layers_to_transform].flat()
  return (module) => targeted(module) && !excluded(module) && inLayers(module, layers, target_modules)
}

function namesMatcher(names: string | readonly string[] | null | undefined): ((module: string) => boolean) | null {
  if (names == null) return null
  if (typeof names !== 'string') return (module) => names.some((name) => module === name || module.endsWith(`.${name}`))
  if (names.toLowerCase() === 'all-linear') return (module) => !module.endsWith('lm_head')
  const whole = expression(`^(?:${names})$`)
  return whole && ((module) => whole.test(module))
}

/** A module that is named in full is meant whatever its block. */
function inLayers(module: string, layers: readonly number[], names: ModuleNames['target_modules']): boolean {
  if (layers.length === 0 || typeof names === 'string' || names?.includes(module)) return true
  const [, index] = /\.(\d+)\./.exec(module) ?? []
  return index !== undefined && layers.includes(Number(index))
}

/**
 * The value of the first key that means a module; null where none does (PEFT's get_pattern_key).
 * A key that is no regular expression here is thrown as the error that `refuse` makes of it.
 */
export function patternLookup(
  pattern: Readonly<Record<string, number>>,
  refuse: (key: string) => Error,
): (module: string) => number | null {
  const keys = Object.entries(pattern).map(([key, value]) => {
    const end = expression(`^(.*\\.)?(${key})$`)
    if (end === null) throw refuse(key)
    return { end, value }
  })
  return (module) => keys.find(({ end }) => end.test(module))?.value ?? null
}

/** Read strictly: what Python means and JavaScript would take for something else is no expression here. */
function expression(source: string): RegExp | null {
  try {
    return new RegExp(source, 'u')
  } catch {
    return null
  }
}
