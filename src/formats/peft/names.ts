// The names that PEFT gives an adapter's tensors, and the plain ones that are used here:
// base_model.model.<module>.lora_A.weight on disk, <module>.lora_A.weight here.
// Must not know: what is in the tensors.

const prefix = 'base_model.model.'
const lowRank = /^(.+)\.lora_([AB])(?:\.([^.]+))?\.weight$/

/**
 * From the names on disk to plain ones. A state dict that was never saved has the adapter's name in the middle (lora_A.default.weight);
 * it is left out where it is one and the same. What is no lora_A or lora_B only loses its prefix.
 */
export function plainNames(names: readonly string[]): ReadonlyMap<string, string> {
  const adapters = new Set(names.map((name) => lowRank.exec(name)?.[3] ?? ''))
  const plain = names.map((name): [string, string] => {
    const short = name.startsWith(prefix) ? name.slice(prefix.length) : name
    return [name, adapters.size === 1 ? short.replace(lowRank, '$1.lora_$2.weight') : short]
  })
  return new Map(plain)
}

/** The module and the half of a plain name; null for another tensor. */
export function moduleOf(plainName: string): { module: string; half: 'A' | 'B' } | null {
  const [, module, half, adapter] = lowRank.exec(plainName) ?? []
  if (module === undefined || adapter !== undefined) return null
  return { module, half: half === 'A' ? 'A' : 'B' }
}

export function savedName(plainName: string): string {
  return prefix + plainName
}
