// What somebody is writing is kept on this computer until it is sent, whatever becomes of the
// network, the session or the page.
import { reactive, ref, watch, type Ref } from 'vue'

const kPrefix = 'gongkai.draft.'

// The fields of a form under a name of its own. `restored`: there was a draft.
export function useDraft<T extends object>(
  name: () => string,
  empty: () => T,
): { draft: T; restored: Ref<boolean>; drop: () => void } {
  const draft = reactive(empty()) as T
  const restored = ref(false)
  const keyOf = () => kPrefix + name()

  watch(
    name,
    () => {
      const kept = localStorage.getItem(keyOf())
      restored.value = Boolean(kept)
      Object.assign(draft, empty(), kept ? JSON.parse(kept) : {})
    },
    { immediate: true },
  )
  // At once: a page may be closed right behind the last letter.
  watch(
    () => JSON.stringify(draft),
    (text) => {
      if (text === JSON.stringify(empty())) localStorage.removeItem(keyOf())
      else localStorage.setItem(keyOf(), text)
    },
    { flush: 'sync' },
  )
  return {
    draft,
    restored,
    drop() {
      Object.assign(draft, empty())
      restored.value = false
    },
  }
}
