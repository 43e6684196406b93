// What a person likes: large text. The browser keeps it.
import { ref, watch } from 'vue'

const kKey = 'gongkai.largeText'

export const largeText = ref(localStorage.getItem(kKey) === 'yes')

watch(
  largeText,
  (value) => {
    localStorage.setItem(kKey, value ? 'yes' : 'no')
    document.documentElement.classList.toggle('large-text', value)
  },
  { immediate: true },
)
