// A training step in jax-js on its wasm or WebGPU device, jitted whole: forward, backward and Adam are one function.
// An array that is used more than once is passed as `.ref`, which is jax-js' ownership rule.
// Must not know: our own ops.

import './iterators.ts'
import { defaultDevice, getWebGPUDevice, init, jit, nn, numpy as np, valueAndGrad } from '@jax-js/jax'
import { type Engine, learningRate, type Place, rotaryAngles, settings, type Task } from './task.ts'

type Arrays = Record<string, np.Array>

const mapOf = (arrays: Arrays, make: (array: np.Array, name: string) => np.Array): Arrays =>
  Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, make(array, name)]))

/** The logits are made at learned positions only. */
export async function jaxEngine(task: Task, place: Place): Promise<Engine> {
  // jax-js asks which browser it is in where there is a navigator, and Node's, given one for WebGPU, does not say.
  if (typeof navigator === 'object' && !navigator.userAgent)
    Object.defineProperty(navigator, 'userAgent', { value: 'Node', configurable: true })
  await init(place)
  defaultDevice(place)
  const failed = place === 'webgpu' ? failuresOf(getWebGPUDevice()) : () => null
  const constants = constantsOf(task)
  const step = jit((parameters: Arrays, first: Arrays, second: Arrays, corrections: np.Array, given: Arrays) => {
    const [loss, gradients] = valueAndGrad((weights: Arrays) => lossOf(task, weights, given))(refs(parameters))
    return { loss, ...adam(parameters, gradients, first, second, corrections) }
  })

  let parameters: Arrays = Object.fromEntries(
    Object.entries(task.weights).map(([name, { values, shape }]) => [name, np.array(values).reshape([...shape])]),
  )
  let first = mapOf(parameters, (array) => np.zeros(array.shape))
  let second = mapOf(parameters, (array) => np.zeros(array.shape))
  let count = 0
  return {
    step: async () => {
      count += 1
      const corrections = np.array([1 - settings.adam_beta1 ** count, 1 - settings.adam_beta2 ** count])
      const made = step(parameters, first, second, corrections, refs(constants))
      parameters = made.parameters
      first = made.first
      second = made.second
      const [loss = Number.NaN] = await made.loss.data()
      const failure = failed()
      if (failure !== null) throw new Error(failure)
      return loss
    },
    peakBytes: async () => null,
    dispose: () => {
      for (const arrays of [parameters, first, second, constants]) for (const array of Object.values(arrays)) array.dispose()
      step.dispose()
    },
  }
}

/** The first error that the device reports: behind one, numbers are wrong. */
function failuresOf(device: GPUDevice): () => string | null {
  let failure: string | null = null
  device.addEventListener('uncapturederror', ({ error }) => {
    failure ??= error.message
  })
  return () => failure
}

const refs = (arrays: Arrays): Arrays => mapOf(arrays, (array) => array.ref)

function adam(parameters: Arrays, gradients: Arrays, first: Arrays, second: Arrays, corrections: np.Array) {
  const { adam_beta1: beta1, adam_beta2: beta2, adam_epsilon: epsilon } = settings
  const [firstCorrection, secondCorrection] = np.split(corrections, 2)
  if (!firstCorrection || !secondCorrection) throw new Error('Adam has two corrections')
  const gradient = (name: string) => named(gradients, name)
  const nextFirst = mapOf(first, (m, name) => m.mul(beta1).add(gradient(name).mul(1 - beta1)))
  const nextSecond = mapOf(second, (v, name) => v.mul(beta2).add(np.square(gradient(name)).mul(1 - beta2)))
  const nextParameters = mapOf(parameters, (parameter, name) => {
    const m = named(nextFirst, name).div(firstCorrection.ref)
    const v = named(nextSecond, name).div(secondCorrection.ref)
    return parameter.sub(m.div(np.sqrt(v).add(epsilon)).mul(learningRate))
  })
  for (const array of [...Object.values(gradients), firstCorrection, secondCorrection]) array.dispose()
  return { parameters: nextParameters, first: nextFirst, second: nextSecond }
}

