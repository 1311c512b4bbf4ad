// Gives the document the language and the theme that the person chose, or that the system asks for.
// Must not know: the words and the colours themselves.

import { useEffect } from 'react'
import { preferences } from '../../session/preferences.ts'
import { useStore } from '../kit/useStore.ts'

export function usePageLook() {
  const { language, theme } = useStore(preferences)
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }, [language])
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)')
    const apply = () => {
      const dark = theme === 'dark' || (theme === 'auto' && system.matches)
      document.documentElement.dataset.theme = dark ? 'dark' : 'light'
    }
    apply()
    system.addEventListener('change', apply)
    return () => system.removeEventListener('change', apply)
  }, [theme])
}
