// An op with a gradient of its own, over TensorFlow.js' customGrad, with the types told once:
// the forward pass says what its backward pass will need, and the backward returns one gradient for each input that wants one.
// What is frozen wants none: customGrad would compute the gradients of every weight under LoRA only to drop them,
// so the tensors that a trained one flows into are remembered here.

import * as tf from '@tensorflow/tfjs-core'

export type Forward = {
  value: tf.Tensor
  /** Kept until the backward pass has run. Every tensor that `gradients` reads must be here: the scope of the forward pass frees all others. */
  saved: tf.Tensor[]
  /**
   * The gradients of the inputs, in their order, from that of `value` and from `saved` (in its order).
   * Where `wanted` is false null may stand in its place; what is given all the same is not used.
   */
  gradients: (dValue: tf.Tensor, saved: tf.Tensor[], wanted: readonly boolean[]) => readonly (tf.Tensor | null)[]
}

/** What the tape under way differentiates by, and all that was computed from it. */
let tracked: WeakSet<tf.Tensor> = new WeakSet()

/** Says what the next tape differentiates by. */
export function trackGradients(parameters: readonly tf.Tensor[]): void {
  tracked = new WeakSet(parameters)
}

/** Runs `forward` on `inputs`; under a tape its own backward stands in for the composed one. */
export function differentiable(inputs: tf.Tensor[], forward: (inputs: tf.Tensor[]) => Forward): tf.Tensor {
  const wanted = inputs.map((input) => tracked.has(input))
  const op = tf.customGrad((...args) => {
    // customGrad hands the tensors in and the saving function last, in one untyped row.
    const save = args.at(-1)
    const { value, saved, gradients } = forward(args.filter((argument) => argument instanceof tf.Tensor))
    if (typeof save === 'function') save(saved)
    // customGrad asks for a tensor an input, also where the tape will not look at it.
    // The tape frees each gradient once it is summed, so one that is passed through must be a tensor of its own.
    const owned = (dValue: tf.Tensor, kept: tf.Tensor[]) => {
      const given = gradients(dValue, kept, wanted)
      return wanted.map((isWanted, at) => {
        const gradient = given[at] ?? null
        if (!isWanted || gradient === null) return tf.scalar(0)
        return gradient === dValue ? tf.clone(gradient) : gradient
      })
    }
    return { value, gradFunc: owned }
  })
  const value = op(...inputs)
  if (wanted.includes(true)) tracked.add(value)
  return value
}
