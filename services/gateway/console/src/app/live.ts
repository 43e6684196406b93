// What others change while a page is open, from the change feed.
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { get, request } from '@/api/client'
import { ApiError } from '@/api/error'

export interface Change {
  resumeToken?: string
  actor?: string
  [kind: string]: unknown
}

const kFirstPauseMs = 2000
const kLongestPauseMs = 60_000
const kAgainMs = 60_000

async function* linesOf(response: Response): AsyncGenerator<string> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return
    const lines = (rest + value).split('\n')
    rest = lines.pop() ?? ''
    yield* lines.filter(Boolean)
  }
}

// Calls `seen` with each batch of changes below a division, from now on, for as long as the page
// lives. `live` is true while the feed is followed: a page that is not live says so. For whoever may
// not follow the feed, `again` is called every minute instead.
export function useLive(
  division: () => string,
  kinds: string[],
  seen: (changes: Change[]) => void,
  again?: () => unknown,
): { live: Ref<boolean> } {
  const live = ref(false)
  let running: AbortController | undefined

  async function follow(own: AbortController): Promise<void> {
    let token = (await get<{ resumeToken?: string }>('projection', {}, own.signal)).resumeToken ?? ''
    const response = await request('GET', 'changes:watch', {
      query: { resumeToken: token, division: division(), kinds },
      signal: own.signal,
    })
    live.value = true
    for await (const line of linesOf(response)) {
      const batch = JSON.parse(line) as { changes?: Change[]; resumeToken?: string; error?: unknown }
      if (batch.error) return
      token = batch.resumeToken ?? token
      if (batch.changes?.length) seen(batch.changes)
    }
  }

  function askAgain(own: AbortController): void {
    const timer = setInterval(() => !document.hidden && again?.(), kAgainMs)
    own.signal.addEventListener('abort', () => clearInterval(timer))
  }

  async function keepFollowing(own: AbortController): Promise<void> {
    for (let pause = kFirstPauseMs; !own.signal.aborted; pause = Math.min(pause * 2, kLongestPauseMs)) {
      try {
        await follow(own)
        pause = kFirstPauseMs
      } catch (error) {
        // Not reached is tried again later, and said by `live` meanwhile; not allowed stays so.
        if (error instanceof ApiError && (error.status === 403 || error.status === 404)) return askAgain(own)
      }
      live.value = false
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }

  watch(
    division,
    (name) => {
      running?.abort()
      running = name ? new AbortController() : undefined
      if (running) void keepFollowing(running)
    },
    { immediate: true },
  )
  onScopeDispose(() => running?.abort())
  return { live }
}
