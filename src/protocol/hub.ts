// What the door says about models from the Hub.

export type PullRequest = {
  /** owner/name */
  repository: string
  /** A branch, a tag or a commit; null: main. */
  revision: string | null
  /** The Hub or a mirror, without a slash at its end. */
  endpoint: string
  /** Of the person's account, for gated and private models. Kept nowhere by the worker. */
  token: string | null
}

export type PullProgress = {
  /** Bytes of all files, and how many of them are here. */
  bytes: number
  done: number
  /** null in the first second, and after what was held had to be dropped. */
  bytesPerSecond: number | null
  secondsLeft: number | null
  files: readonly { path: string; bytes: number; done: number }[]
  /** Files that had changed since an earlier attempt, and were begun anew. */
  anew: readonly string[]
}

/** A download that was stopped, or that a closed tab or a failure left. */
export type UnfinishedPull = {
  repository: string
  revision: string | null
  /** Bytes of all files, and how many of them are here. */
  bytes: number
  done: number
}
