// Where the page begins: the stores are opened, then it is drawn.

import { CSPProvider } from '@base-ui/react/csp-provider'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { open } from '../session/startup.ts'
import { App } from './app/App.tsx'
import './theme/tokens.css'
import './theme/base.css'

const page = document.getElementById('page')
if (page !== null) {
  open()
  createRoot(page).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <App />
      </CSPProvider>
    </StrictMode>,
  )
}
