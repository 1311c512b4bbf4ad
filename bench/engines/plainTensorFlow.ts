// A training step as a good user of TensorFlow.js writes it: plain ops, the library's own gradients and its Adam.
// Weights of linear layers lie [in, out], as in tf.layers, because the wasm backend has a fast product for that order alone.
// The gradient of gather is replaced: the wasm backend has no UnsortedSegmentSum.
// Must not know: our own ops.

import * as tf from '@tensorflow/tfjs-core'
// By its place, because Node cannot resolve what it imports and so it has to come into the bundle.
import '../../node_modules/@tensorflow/tfjs-core/dist/register_all_gradients.js'
import { type Engine, learningRate, rotaryAngles, settings, type Task } from './task.ts'

type Constants = { cos: tf.Tensor; sin: tf.Tensor; mask: tf.Tensor; ids: tf.Tensor1D; rows: tf.Tensor1D }

/** @param everywhere logits at all positions, those that are not learned weighted by zero; else at learned positions only */
export function plainTensorFlow(task: Task, everywhere: boolean): Engine {
  const variables = variablesOf(task)
  const constants = constantsOf(task)
  const { targets, weights } = everywhere ? targetsEverywhere(task) : targetsLearned(task)
  const optimizer = tf.train.adam(learningRate, settings.adam_beta1, settings.adam_beta2, settings.adam_epsilon)
  const list = Object.values(variables)
  const minimize = () =>
    optimizer.minimize(
      () => {
        const hidden = hiddenStates(task, variables, constants)
        const scored = everywhere ? hidden : takeRows(hidden, constants.rows)
        const logits = tf.matMul(scored, named(variables, 'model.embed_tokens.weight'), false, true)
        const labels = tf.oneHot(targets, task.shape.vocab)
        return tf.reshape(tf.losses.softmaxCrossEntropy(labels, logits, weights), [])
      },
      true,
      list,
    )
  return {
    step: async () => {
      const loss = minimize()
      const value = (await loss?.data())?.[0] ?? Number.NaN
      loss?.dispose()
      return value
    },
    peakBytes: async () => {
      const before = tf.memory().numBytes
      const { peakBytes } = await tf.profile(() => {
        minimize()?.dispose()
        return []
      })
      // Weights and two moments stay; the other tensors of this process are not its own.
      const kept = list.reduce((sum, { size }) => sum + 3 * 4 * size, 0)
      return peakBytes - before + kept
    },
    dispose: () => {
      optimizer.dispose()
      tf.dispose([list, Object.values(constants), targets, weights])
    },
  }
}

/** The layers that have weights, by the name of these; for training and for writing. */
export function layersOf(eps: number, variables: Record<string, tf.Tensor>) {
  const weight = (name: string) => named(variables, name)
  const linear = (name: string, x: tf.Tensor) => tf.matMul(x, weight(`${name}.weight`))
  const biased = (name: string, x: tf.Tensor) => tf.add(linear(name, x), weight(`${name}.bias`))
  const norm = (name: string, x: tf.Tensor) => {
    const inverseRms = tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), eps))
    return tf.mul(tf.mul(x, inverseRms), weight(`${name}.weight`))
  }
  return { weight, linear, biased, norm }
}

