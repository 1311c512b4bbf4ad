// Language and theme.

import { chooseLanguage, chooseTheme, type Language, preferences, type Theme } from '../../session/preferences.ts'
import { Menu } from '../kit/Menu.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import styles from './PreferenceMenus.module.css'

const languages: readonly Language[] = ['en', 'zh']
const themes: readonly Theme[] = ['auto', 'light', 'dark']

export function PreferenceMenus() {
  const { app } = useWords()
  const { language, theme } = useStore(preferences)
  return (
    <div className={styles.menus}>
      <Menu
        label={app.language}
        value={language}
        choices={languages.map((value) => ({ value, label: app.languages[value] }))}
        onChoose={chooseLanguage}
      >
        {app.languages[language]}
      </Menu>
      <Menu
        label={app.theme}
        value={theme}
        choices={themes.map((value) => ({ value, label: app.themes[value] }))}
        onChoose={chooseTheme}
      >
        {app.themes[theme]}
      </Menu>
    </div>
  )
}
