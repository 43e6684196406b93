// The language of the page. Each text stands once, in both languages, where it is shown.
import { ref, watch } from 'vue'

export type Locale = 'zh-CN' | 'en'

const kKey = 'gongkai.locale'

export const locale = ref<Locale>(localStorage.getItem(kKey) === 'en' ? 'en' : 'zh-CN')

watch(
  locale,
  (value) => {
    localStorage.setItem(kKey, value)
    document.documentElement.lang = value
  },
  { immediate: true },
)

export function t(zh: string, en: string): string {
  return locale.value === 'en' ? en : zh
}
