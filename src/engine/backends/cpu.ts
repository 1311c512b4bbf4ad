// TensorFlow.js' plain JavaScript backend: everywhere, and very slow.

import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'

/** Makes cpu the backend in use. */
export async function asCpu(): Promise<void> {
  // The library would advise another backend on standard error, where a command's one line belongs.
  tf.enableProdMode()
  await tf.setBackend('cpu')
  await tf.ready()
}
