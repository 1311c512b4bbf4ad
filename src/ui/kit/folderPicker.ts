// The browser's dialog for a folder, where there is one.

declare global {
  interface Window {
    /** File System Access; not in every browser. */
    showDirectoryPicker?: (options: { mode: 'read' | 'readwrite' }) => Promise<FileSystemDirectoryHandle>
  }
}

export function canPickFolder(): boolean {
  return window.showDirectoryPicker !== undefined
}

/** null when the person closed the dialog without a folder. */
export async function pickFolder(mode: 'read' | 'readwrite'): Promise<FileSystemDirectoryHandle | null> {
  try {
    return (await window.showDirectoryPicker?.({ mode })) ?? null
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    throw error
  }
}
