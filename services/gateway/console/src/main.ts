import 'element-plus/theme-chalk/base.css'
import './styles/base.css'
import { createApp } from 'vue'
import App from './App.vue'
import { findSession } from './app/session'
import { router } from './router'

const app = createApp(App).use(router)
void findSession().then(() => app.mount('#app'))
