// Which elements a dropout keeps (Srivastava et al. 2014, JMLR 15): decided by seed and place alone, so every backend,
// however it cuts the work, drops the same ones, and a step that is done again drops them again.
// PyTorch's generator differs, so a run with dropout follows Trainer's in distribution, not number by number.

import type { Dropout } from '../../ops.ts'

/** `size` factors: 0 with probability `rate`, 1/(1 − rate) otherwise. */
export function keepMask(size: number, { rate, seed, part }: Dropout): Float32Array {
  const mask = new Float32Array(size)
  const kept = 1 / (1 - rate)
  const threshold = rate * 4_294_967_296
  const start = mixed(seedOfPart(seed, part))
  for (let at = 0; at < size; at++) if (mixed(start ^ mixed(at)) >= threshold) mask[at] = kept
  return mask
}

/** A 32-bit mixing function with little bias (Chris Wellons' "lowbias32", public domain). */
function mixed(value: number): number {
  let bits = value >>> 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d)
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b)
  return (bits ^ (bits >>> 16)) >>> 0
}

/** What a kernel needs to make the same choice with whole numbers of 32 bits: an element is kept where its own is at least `threshold`. */
export function dropoutNumbers({ rate, seed, part }: Dropout): { start: number; threshold: number; kept: number } {
  // A whole number is at least rate · 2³² just where it is at least the next whole one.
  const threshold = Math.min(Math.ceil(rate * 2 ** 32), 2 ** 32 - 1)
  return { start: seedOfPart(seed, part), threshold, kept: 1 / (1 - rate) }
}

/** The seed of a part, by its name, of something that has a seed of its own (Fowler, Noll & Vo's FNV-1a over the name, from that seed). */
export function seedOfPart(seed: number, part: string): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0
  for (const character of part) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash
}
