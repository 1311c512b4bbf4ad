// The gradients of the few TensorFlow.js operations that stand between our ops on the tape. Ours carry their own (differentiable.ts);
// the library registers its whole list only from a module that Node cannot load beside the packaged core.

import * as tf from '@tensorflow/tfjs-core'

const one = (dy: tf.Tensor | tf.Tensor[]): tf.Tensor => {
  const tensor = Array.isArray(dy) ? dy[0] : dy
  if (!tensor) throw new Error('a gradient without its value')
  return tensor
}

tf.registerGradient({
  kernelName: 'Reshape',
  inputsToSave: ['x'],
  gradFunc: (dy, [x]) => ({ x: () => tf.reshape(one(dy), x?.shape ?? []) }),
})

tf.registerGradient({
  kernelName: 'Transpose',
  gradFunc: (dy, _, attributes) => {
    const permutation = Array.isArray(attributes['perm']) ? attributes['perm'].map(Number) : []
    const inverse = permutation.map((_axis, at) => permutation.indexOf(at))
    return { x: () => tf.transpose(one(dy), inverse) }
  },
})