function hiddenStates({ config, shape }: Task, variables: Record<string, tf.Tensor>, { ids, mask, cos, sin }: Constants) {
  const { heads, kvHeads, batch, tokens } = shape
  const headDim = config.head_dim
  const { weight, linear, biased, norm } = layersOf(config.rms_norm_eps, variables)
  /** [B·T, heads·headDim] → [B, heads, T, headDim] */
  const split = (x: tf.Tensor, count: number) => tf.transpose(tf.reshape(x, [batch, tokens, count, headDim]), [0, 2, 1, 3])
  const rotated = (x: tf.Tensor) => {
    const [a, b] = tf.split(x, 2, -1)
    if (!a || !b) throw new Error('a head cannot be halved')
    return tf.concat([tf.sub(tf.mul(a, cos), tf.mul(b, sin)), tf.add(tf.mul(b, cos), tf.mul(a, sin))], -1)
  }
  // The queries that share a key head stand below one another, so that keys and values are not repeated.
  const groups = batch * kvHeads
  const stacked = (heads / kvHeads) * tokens
  const attention = (q: tf.Tensor, k: tf.Tensor, v: tf.Tensor) => {
    const keys = tf.reshape(k, [groups, tokens, headDim])
    const queries = tf.mul(tf.reshape(q, [groups, stacked, headDim]), 1 / Math.sqrt(headDim))
    const scores = tf.reshape(tf.matMul(queries, keys, false, true), [batch, heads, tokens, tokens])
    const seen = tf.reshape(tf.softmax(tf.add(scores, mask)), [groups, stacked, tokens])
    const out = tf.reshape(tf.matMul(seen, tf.reshape(v, [groups, tokens, headDim])), [batch, heads, tokens, headDim])
    return tf.reshape(tf.transpose(out, [0, 2, 1, 3]), [batch * tokens, heads * headDim])
  }

  let stream = takeRows(weight('model.embed_tokens.weight'), ids)
  for (let layer = 0; layer < shape.layers; layer++) {
    const block = `model.layers.${layer}`
    const x = norm(`${block}.input_layernorm`, stream)
    const q = rotated(split(biased(`${block}.self_attn.q_proj`, x), heads))
    const k = rotated(split(biased(`${block}.self_attn.k_proj`, x), kvHeads))
    const v = split(biased(`${block}.self_attn.v_proj`, x), kvHeads)
    stream = tf.add(stream, linear(`${block}.self_attn.o_proj`, attention(q, k, v)))
    const y = norm(`${block}.post_attention_layernorm`, stream)
    const gate = linear(`${block}.mlp.gate_proj`, y)
    const gated = tf.mul(tf.mul(gate, tf.sigmoid(gate)), linear(`${block}.mlp.up_proj`, y))
    stream = tf.add(stream, linear(`${block}.mlp.down_proj`, gated))
  }
  return norm('model.norm', stream)
}

/** tf.gather along the first axis, with a gradient that wasm can compute. */
function takeRows(table: tf.Tensor, rows: tf.Tensor1D): tf.Tensor {
  const { shape } = table
  const op = tf.customGrad((x) => {
    if (!(x instanceof tf.Tensor)) throw new Error('rows are taken of a tensor')
    return {
      value: tf.gather(x, rows),
      gradFunc: (dOut: tf.Tensor) => tf.scatterND(tf.expandDims(rows, 1), dOut, [...shape]),
    }
  })
  return op(table)
}

export function variablesOf({ weights }: Task): Record<string, tf.Variable> {
  return Object.fromEntries(
    Object.entries(weights).map(([name, { values, shape }]) => {
      const initial = tf.tidy(() => {
        const tensor = tf.tensor(values, [...shape])
        return shape.length === 2 && !name.startsWith('model.embed') ? tf.transpose(tensor) : tensor
      })
      const variable = tf.variable(initial)
      initial.dispose()
      return [name, variable]
    }),
  )
}

function constantsOf(task: Task): Constants {
  const { tokens } = task.shape
  const { cos, sin } = rotaryAngles(task)
  const mask = Float32Array.from({ length: tokens * tokens }, (_, at) => (at % tokens > Math.floor(at / tokens) ? -1e9 : 0))
  return {
    cos: tf.tensor(cos, [tokens, cos.length / tokens]),
    sin: tf.tensor(sin, [tokens, sin.length / tokens]),
    mask: tf.tensor(mask, [tokens, tokens]),
    ids: tf.tensor1d([...task.batch.ids], 'int32'),
    rows: tf.tensor1d([...task.batch.learned.rows], 'int32'),
  }
}

type Targets = { targets: tf.Tensor1D; weights: tf.Tensor1D }

function targetsLearned({ batch }: Task): Targets {
  const { targets } = batch.learned
  return { targets: tf.tensor1d([...targets], 'int32'), weights: tf.ones([targets.length]) }
}

function targetsEverywhere({ batch }: Task): Targets {
  const targets = new Int32Array(batch.ids.length)
  const weights = new Float32Array(batch.ids.length)
  for (const [at, row] of batch.learned.rows.entries()) {
    targets[row] = batch.learned.targets[at] ?? 0
    weights[row] = 1
  }
  return { targets: tf.tensor1d(targets, 'int32'), weights: tf.tensor1d(weights) }
}

function named(variables: Record<string, tf.Tensor>, name: string): tf.Tensor {
  const variable = variables[name]
  if (variable === undefined) throw new Error(`there is no ${name}`)
  return variable
}
