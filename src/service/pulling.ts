// A model from the Hub: looked up, and fetched into a folder. What would be of no use here is refused by name before a byte of its weights is
// fetched: a repository without safetensors or tokenizer.json, and a config.json that models/ does not take.
// Must not know: where the folder is.

import { endpointNamed, repositoryNamed } from '../config/hub.ts'
import { dtypeOf } from '../formats/huggingface/card.ts'
import { parseJsonObject, shortList } from '../formats/huggingface/files.ts'
import { type NeededFiles, neededFiles } from '../formats/huggingface/needed.ts'
import { weightMapOf } from '../formats/huggingface/weights.ts'
import type { JsonObject } from '../formats/json.ts'
import { type DecoderConfig, readDecoderConfig } from '../models/config.ts'
import { ProblemError } from '../problem/problem.ts'
import type { PullProgress, PullRequest } from '../protocol/hub.ts'
import { download } from '../storage/hub/download.ts'
import { type HubFile, openRepository, type Repository, readHubFile } from '../storage/hub/repository.ts'
import { type Access, waitFor } from '../storage/hub/request.ts'
import type { PartialFolder } from '../storage/partialFolder.ts'

export type PullContext = { tell: (progress: PullProgress) => void; signal: AbortSignal }

/** A model of the Hub that can be computed here, at one commit. */
export type FoundModel = {
  repository: string
  commit: string
  /** What it is made of, the small files first. */
  files: readonly HubFile[]
  bytes: number
  config: DecoderConfig
  dtype: string
  /** Resolves when the folder holds all of it, checked. Whatever it rejects with, what has arrived stays there for the next attempt. */
  fetchInto: (folder: PartialFolder, tell: PullContext['tell']) => Promise<void>
}

/** Rejects with a ProblemError where there is no such model, or where it is of no use here. */
export async function findModelOnHub(request: PullRequest, signal: AbortSignal): Promise<FoundModel> {
  const access = accessOf(request, signal)
  const repository = await openRepository(access, nameOf(request.repository), request.revision ?? 'main')
  const byPath = new Map(repository.files.map((file) => [file.path, file]))
  const needed = neededFiles([...byPath.keys()])
  const json = await configOf(access, repository, needed, byPath)
  const config = readDecoderConfig(json)
  const weights = await weightPaths(access, repository, needed, byPath)
  const files = [...needed.small, ...weights].map((path) => byPath.get(path)).filter((file) => file !== undefined)
  return {
    repository: repository.repository,
    commit: repository.commit,
    files,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    config,
    dtype: dtypeOf(json),
    fetchInto: async (folder, tell) => {
      await refuseOtherWeights(folder, files)
      await download(access, folder, repository, files, tell)
    },
  }
}

function accessOf({ endpoint, token }: PullRequest, signal: AbortSignal): Access {
  const address = endpointNamed(endpoint)
  if (address === null) throw new ProblemError({ code: 'hub.bad-endpoint', values: { endpoint }, where: '' })
  return { endpoint: address, token, signal, pause: waitFor, random: Math.random }
}

function nameOf(repository: string): string {
  const named = repositoryNamed(repository)
  if (named === null || named.revision !== null)
    throw new ProblemError({ code: 'hub.bad-name', values: { name: repository }, where: '' })
  return named.repository
}

type ByPath = ReadonlyMap<string, HubFile>

async function configOf(access: Access, repository: Repository, needed: NeededFiles, byPath: ByPath): Promise<JsonObject> {
  const where = repository.repository
  // A repository of GGUF files alone often has no config.json either, and this says why it is of no use.
  if (needed.weights === null && needed.otherWeights.some((path) => !path.endsWith('.safetensors')))
    throw noSafetensors(where, needed)
  const file = byPath.get('config.json')
  if (!file) throw new ProblemError({ code: 'hub.no-config', values: { found: shortList([...byPath.keys()]) }, where })
  return parseJsonObject(await readHubFile(access, repository, file), `${where}/config.json`)
}

/** Rejects also where there is no tokenizer.json: without it nothing could be written. */
async function weightPaths(
  access: Access,
  repository: Repository,
  needed: NeededFiles,
  byPath: ByPath,
): Promise<readonly string[]> {
  const name = repository.repository
  if (needed.weights === null) throw noSafetensors(name, needed)
  if (!byPath.has('tokenizer.json')) {
    const found = shortList(needed.otherTokenizers)
    throw new ProblemError({ code: 'hub.no-tokenizer', values: { found }, where: name })
  }
  const { kind, path } = needed.weights
  const file = byPath.get(path)
  if (kind === 'file' || !file) return [path]
  const where = `${name}/${path}`
  const weightMap = weightMapOf(parseJsonObject(await readHubFile(access, repository, file), where), where)
  const shards = [...new Set(weightMap.values())].sort()
  const missing = shards.find((shard) => !byPath.has(shard))
  if (missing !== undefined) throw new ProblemError({ code: 'hub.no-shards', values: { file: missing }, where: name })
  return [path, ...shards]
}

function noSafetensors(where: string, { otherWeights }: NeededFiles): ProblemError {
  return new ProblemError({ code: 'hub.no-safetensors', values: { found: shortList(otherWeights) }, where })
}

/** Weights that are of something else would be taken for this model's, or this model's for theirs. */
async function refuseOtherWeights(folder: PartialFolder, wanted: readonly HubFile[]): Promise<void> {
  const others = (await folder.list()).filter(({ path }) => !wanted.some((file) => file.path === path))
  const weights = others.map(({ path }) => path).filter((path) => /^[^/]+\.safetensors(\.index\.json)?$/.test(path))
  if (weights.length > 0)
    throw new ProblemError({ code: 'hub.folder-taken', values: { files: shortList(weights) }, where: folder.name })
}
