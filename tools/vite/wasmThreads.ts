// Lets TensorFlow.js' wasm threads survive the bundler. Their workers are started from the *text* of a function that the
// library reads back with toString(), so the function may use nothing from outside itself; it does use one variable,
// `_scriptDir`, which the minifier then renames. The variable is never needed (the library always hands over a blob).

import type { Plugin } from 'vite'

const file = /tfjs-backend-wasm-threaded-simd\.js$/
const declared = /var _scriptDir = [^;]*;\s*if \(typeof __filename !== 'undefined'\)[^;]*;/

export function wasmThreads(): Plugin {
  return {
    name: 'tabtune:wasm-threads',
    enforce: 'pre',
    transform(code, id) {
      if (!file.test(id)) return null
      if (!declared.test(code))
        throw new Error('The wasm backend has changed: see whether its threads still need tools/vite/wasmThreads.ts.')
      return { code: code.replace(declared, '').replaceAll(/\b_scriptDir\b/g, 'undefined'), map: null }
    },
  }
}
