// How far a long piece of work is. Shown by the strip at the foot of the page and on standard error by the command line.

/** What is being done; the page has a phrase for each. */
export type Work =
  | 'starting'
  | 'reading'
  | 'pulling'
  | 'loadingModel'
  | 'tokenising'
  | 'training'
  | 'writing'
  | 'evaluating'
  | 'saving'

export type Progress = {
  work: Work
  /** Units done. */
  done: number
  /** Units in all; null when nobody knows. */
  total: number | null
  unit: 'bytes' | 'records' | 'steps' | 'tokens' | 'tensors'
}
