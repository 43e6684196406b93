// What a page shows stands in its address, so that a view can be kept and sent to somebody.
import { computed, type ComputedRef, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

// Changes words of the query at once; an empty word leaves the address.
export function useQuery(): {
  word: (key: string) => string
  set: (words: Record<string, string | undefined>) => void
} {
  const route = useRoute()
  const router = useRouter()
  const word = (key: string) => {
    const value = route.query[key]
    return typeof value === 'string' ? value : ''
  }
  return {
    word,
    set(words) {
      const query = { ...route.query }
      for (const [key, value] of Object.entries(words)) {
        if (value) query[key] = value
        else delete query[key]
      }
      void router.replace({ query, hash: route.hash })
    },
  }
}

// One word of the query; the default is left out of the address.
export function useQueryWord(key: string, fallback = ''): WritableComputedRef<string> {
  const query = useQuery()
  return computed({
    get: () => query.word(key) || fallback,
    set: (value) => query.set({ [key]: value === fallback ? '' : value }),
  })
}

// The resource that the path names, as far as `collection`: useResourceName('units') on
// /console/divisions/370124/units/17/work → `divisions/370124/units/17`.
export function useResourceName(collection: string): ComputedRef<string> {
  const route = useRoute()
  return computed(() => {
    const words = route.path.replace(/^\/console\//, '').split('/')
    const at = words.indexOf(collection)
    return at < 0 || !words[at + 1] ? '' : words.slice(0, at + 2).join('/')
  })
}
