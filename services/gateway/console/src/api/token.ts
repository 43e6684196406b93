// The access token, for as long as the browser tab lives.
import { ref } from 'vue'

const kKey = 'gongkai.accessToken'
const token = ref(sessionStorage.getItem(kKey) ?? '')

// Set when the server no longer knows who asks.
export const sessionLost = ref(false)

export function currentToken(): string {
  return token.value
}

export function keepToken(value: string): void {
  token.value = value
  sessionStorage.setItem(kKey, value)
  sessionLost.value = false
}

export function forgetToken(): void {
  token.value = ''
  sessionStorage.removeItem(kKey)
  sessionLost.value = true
}