/** Consumes the weights; what is given is not. */
function lossOf({ config, shape }: Task, weights: Arrays, given: Arrays): np.Array {
  const { batch, tokens, heads, kvHeads, layers } = shape
  const headDim = config.head_dim
  const weight = (name: string) => named(weights, name)
  const linear = (name: string, x: np.Array) => np.matmul(x, weight(`${name}.weight`).transpose())
  const biased = (name: string, x: np.Array) => linear(name, x).add(weight(`${name}.bias`))
  const norm = (name: string, x: np.Array) => {
    const meanSquare = np.mean(np.square(x.ref), -1, { keepdims: true })
    return x.div(np.sqrt(meanSquare.add(config.rms_norm_eps))).mul(weight(`${name}.weight`))
  }
  const split = (x: np.Array, count: number) => x.reshape([batch, tokens, count, headDim])
  const rotated = (x: np.Array) => {
    const [a, b] = np.split(x, 2, -1)
    if (!a || !b) throw new Error('a head cannot be halved')
    const [cos, sin] = [named(given, 'cos'), named(given, 'sin')]
    const low = a.ref.mul(cos.ref).sub(b.ref.mul(sin.ref))
    return np.concatenate([low, b.mul(cos).add(a.mul(sin))], -1)
  }

  let stream = np.take(weight('model.embed_tokens.weight'), named(given, 'ids'), 0)
  for (let layer = 0; layer < layers; layer++) {
    const block = `model.layers.${layer}`
    const x = norm(`${block}.input_layernorm`, stream.ref)
    const q = rotated(split(biased(`${block}.self_attn.q_proj`, x.ref), heads))
    const k = rotated(split(biased(`${block}.self_attn.k_proj`, x.ref), kvHeads))
    const v = split(biased(`${block}.self_attn.v_proj`, x), kvHeads)
    const attended = nn.dotProductAttention(q, k, v, { isCausal: true }).reshape([batch * tokens, heads * headDim])
    stream = stream.add(linear(`${block}.self_attn.o_proj`, attended))
    const y = norm(`${block}.post_attention_layernorm`, stream.ref)
    const gated = nn.silu(linear(`${block}.mlp.gate_proj`, y.ref)).mul(linear(`${block}.mlp.up_proj`, y))
    stream = stream.add(linear(`${block}.mlp.down_proj`, gated))
  }
  const hidden = norm('model.norm', stream)
  // By a product with one-hot rows, small beside the others: jax-js 0.1.25 cannot jit the gradient of this `take`.
  const learned = np.matmul(nn.oneHot(named(given, 'rows'), batch * tokens), hidden)
  const logits = np.matmul(learned, weight('model.embed_tokens.weight').transpose())
  const chosen = named(given, 'chosen')
  const losses = nn.logsumexp(logits.ref, -1).sub(np.sum(logits.mul(chosen), -1))
  for (const array of Object.values(weights)) array.dispose()
  return np.mean(losses)
}

function constantsOf(task: Task): Arrays {
  const { cos, sin } = rotaryAngles(task)
  const angles = (values: Float32Array<ArrayBuffer>) =>
    np.array(values).reshape([1, task.shape.tokens, 1, task.config.head_dim / 2])
  const { ids, learned } = task.batch
  return {
    cos: angles(cos),
    sin: angles(sin),
    ids: np.array(Int32Array.from(ids)),
    rows: np.array(Int32Array.from(learned.rows)),
    chosen: oneHotRows(learned.targets, task.shape.vocab),
  }
}

/** [rows, width] with a one in each row: `nn.oneHot` of jax-js 0.1.25 makes a square of the width, more than wasm can hold for large vocabularies. */
function oneHotRows(ids: readonly number[], width: number): np.Array {
  const ones = new Float32Array(ids.length * width)
  for (const [row, id] of ids.entries()) ones[row * width + id] = 1
  return np.array(ones).reshape([ids.length, width])
}

/** One more reference to the array. */
function named(arrays: Arrays, name: string): np.Array {
  const array = arrays[name]
  if (array === undefined) throw new Error(`there is no ${name}`)
  return array.ref
}
