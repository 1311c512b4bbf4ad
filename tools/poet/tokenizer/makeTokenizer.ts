// Trains the tokenizer of the embedded model on its corpus and writes it into the model's folder:
// `node tools/run.mjs tools/poet/tokenizer/makeTokenizer.ts`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mergesFor, tokenizerConfig, tokenizerJson } from './tokenizerFiles.ts'
import { trainBpe } from './trainBpe.ts'
import { trainingText } from './trainingText.ts'

const folder = 'public/models/tabtune-poet'
const vocabularySize = 4096
const documents = readFileSync('tools/poet/corpus/corpus.txt', 'utf8').trimEnd().split('\n\n')
const merges = trainBpe(trainingText(documents), mergesFor(vocabularySize))

mkdirSync(folder, { recursive: true })
writeFileSync(`${folder}/tokenizer.json`, `${JSON.stringify(tokenizerJson(merges), null, 1)}\n`)
writeFileSync(`${folder}/tokenizer_config.json`, `${JSON.stringify(tokenizerConfig(), null, 2)}\n`)
console.log(`${folder}: ${vocabularySize} ids, ${merges.length} merges learned from ${documents.length} documents`)
