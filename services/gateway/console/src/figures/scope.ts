// What is being looked at: part of every request for figures, and of the address.
import { computed, type ComputedRef } from 'vue'
import { useQuery } from '@/app/address'
import { today } from '@/app/format'
import type { Query } from '@/api/client'

// The year of the plans and the day as of which they are judged, from the address.
export function useFigureScope(): {
  query: ComputedRef<Query>
  year: ComputedRef<string>
  asOf: ComputedRef<string>
  set: (words: Record<string, string | undefined>) => void
} {
  const address = useQuery()
  const year = computed(() => address.word('year'))
  const asOf = computed(() => address.word('asOf'))
  const query = computed<Query>(() => ({
    year: year.value || undefined,
    knownDate: asOf.value && asOf.value < today() ? asOf.value : undefined,
  }))
  return { query, year, asOf, set: address.set }
}
