// Writes corpus.txt beside the generator: `node tools/run.mjs tools/poet/corpus/makeCorpus.ts`.
import { writeFileSync } from 'node:fs'
import { corpusSeed, generateCorpus } from './generate.ts'

const path = 'tools/poet/corpus/corpus.txt'
const corpus = generateCorpus(corpusSeed)
writeFileSync(path, corpus)
console.log(`${path}: ${Buffer.byteLength(corpus)} bytes, ${corpus.split('\n\n').length} documents`)
