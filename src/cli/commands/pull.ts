// `pull`: a model from the Hub into a folder that the other commands take as --model. Run again after whatever ended it, it goes on.
// A token comes in an environment variable: arguments are seen by every program on the machine.

import { endpointNamed, repositoryNamed } from '../../config/hub.ts'
import type { PullProgress } from '../../protocol/hub.ts'
import { findModelOnHub } from '../../service/pulling.ts'
import { nodePartialFolder } from '../../storage/nodePartialFolder.ts'
import { argumentsOf, required } from '../arguments.ts'
import { note, print } from '../output.ts'
import { UsageError } from '../usageError.ts'

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
const msBetweenLines = 1000

export async function pull(argv: readonly string[]): Promise<void> {
  const options = {
    endpoint: { type: 'string' },
    'token-env': { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean', default: false },
  } as const
  const { values, positionals } = argumentsOf(argv, options, 1)
  const named = repositoryNamed(positionals[0] ?? '')
  if (named === null) throw new UsageError('A repository is needed: pull OWNER/NAME[@REVISION] --out DIR.')
  const wanted = values.endpoint ?? process.env.HF_ENDPOINT ?? ''
  const endpoint = endpointNamed(wanted)
  if (endpoint === null) throw new UsageError(`--endpoint takes an address such as https://huggingface.co, not "${wanted}".`)
  const out = required('out', values.out)
  const request = { ...named, endpoint, token: tokenIn(values['token-env']) }
  const { signal } = new AbortController()
  const { repository, commit, bytes, files, fetchInto } = await findModelOnHub(request, signal)
  await fetchInto(nodePartialFolder(out), progressLines(values.json))
  const paths = files.map(({ path }) => path)
  print(values.json, { done: true, repository, commit, files: paths, bytes, out }, () =>
    [`${repository} at ${commit.slice(0, 12)}: ${megabytes(bytes)} in ${out}`, ...paths.map((path) => `  ${path}`)].join('\n'),
  )
}

function tokenIn(variable: string | undefined): string | null {
  if (variable === undefined) return null
  const token = process.env[variable]?.trim() ?? ''
  if (token === '') throw new UsageError(`--token-env names ${variable}, which is not set.`)
  return token
}

/** A line a second, and one for each file that had to be begun anew. */
function progressLines(json: boolean): (progress: PullProgress) => void {
  const named = new Set<string>()
  let saidMs = Number.NEGATIVE_INFINITY
  return ({ bytes, done, bytesPerSecond, secondsLeft, anew }) => {
    for (const path of anew) {
      if (named.has(path)) continue
      named.add(path)
      if (!json) note(`${path} is another file than the one that was begun before: it is fetched anew.`)
    }
    const now = performance.now()
    if (now - saidMs < msBetweenLines && done < bytes) return
    saidMs = now
    if (json) print(true, { bytesDone: done, bytes, bytesPerSecond, secondsLeft, anew }, () => '')
    else note(progressWords(bytes, done, bytesPerSecond, secondsLeft))
  }
}

function progressWords(bytes: number, done: number, bytesPerSecond: number | null, secondsLeft: number | null): string {
  const pace = bytesPerSecond === null ? '' : `, ${megabytes(bytesPerSecond)} a second`
  const left = secondsLeft === null || done === bytes ? '' : `, ${Math.ceil(secondsLeft)} s left`
  return `${megabytes(done)} of ${megabytes(bytes)}${pace}${left}`
}
