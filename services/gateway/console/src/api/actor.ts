// Under which name writes are recorded where the installation asks for no login. A header holds
// ASCII only.
import { ref } from 'vue'

export const actorName = ref('console')
