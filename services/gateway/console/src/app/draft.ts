// What somebody is writing is kept on this computer until it is sent, whatever becomes of the
// network, the session or the page.
import { onScopeDispose, reactive, ref, watch, type Ref } from 'vue'

const kPrefix = 'gongkai.draft.'
const kPauseMs = 300

// The fields of a form under a name of its own. `restored`: there was a draft.
export function useDraft<T extends object>(
  name: () => string,
  empty: () => T,
): { draft: T; restored: Ref<boolean>; drop: () => void } {
  const draft = reactive(empty()) as T
  const restored = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let key = ''

  function store(): void {
    clearTimeout(timer)
    const text = JSON.stringify(draft)
    if (text === JSON.stringify(empty())) localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  }
  watch(
    name,
    (value) => {
      if (key) store()
      key = kPrefix + value
      const kept = localStorage.getItem(key)
      restored.value = Boolean(kept)
      Object.assign(draft, empty(), kept ? JSON.parse(kept) : {})
    },
    { immediate: true },
  )
  watch(
    () => JSON.stringify(draft),
    () => {
      clearTimeout(timer)
      timer = setTimeout(store, kPauseMs)
    },
  )
  onScopeDispose(() => timer && store())
  return {
    draft,
    restored,
    drop() {
      Object.assign(draft, empty())
      clearTimeout(timer)
      timer = undefined
      localStorage.removeItem(key)
      restored.value = false
    },
  }
}
