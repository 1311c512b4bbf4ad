// The door between the page and the worker: one map from a call's name to what goes in, what comes back and what is told on the way.
// Types only. The worker and the command line serve the same map, so a call that is added here is missed by the compiler on every side until it is there.
// Must not know: tensors, React, how messages travel (that is wire.ts).

import type { Settings } from '../config/settings.ts'
import type { BackendReport, BackendRequest } from './backend.ts'
import type {
  BatchPreview,
  ChangeRecordRequest,
  ColumnRoles,
  DatasetReading,
  DatasetSource,
  PreviewReport,
  PreviewRequest,
  RecordPreview,
  UseDatasetRequest,
} from './dataset.ts'
import type { EvaluateEvent, EvaluateRequest, Evaluation, GenerateEvent, GenerateReply, GenerateRequest } from './generate.ts'
import type { PullProgress, PullRequest, UnfinishedPull } from './hub.ts'
import type { MemoryReport, ModelSource, ModelSummary, SavedFile, SaveRequest, Slot } from './model.ts'
import type { Progress } from './progress.ts'
import type { KeepRunRequest, KeptModel, KeptRun, ShelfChange, ShelfItem, ShelfListing } from './shelf.ts'
import type { RunSummary, StopRequest, TrainEvent, TrainRequest } from './train.ts'

export type Calls = {
  /** Picks where tensors live, and what trains. Must come before a model is opened; a model that is open is carried over. */
  chooseBackend: { request: BackendRequest; event: Progress; reply: BackendReport }

  /** Opens a base model and forgets what was tuned from the one before. */
  openModel: { request: { source: ModelSource }; event: Progress; reply: ModelSummary }

  /** Fetches a model from the Hub onto the shelf, and goes on with one that was begun. Opens nothing; other work may go on. */
  pull: { request: PullRequest; event: PullProgress; reply: ShelfItem<KeptModel> }
  /** Downloads that are not whole and that no tab works on. */
  unfinishedPulls: { request: null; event: never; reply: readonly UnfinishedPull[] }
  /** Takes away what had arrived of one. */
  discardPull: { request: { repository: string }; event: never; reply: null }

  /** Puts a LoRA adapter beside the base model that is open, or takes it away (null). What was tuned without it is forgotten. */
  openAdapter: { request: { source: ModelSource | null }; event: Progress; reply: ModelSummary }

  /** Reads a file and reports on it. The data set in use stays as it is until `useDataset`. */
  readDataset: { request: { source: DatasetSource; roles: ColumnRoles | null }; event: Progress; reply: DatasetReading }
  /** Takes the good rows of the last reading into use. */
  useDataset: { request: UseDatasetRequest; event: never; reply: { records: number } }
  /** Edits one record of the data set in use, leaves it out or takes it back. The file is never changed. */
  changeRecord: { request: ChangeRecordRequest; event: never; reply: { records: number } }
  /** The data set in use as JSON text, edits included. */
  saveDataset: { request: { name: string }; event: never; reply: SavedFile }

  /** Tokenises and masks every record with the open model's tokenizer. */
  preview: { request: PreviewRequest; event: Progress; reply: PreviewReport }
  /** One record in full, as of the last `preview`. */
  previewRecord: { request: { index: number }; event: never; reply: RecordPreview }
  /** The batch that this record falls into in file order, padded, as of the last `preview`. */
  previewBatch: { request: { index: number; batchSize: number }; event: never; reply: BatchPreview }

  /** What a run of these settings would take with the open model and the records in use. Nothing is started. */
  forecastRun: { request: { settings: Settings }; event: never; reply: MemoryReport }
  /** Trains the base model's copy in `slot`. Replies when the run has ended, however it ended. */
  train: { request: TrainRequest; event: TrainEvent; reply: RunSummary }
  pauseTraining: { request: { slot: Slot }; event: never; reply: { step: number } }
  resumeTraining: { request: { slot: Slot }; event: never; reply: { step: number } }
  /** Ends the run after the step under way; `keep` says whether the tuned weights stay. */
  stopTraining: { request: StopRequest; event: never; reply: { step: number } }

  /** Writes into all panes at once. */
  generate: { request: GenerateRequest; event: GenerateEvent; reply: GenerateReply }
  /** Asks both prompts of every record and compares. */
  evaluate: { request: EvaluateRequest; event: EvaluateEvent; reply: Evaluation }

  /** The model in a slot as a Hugging Face folder, or its adapter as PEFT's: one zip file, or written into a folder that the person chose, or onto the shelf. */
  saveModel: { request: SaveRequest; event: Progress; reply: SavedFile }
  /** The last run's trainer_state.json. */
  saveHistory: { request: { slot: Slot }; event: never; reply: SavedFile }

  /** What is on the shelf, and the room left. Every call of the shelf rejects with `shelf.missing` where there is none. */
  listShelf: { request: null; event: never; reply: ShelfListing }
  /** Renames an entry, takes it off the shelf, or puts back what was taken off a while ago. */
  changeShelf: { request: { id: string; change: ShelfChange }; event: never; reply: null }
  /** Keeps the data set in use, edits included. */
  keepDataset: { request: { name: string }; event: never; reply: ShelfItem }
  /** A kept data set, to be read like a file. */
  keptDataset: { request: { id: string }; event: never; reply: DatasetSource }
  /** Keeps a run that is over. */
  keepRun: { request: KeepRunRequest; event: never; reply: ShelfItem }
  keptRun: { request: { id: string }; event: never; reply: KeptRun }
}

export type CallName = keyof Calls
export type Request<N extends CallName> = Calls[N]['request']
export type Reply<N extends CallName> = Calls[N]['reply']
export type Event<N extends CallName> = Calls[N]['event']

/** What a handler is given beside its request. */
export type CallContext<N extends CallName> = {
  tell: (event: Event<N>) => void
  /** Aborted when the caller cancels. */
  signal: AbortSignal
}

export type Handlers = { [N in CallName]: (request: Request<N>, context: CallContext<N>) => Promise<Reply<N>> }
