// The door's map, filled in: each call's name with the function that answers it over one studio.

import type { Handlers } from '../protocol/calls.ts'
import { openAdapter } from './adapters.ts'
import { changeRecord, readDataset, saveDataset, useDataset } from './datasets.ts'
import { forecastRun } from './fitting.ts'
import { chooseBackend, openModel } from './models.ts'
import { preview, previewBatch, previewRecord } from './previews.ts'
import { pauseTraining, resumeTraining, stopTraining } from './runControl.ts'
import { train } from './runs.ts'
import { saveHistory, saveModel } from './saving.ts'
import { changeShelf, keepDataset, keepRun, keptDataset, keptRun, listShelf } from './shelf.ts'
import type { Studio } from './studio.ts'
import { discardPull, unfinishedPulls } from './unfinishedPulls.ts'
import { evaluate, generate } from './writing.ts'

/** Handlers for a worker's door and for the command line alike. */
export function handlersOf(studio: Studio): Handlers {
  return {
    chooseBackend: (request, context) => chooseBackend(studio, request, context),
    openModel: ({ source }, context) => openModel(studio, source, context),
    // A part of its own, which the page fetches when a model is asked for.
    pull: async (request, context) => (await import('./shelfPulling.ts')).pull(studio, request, context),
    unfinishedPulls: () => unfinishedPulls(studio),
    discardPull: (request) => discardPull(studio, request),
    openAdapter: ({ source }, context) => openAdapter(studio, source, context),
    readDataset: (request, context) => readDataset(studio, request, context),
    useDataset: (request) => useDataset(studio, request),
    changeRecord: (request) => changeRecord(studio, request),
    saveDataset: (request) => saveDataset(studio, request),
    preview: (request, context) => preview(studio, request, context),
    previewRecord: (request) => previewRecord(studio, request),
    previewBatch: (request) => previewBatch(studio, request),
    forecastRun: async ({ settings }) => forecastRun(studio, settings),
    train: (request, context) => train(studio, request, context),
    pauseTraining: (request) => pauseTraining(studio, request),
    resumeTraining: (request) => resumeTraining(studio, request),
    stopTraining: (request) => stopTraining(studio, request),
    generate: (request, context) => generate(studio, request, context),
    evaluate: (request, context) => evaluate(studio, request, context),
    saveModel: (request, context) => saveModel(studio, request, context),
    saveHistory: (request) => saveHistory(studio, request),
    listShelf: () => listShelf(studio),
    changeShelf: (request) => changeShelf(studio, request),
    keepDataset: (request) => keepDataset(studio, request),
    keptDataset: (request) => keptDataset(studio, request),
    keepRun: (request) => keepRun(studio, request),
    keptRun: (request) => keptRun(studio, request),
  }
}
