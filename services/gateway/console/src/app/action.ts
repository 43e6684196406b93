// One way to write something: busy while it runs, its error kept, success said.
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { asApiError, type ApiError } from '@/api/error'
import { say } from './messages'

export interface Action {
  busy: Ref<boolean>
  error: ShallowRef<ApiError | undefined>
  // True if it was done. `done` is what is said then.
  run: (write: () => Promise<unknown>, done?: string) => Promise<boolean>
  clear: () => void
}

export function useAction(): Action {
  const busy = ref(false)
  const error = shallowRef<ApiError>()
  return {
    busy,
    error,
    clear: () => (error.value = undefined),
    async run(write, done) {
      if (busy.value) return false
      busy.value = true
      error.value = undefined
      try {
        await write()
        if (done) say(done)
        return true
      } catch (caught) {
        error.value = asApiError(caught)
        return false
      } finally {
        busy.value = false
      }
    },
  }
}
