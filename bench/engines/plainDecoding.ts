// Writing with a key/value cache as a good user of TensorFlow.js does it: one token at a time, keys and values of each layer grown by `tf.concat`,
// the likeliest token picked on the device and read. One row.
// Must not know: our own ops.

import * as tf from '@tensorflow/tfjs-core'
import { layersOf, variablesOf } from './plainTensorFlow.ts'
import { rotaryAngles, type Task } from './task.ts'

type Cache = { keys: tf.Tensor; values: tf.Tensor }[]
type Angles = { cos: tf.Tensor; sin: tf.Tensor }

/** Writes so many tokens behind the prompt; what was written. */
export type Writer = { write: (prompt: readonly number[], count: number) => Promise<number[]>; dispose: () => void }

export function plainDecoding(task: Task): Writer {
  const variables = variablesOf(task)
  const { cos, sin } = rotaryAngles(task)
  const shape: [number, number] = [task.shape.tokens, task.config.head_dim / 2]
  const angles = { cos: tf.tensor(cos, shape), sin: tf.tensor(sin, shape) }
  return {
    write: async (prompt, count) => {
      let cache: Cache = []
      let ids = [...prompt]
      let held = 0
      const written: number[] = []
      while (written.length < count) {
        const { next, grown } = tf.tidy(() => pass(task, variables, angles, { ids, held, cache }))
        const [id = 0] = await next.data()
        next.dispose()
        disposeCache(cache)
        cache = grown
        held += ids.length
        ids = [id]
        written.push(id)
      }
      disposeCache(cache)
      return written
    },
    dispose: () => tf.dispose([Object.values(variables), Object.values(angles)]),
  }
}

function disposeCache(cache: Cache): void {
  for (const { keys, values } of cache) tf.dispose([keys, values])
}

type Input = { ids: readonly number[]; held: number; cache: Cache }

function pass({ config, shape }: Task, variables: Record<string, tf.Tensor>, angles: Angles, { ids, held, cache }: Input) {
  const { heads, kvHeads, layers } = shape
  const [headDim, tokens] = [config.head_dim, ids.length]
  const { weight, linear, biased, norm } = layersOf(config.rms_norm_eps, variables)
  /** [T, heads·headDim] → [heads, T, headDim] */
  const split = (x: tf.Tensor, count: number) => tf.transpose(tf.reshape(x, [tokens, count, headDim]), [1, 0, 2])
  const [cos, sin] = [angles.cos, angles.sin].map((table) => tf.slice(table, [held, 0], [tokens, headDim / 2]))
  const rotated = (x: tf.Tensor) => {
    const [a, b] = tf.split(x, 2, -1)
    if (!a || !b || !cos || !sin) throw new Error('a head cannot be halved')
    return tf.concat([tf.sub(tf.mul(a, cos), tf.mul(b, sin)), tf.add(tf.mul(b, cos), tf.mul(a, sin))], -1)
  }
  const mask = tokens === 1 ? null : tf.mul(tf.sub(1, tf.linalg.bandPart(tf.ones([tokens, tokens]), -1, 0)), -1e9)
  const grown: Cache = []
  const attention = (q: tf.Tensor, layer: number, k: tf.Tensor, v: tf.Tensor) => {
    const before = cache[layer]
    const keys = before ? tf.concat([before.keys, k], 1) : k
    const values = before ? tf.concat([before.values, v], 1) : v
    grown.push({ keys, values })
    const stacked = (heads / kvHeads) * tokens
    const queries = tf.mul(tf.reshape(q, [kvHeads, stacked, headDim]), 1 / Math.sqrt(headDim))
    const scores = tf.reshape(tf.matMul(queries, keys, false, true), [heads, tokens, held + tokens])
    const seen = tf.reshape(tf.softmax(mask ? tf.add(scores, mask) : scores), [kvHeads, stacked, held + tokens])
    const out = tf.reshape(tf.matMul(seen, values), [heads, tokens, headDim])
    return tf.reshape(tf.transpose(out, [1, 0, 2]), [tokens, heads * headDim])
  }
  let stream = tf.gather(weight('model.embed_tokens.weight'), tf.tensor1d([...ids], 'int32'))
  for (let layer = 0; layer < layers; layer++) {
    const block = `model.layers.${layer}`
    const x = norm(`${block}.input_layernorm`, stream)
    const q = rotated(split(biased(`${block}.self_attn.q_proj`, x), heads))
    const k = rotated(split(biased(`${block}.self_attn.k_proj`, x), kvHeads))
    const v = split(biased(`${block}.self_attn.v_proj`, x), kvHeads)
    stream = tf.add(stream, linear(`${block}.self_attn.o_proj`, attention(q, layer, k, v)))
    const y = norm(`${block}.post_attention_layernorm`, stream)
    const gate = linear(`${block}.mlp.gate_proj`, y)
    const gated = tf.mul(tf.mul(gate, tf.sigmoid(gate)), linear(`${block}.mlp.up_proj`, y))
    stream = tf.add(stream, linear(`${block}.mlp.down_proj`, gated))
  }
  const last = tf.slice(norm('model.norm', stream), [tokens - 1, 0], [1, config.hidden_size])
  const logits = tf.matMul(last, weight('model.embed_tokens.weight'), false, true)
  return { next: tf.argMax(logits, -1), grown }
}
