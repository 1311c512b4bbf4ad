// Writes files.json beside the embedded model: node tools/run.mjs tools/poet/makeManifest.ts

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { manifestOf, modelFolder } from './manifest.ts'

await writeFile(join(modelFolder, 'files.json'), await manifestOf(modelFolder))
