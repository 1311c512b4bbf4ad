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

export type BackendReport = {
  backend: BackendName
  reason: BackendReason
  /** The adapter's own words, empty when there is none. */
  adapter: string
  /** Threads of the wasm backend; 1 elsewhere. */
  threads: number
  /** Whether the page is cross-origin isolated, which threads need. true on the command line. */
  isolated: boolean
}
