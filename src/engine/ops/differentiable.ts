// An op with a gradient of its own, over TensorFlow.js' customGrad, with the types told once:
// the forward pass says what its backward pass will need, and the backward returns one gradient for each input.

import * as tf from '@tensorflow/tfjs-core'

export type Forward = {
  value: tf.Tensor
  /** Kept until the backward pass has run. Every tensor that `gradients` reads must be here: the scope of the forward pass frees all others. */
  saved: tf.Tensor[]
  /** The gradients of the inputs, in their order, from that of `value` and from `saved` (in its order). */
  gradients: (dValue: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor[]
}

/** Runs `forward` on `inputs`; under a tape its own backward stands in for the composed one. */
export function differentiable(inputs: tf.Tensor[], forward: (inputs: tf.Tensor[]) => Forward): tf.Tensor {
  const op = tf.customGrad((...args) => {
    // customGrad hands the tensors in and the saving function last, in one untyped row.
    const save = args.at(-1)
    const { value, saved, gradients } = forward(args.filter((argument) => argument instanceof tf.Tensor))
    if (typeof save === 'function') save(saved)
    // The tape frees each gradient once it is summed, so one that is passed through must be a tensor of its own.
    const owned = (dValue: tf.Tensor, kept: tf.Tensor[]) =>
      gradients(dValue, kept).map((gradient) => (gradient === dValue ? tf.clone(gradient) : gradient))
    return { value, gradFunc: owned }
  })
  return op(...inputs)
}
