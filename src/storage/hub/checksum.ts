// The two checksums that the Hub states: SHA-256 of a large file's content, and git's own name of a small one, SHA-1 over
// "blob <size>\0" and the content. Both go over the bytes as they come; SubtleCrypto would want them whole. hash-wasm does 300 MB/s here.
// Must not know: files, the network.

import { createSHA1, createSHA256 } from 'hash-wasm'

/** A checksum being made. */
export type Checksum = {
  update: (bytes: Uint8Array) => void
  /** Whether the bytes so far are the ones that were stated. */
  isRight: () => boolean
}

/** @param stated with its kind in front, "sha256:…" or "git:…", in lower case; `bytes` of the whole file, which git's name begins with */
export async function startChecksum(stated: string, bytes: number): Promise<Checksum> {
  const [kind, value] = stated.split(':')
  const hasher = await (kind === 'git' ? createSHA1() : createSHA256())
  if (kind === 'git') hasher.update(new TextEncoder().encode(`blob ${bytes}\0`))
  return { update: (more) => hasher.update(more), isRight: () => hasher.digest('hex') === value }
}

/** Of bytes that are all there. */
export async function isContent(content: Uint8Array, stated: string): Promise<boolean> {
  const checksum = await startChecksum(stated, content.length)
  checksum.update(content)
  return checksum.isRight()
}
