// The tensor of this engine is TensorFlow.js' own; the layers above name it through this file and call no function of the library.

import * as tf from '@tensorflow/tfjs-core'

export type Tensor = tf.Tensor

/** A float32 tensor on the device in use. The caller disposes it. */
export function fromValues(values: Float32Array, shape: readonly number[]): Tensor {
  return tf.tensor(values, [...shape], 'float32')
}

/** The values of a tensor, row by row, float32 (integers are widened). Waits for the device. */
export async function toValues(tensor: Tensor): Promise<Float32Array> {
  const values = await tensor.data()
  return values instanceof Float32Array ? values : Float32Array.from(values)
}

/** A copy with a life of its own. On the device it shares the bytes until one of the two is replaced. */
export function copyOf(tensor: Tensor): Tensor {
  return tf.clone(tensor)
}

/** Frees every tensor of a record; whatever else is held as a weight knows itself what that means. */
export function disposeAll(tensors: Readonly<Record<string, Disposable>> | readonly Disposable[]): void {
  for (const tensor of Object.values(tensors)) tensor.dispose()
}

type Disposable = { dispose: () => void }

/** Runs `work` and frees every tensor made in it but the ones it returns. Synchronous, as TensorFlow.js' own. */
export function scoped<R extends tf.TensorContainer>(work: () => R): R {
  return tf.tidy(work)
}

/** A copy of each, as `copyOf` makes it. */
export function copiesOf(tensors: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, copyOf(tensor)]))
}

/** Takes tensors out of the scope they were made in; whoever keeps them disposes them. */
export function kept(tensors: readonly Tensor[]): void {
  for (const tensor of tensors) tf.keep(tensor)
}

/** Bytes and tensors that the engine holds now. */
export function memoryHeld(): { bytes: number; tensors: number } {
  const { numBytes, numTensors } = tf.memory()
  return { bytes: numBytes, tensors: numTensors }
}
