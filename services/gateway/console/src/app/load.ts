// One way to read something from the server and to show that it is being read, failed, or is there.
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { asApiError, type ApiError } from '@/api/error'

export interface Load<T> {
  data: ShallowRef<T | undefined>
  error: ShallowRef<ApiError | undefined>
  loading: Ref<boolean>
  reload: () => Promise<void>
}

// Reads now, and again whenever what `read` depends on (`on`) changes; only the last answer counts.
// What was there before stays until the new answer has come.
export function useLoad<T>(
  on: () => unknown,
  read: (signal: AbortSignal) => Promise<T>,
): Load<T> {
  const data = shallowRef<T>()
  const error = shallowRef<ApiError>()
  const loading = ref(false)
  let running: AbortController | undefined

  async function reload(): Promise<void> {
    running?.abort()
    const own = (running = new AbortController())
    loading.value = true
    try {
      const answer = await read(own.signal)
      if (running !== own) return
      data.value = answer
      error.value = undefined
    } catch (caught) {
      if (running !== own || own.signal.aborted) return
      error.value = asApiError(caught)
    } finally {
      if (running === own) loading.value = false
    }
  }

  watch(() => JSON.stringify(on()), reload, { immediate: true })
  onScopeDispose(() => running?.abort())
  return { data, error, loading, reload }
}
