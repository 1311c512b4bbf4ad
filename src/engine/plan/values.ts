// What a plan is made of: values, which are tensors known by shape and not by their numbers.
// Must not know: addresses, kernels, language models.

export type Dtype = 'f32' | 'i32' | 'bf16'

export type Value = {
  id: number
  /** For a reader of the printed plan. */
  name: string
  shape: readonly number[]
  dtype: Dtype
  /**
   * state: lives between runs and between plans (weights, their gradients, the optimiser's moments, a cache).
   * feed: written before a run, from outside. scratch: the plan's own, in an arena that its values share by their lifetimes.
   */
  kind: 'state' | 'feed' | 'scratch'
  /** Set where it is some rows of another value and has no memory of its own: that value, and the first element. */
  within: { value: Value; from: number } | null
}

/** A number that is said at each run: the learning rate, how many tokens a cache holds. */
export type Scalar = { scalar: string }

/** For what a layer with this weight gives: its name without ".weight". */
export function layerName(weight: Value): string {
  return weight.name.replace(/\.weight$/, '')
}

/** The rows [from, from + count) of a value, in its memory. */
export function rowsOf(value: Value, from: number, count: number): Value {
  const [, ...rest] = value.shape
  const width = rest.reduce((size, length) => size * length, 1)
  return { ...value, shape: [count, ...rest], within: { value, from: from * width } }
}

/** The value whose memory it lies in. */
export function rootOf(value: Value): Value {
  return value.within ? rootOf(value.within.value) : value
}

/** Elements between the beginning of that memory and its own. */
export function offsetOf(value: Value): number {
  return value.within ? value.within.from + offsetOf(value.within.value) : 0
}

export function elementsOf({ shape }: Pick<Value, 'shape'>): number {
  return shape.reduce((size, length) => size * length, 1)
}

export function bytesOfElement({ dtype }: Pick<Value, 'dtype'>): number {
  return dtype === 'bf16' ? 2 : 4
}

export function bytesOf(value: Pick<Value, 'shape' | 'dtype'>): number {
  return elementsOf(value) * bytesOfElement(value)
}
