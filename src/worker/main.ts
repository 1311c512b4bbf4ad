// The worker of the page: a studio over the browser's own host, served at the door.
// The engine's binaries and the embedded model come from beside the page; nothing comes from anywhere else.

import { openBrowserStudio } from '../service/browserStudio.ts'
import { handlersOf } from '../service/handlers.ts'
import { browserFolders } from './folders.ts'
import { serve } from './serve.ts'

const studio = openBrowserStudio(browserFolders, { base: self.location.href, isolated: self.crossOriginIsolated })

void serve(handlersOf(studio))
