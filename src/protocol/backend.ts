// Where the tensors live, and why there.

export type BackendName = 'webgpu' | 'wasm' | 'cpu'
export type BackendChoice = BackendName | 'auto'

/** Why a backend was taken; the page and the command line have a sentence for each. */
export type BackendReason =
  | 'asked-for'
  | 'gpu-found'
  | 'gpu-is-software'
  | 'no-webgpu'
  | 'no-adapter'
  | 'gpu-failed'
  | 'no-wasm-simd'

/**
 * What computes a training step. plan: laid out once a shape and replayed by kernels of our own, on wasm and webgpu.
 * eager: each op by itself as TensorFlow.js operations, on any backend.
 */
export type EngineName = 'plan' | 'eager'

export type BackendRequest = {
  choice: BackendChoice
  /** The engine that is fastest there unless one is named. */
  engine?: EngineName
  /** Of the engine "plan"; as many as the host finds good unless said. */
  threads?: number
}

export type BackendReport = {
  backend: BackendName
  reason: BackendReason
  engine: EngineName
  /** The adapter's own words, empty when there is none. */
  adapter: string
  /** Threads that train, of the engine "plan" or of the wasm backend; 1 elsewhere. */
  threads: number
  /** Why the engine "plan" has one thread although more were wanted, in the host's own words; empty where it is not so. */
  threadsRefused: string
  /** Whether the page is cross-origin isolated, which threads need. true on the command line. */
  isolated: boolean
}
