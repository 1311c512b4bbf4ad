// Language and theme.

import { chooseLanguage, chooseTheme, type Language, preferences, type Theme } from '../../session/preferences.ts'
import { Icon } from '../kit/Icon.tsx'
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
        <span className={styles.long}>{app.languages[language]}</span>
        <span className={styles.short}>{app.languagesShort[language]}</span>
      </Menu>
      <Menu
        label={app.theme}
        value={theme}
        choices={themes.map((value) => ({ value, label: app.themes[value] }))}
        onChoose={chooseTheme}
      >
        <span className={styles.long}>{app.themeIs[theme]}</span>
        <span className={styles.short}>
          <Icon name={theme === 'auto' ? 'half' : theme} />
        </span>
      </Menu>
    </div>
  )
}
