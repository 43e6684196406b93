// What was done, said in a corner for a while, with a way back where there is one.
import { ref } from 'vue'

export interface Message {
  id: number
  text: string
  undo?: { label: string; run: () => unknown }
}

const kShownMs = 6000

export const messages = ref<Message[]>([])
let last = 0

export function say(text: string, undo?: Message['undo']): void {
  const id = ++last
  messages.value = [...messages.value, { id, text, undo }]
  setTimeout(() => dismiss(id), kShownMs)
}

export function dismiss(id: number): void {
  messages.value = messages.value.filter((one) => one.id !== id)
}
