// One file from a Hub into a folder: as one stream, and after a broken connection from the byte where it broke. Written here because
// @huggingface/hub gives a Blob, which can neither be resumed in a later session nor checked against a checksum as it comes.
// A file that changed on the server is noticed by the ETag of the answer: If-Range would do that in one go, but the Hub's store of large
// files lets no page send it (its Access-Control-Allow-Headers), while a plain Range may go anywhere. Nothing of two files is ever mixed.
// Must not know: other files, how progress is shown.

import { ProblemError } from '../../problem/problem.ts'
import type { PartialFolder } from '../partialFolder.ts'
import { type HeldFile, openHeldFile } from './heldFile.ts'
import type { HubFile } from './repository.ts'
import { type Access, type Answer, ask, broken, patience, type Subject } from './request.ts'

export type TransferEvents = {
  /** Bytes of it that are held now. */
  onHeld: (bytes: number) => void
  /** What was held was of another file and is dropped. */
  onAnew: () => void
}

/** Answers in a row that do not fit to what is held, before it is given up. */
const changesAllowed = 3

/**
 * `begun` says what the folder holds of it. Resolves when it is whole and right; else rejects, and what is held stays for the next attempt.
 * Asks the folder about no other file, because those may be finished at this very moment.
 */
export async function transfer(
  access: Access,
  folder: PartialFolder,
  subject: Subject,
  wanted: HubFile,
  begun: { held: number; etag: string | null },
  events: TransferEvents,
): Promise<void> {
  const { path, url, bytes, checksum } = wanted
  const note = { url, bytes, checksum, etag: begun.etag }
  const file = await openHeldFile(folder, { path, held: begun.held, note })
  let isWhole = false
  try {
    await fetchRest(access, file, subject, wanted, events)
    isWhole = file.isRight()
    if (!isWhole) {
      events.onAnew()
      await file.restart(null)
      await fetchRest(access, file, subject, wanted, events)
      isWhole = file.isRight()
    }
    if (isWhole) await file.finish()
  } finally {
    if (!isWhole) await file.close()
  }
  if (isWhole) return
  // Begun and not discarded: the folder must not look whole without it.
  await folder.begin(path, { url, bytes, checksum, etag: null })
  throw new ProblemError({ code: 'hub.wrong-content', values: { file: path }, where: subject.repository })
}

async function fetchRest(
  access: Access,
  file: HeldFile,
  subject: Subject,
  { url, bytes, path }: HubFile,
  { onHeld, onAnew }: TransferEvents,
): Promise<void> {
  const patient = patience(access)
  let changes = 0
  onHeld(file.held())
  while (file.held() < bytes) {
    const held = file.held()
    const answer = await ask(access, url, subject, held > 0 ? { Range: `bytes=${held}-` } : {})
    if (answer.failed) {
      await patient.after(answer)
      continue
    }
    const fit = fitOf(answer.response, file, bytes)
    if (fit === 'other') {
      await answer.drop()
      changes += 1
      if (changes >= changesAllowed)
        throw new ProblemError({ code: 'hub.wrong-content', values: { file: path }, where: subject.repository })
      if (held > 0) onAnew()
      await file.restart(null)
      continue
    }
    if (fit === 'whole' && held > 0) await file.restart(etagOf(answer.response))
    else if (held === 0 || file.etag() === null) await file.setEtag(etagOf(answer.response))
    try {
      await takeAll(answer, file, bytes, onHeld, patient.progressed)
      if (file.held() < bytes) throw new Error('the answer ended early')
    } catch (error) {
      if (error instanceof ProblemError) throw error
      await file.flush()
      await patient.after(broken(access, error))
    }
  }
  await file.flush()
}

async function takeAll(
  { pieces }: Answer,
  file: HeldFile,
  bytes: number,
  onHeld: (bytes: number) => void,
  onPiece: () => void,
): Promise<void> {
  for await (const piece of pieces()) {
    // More than was stated is another file: its checksum will say so.
    await file.append(piece.subarray(0, bytes - file.held()))
    onPiece()
    onHeld(file.held())
    if (file.held() >= bytes) return
  }
}

/** rest: goes on where the file ends. whole: begins with its first byte. other: of another file than the one that is held. */
function fitOf(response: Response, file: HeldFile, bytes: number): 'rest' | 'whole' | 'other' {
  const now = etagOf(response)
  const before = file.etag()
  const isSame = file.held() === 0 || now === null || before === null || now === before
  if (response.status === 200) return isSame || file.held() === 0 ? 'whole' : 'other'
  if (response.status !== 206 || !isSame) return 'other'
  // A mirror that does not let a page see this header is believed until the checksum is asked.
  const range = response.headers.get('Content-Range')
  return range === null || range === `bytes ${file.held()}-${bytes - 1}/${bytes}` ? 'rest' : 'other'
}

/** A store that compresses on the way says so with a weak tag, for the same bytes. */
function etagOf({ headers }: Response): string | null {
  return headers.get('ETag')?.replace(/^W\//, '') ?? null
}
